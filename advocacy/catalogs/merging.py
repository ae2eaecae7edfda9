"""Bringing a catalog up to date with a new template.

An entry keeps its translation while its source is the same. A changed source gets the nearest old
translation as a fuzzy proposal, never shown to readers, with the source it was made for (`#|`). A context
is never crossed: within one (an appeal's block keeps its id) the nearest text is proposed however it
changed, without one only a similar text. What the template no longer has becomes obsolete, and comes
back if the source does.
"""

import re
from dataclasses import dataclass

import polib
from rapidfuzz import fuzz, process

from advocacy.catalogs.po_files import Key, key_of

SIMILAR = 70.0
"""Least likeness (rapidfuzz ratio, 0 to 100) of a source whose translation is worth proposing."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """How many entries a merge left in each way."""

    kept: int = 0
    new: int = 0
    changed: int = 0
    obsolete: int = 0


def merge(catalog: polib.POFile, template: polib.POFile) -> MergeReport:
    """Change `catalog` to hold exactly the template's entries, in its order, then its obsolete ones."""
    known = {key_of(entry): entry for entry in catalog}
    wanted = {key_of(entry) for entry in template}
    gone = {key: entry for key, entry in known.items() if key not in wanted}
    spare = {key: entry for key, entry in gone.items() if not entry.obsolete and _holds_text(entry)}
    nearest = _take_nearest([key_of(entry) for entry in template if key_of(entry) not in known], spare)
    forms = _plural_count(catalog)
    kept = new = changed = 0
    entries = []
    for source in template:
        entry = _blank(source, forms)
        same = known.get(key_of(source))
        if same and same.msgid_plural == entry.msgid_plural:
            _carry_over(same, entry)
            kept += 1
        elif before := same or nearest.get(key_of(source)):
            _propose(before, entry)
            changed += 1
        else:
            new += 1
        entries.append(entry)
    shelved = [entry for entry in gone.values() if entry.obsolete]
    retired = [_retire(entry) for entry in spare.values()]
    catalog[:] = [*entries, *retired, *shelved]
    return MergeReport(kept=kept, new=new, changed=changed, obsolete=len(retired))


def _plural_count(catalog: polib.POFile) -> int:
    count = re.match(r"\s*nplurals\s*=\s*(\d+)", catalog.metadata.get("Plural-Forms", ""))
    return int(count.group(1)) if count else 2


def _blank(source: polib.POEntry, forms: int) -> polib.POEntry:
    """Return an untranslated entry; what the code says of the source comes from the template alone."""
    plural = dict.fromkeys(range(forms), "") if source.msgid_plural else {}
    return polib.POEntry(
        msgctxt=source.msgctxt,
        msgid=source.msgid,
        msgid_plural=source.msgid_plural,
        msgstr_plural=plural,
        comment=source.comment,
        occurrences=source.occurrences,
        flags=[flag for flag in source.flags if flag != "fuzzy"],
    )


def _carry_over(before: polib.POEntry, entry: polib.POEntry) -> None:
    if entry.msgid_plural:  # what had no plural fills every form; a form the language gained stays empty
        entry.msgstr_plural |= before.msgstr_plural or dict.fromkeys(entry.msgstr_plural, before.msgstr)
    else:
        entry.msgstr = before.msgstr or before.msgstr_plural.get(0, "")
    entry.tcomment = before.tcomment
    if before.fuzzy:
        entry.flags.append("fuzzy")
        entry.previous_msgctxt = before.previous_msgctxt
        entry.previous_msgid = before.previous_msgid
        entry.previous_msgid_plural = before.previous_msgid_plural


def _propose(before: polib.POEntry, entry: polib.POEntry) -> None:
    _carry_over(before, entry)
    if before.fuzzy or not _holds_text(before):  # a fuzzy text still belongs to the source before that
        return
    entry.flags.append("fuzzy")
    entry.previous_msgctxt = before.msgctxt
    entry.previous_msgid = before.msgid
    entry.previous_msgid_plural = before.msgid_plural or None


def _take_nearest(keys: list[Key], spare: dict[Key, polib.POEntry]) -> dict[Key, polib.POEntry]:
    """Take out of `spare` the entry to propose for each key, the likeliest pairs first.

    Within a context the nearest is taken however far it is.
    """
    sources: dict[str | None, list[str]] = {}
    for old in spare:
        sources.setdefault(old.context, []).append(old.msgid)
    pairs = []
    for place, key in enumerate(keys):
        least = SIMILAR if key.context is None else 0
        choices = sources.get(key.context, [])
        found = process.extract(key.msgid, choices, scorer=fuzz.ratio, score_cutoff=least, limit=None)
        pairs += [(-likeness, place, rank, key, Key(key.context, text)) for text, likeness, rank in found]
    taken: dict[Key, polib.POEntry] = {}
    for *_, key, old in sorted(pairs, key=lambda pair: pair[:3]):
        if key not in taken and old in spare:
            taken[key] = spare.pop(old)
    return taken


def _holds_text(entry: polib.POEntry) -> bool:
    return any([entry.msgstr, *entry.msgstr_plural.values()])


def _retire(entry: polib.POEntry) -> polib.POEntry:
    entry.obsolete = True
    entry.occurrences = []
    entry.comment = ""
    return entry
