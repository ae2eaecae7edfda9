"""Bringing a catalog up to date with a new template.

An entry keeps its translation while its source is the same. A changed source gets the nearest old
translation as a fuzzy proposal, never shown to readers, with the source it was made for (`#|`): an entry
with the same context first (an appeal's block keeps its id), else the most similar text within
the same context. What the template no longer has becomes obsolete, and comes back if the source does.
"""

import re
from dataclasses import dataclass

import polib
from rapidfuzz import fuzz, process

from advocacy.catalogs.po_files import Key, is_done, key_of

_SIMILAR = 70.0
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
    old = {key_of(entry): entry for entry in catalog if not entry.obsolete}
    shelved = {key_of(entry): entry for entry in catalog if entry.obsolete}
    wanted = [key_of(entry) for entry in template]
    spare = {key: entry for key, entry in old.items() if key not in set(wanted)}
    forms = _plural_count(catalog)
    kept = new = changed = 0
    entries = []
    for source in template:
        same = old.get(key_of(source)) or shelved.pop(key_of(source), None)
        entry = _blank(source, forms)
        if same:
            _carry_over(same, entry)
            kept += 1
        elif before := _nearest(key_of(source), spare):
            _propose(spare.pop(before), entry)
            changed += 1
        else:
            new += 1
        entries.append(entry)
    retired = [_retire(entry) for entry in spare.values() if _worth_keeping(entry)]
    catalog[:] = [*entries, *retired, *shelved.values()]
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
    entry.msgstr, entry.msgstr_plural = before.msgstr, dict(before.msgstr_plural)
    entry.tcomment = before.tcomment
    if before.fuzzy:
        entry.flags.append("fuzzy")
        entry.previous_msgctxt = before.previous_msgctxt
        entry.previous_msgid = before.previous_msgid
        entry.previous_msgid_plural = before.previous_msgid_plural


def _propose(before: polib.POEntry, entry: polib.POEntry) -> None:
    if not any([before.msgstr, *before.msgstr_plural.values()]):
        return
    if bool(before.msgid_plural) != bool(entry.msgid_plural):
        return
    _carry_over(before, entry)
    if before.fuzzy:  # its text still belongs to the source before that
        return
    entry.flags.append("fuzzy")
    entry.previous_msgctxt = before.msgctxt
    entry.previous_msgid = before.msgid
    entry.previous_msgid_plural = before.msgid_plural


def _nearest(key: Key, spare: dict[Key, polib.POEntry]) -> Key | None:
    same_context = [old for old in spare if old.context == key.context]
    if key.context is not None:
        return same_context[0] if same_context else None
    sources = [old.msgid for old in same_context]
    best = process.extractOne(key.msgid, sources, scorer=fuzz.ratio, score_cutoff=_SIMILAR)
    return same_context[best[2]] if best else None


def _worth_keeping(entry: polib.POEntry) -> bool:
    return is_done(entry) or bool(entry.msgstr)


def _retire(entry: polib.POEntry) -> polib.POEntry:
    entry.obsolete = True
    entry.occurrences = []
    entry.comment = ""
    return entry
