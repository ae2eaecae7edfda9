"""Templates (POT): made from the code with Babel's extractor, and from an appeal's file."""

from collections import OrderedDict
from pathlib import Path

import polib
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from advocacy.catalogs.outline import Outline
from advocacy.catalogs.po_files import WIDTH

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
COMMENT_TAG = "Translators:"
_PROJECT = "advocacy"


def template_from_code(root: Path) -> polib.POFile:
    """Return the template of every message that babel.cfg's files under `root` use, sorted by source."""
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        method_map, options_map = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    entries: OrderedDict[tuple[str | None, str], polib.POEntry] = OrderedDict()
    found = extract_from_dir(
        root, method_map, options_map, keywords=KEYWORDS, comment_tags=[COMMENT_TAG], strip_comment_tags=True
    )
    for file_name, _line, message, comments, context in found:
        msgid, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
        entry = entries.setdefault((context, msgid), polib.POEntry(msgctxt=context, msgid=msgid))
        if plural:
            entry.msgid_plural, entry.msgstr_plural = plural, {0: "", 1: ""}
        # File without line: a line moved elsewhere in the file would change every catalog.
        if (file_name, "") not in entry.occurrences:
            entry.occurrences.append((file_name, ""))
        if comments:
            entry.comment = " ".join(comments)
        if "%(" in msgid + plural and "python-format" not in entry.flags:
            entry.flags.append("python-format")
    template = new_template()
    for key in sorted(entries, key=lambda key: (key[1].casefold(), key[1], key[0] or "")):
        entries[key].occurrences.sort()
        template.append(entries[key])
    return template


def template_from_outline(outline: Outline) -> polib.POFile:
    """Return the template of an appeal: a message a block, its id as the context."""
    template = new_template()
    for block in outline.blocks:
        template.append(polib.POEntry(msgctxt=block.key, msgid=block.text, comment=block.note))
    return template


def new_template() -> polib.POFile:
    """Return an empty template with the headers that never change."""
    template = polib.POFile(wrapwidth=WIDTH)
    template.metadata = {
        "Project-Id-Version": _PROJECT,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return template
