"""The comments before an entry of a PO file: by whom they are, and what is to be read from them.

`# ` a translator, `#. ` whoever wrote the code, `#: ` the places in the code, `#, ` flags. A place
whose name holds a space stands between U+2068 and U+2069, as gettext writes it.
"""

import re
from collections.abc import Sequence

import polib

_PLACE = re.compile(
    r"""\s*(?: \u2068(?P<isolated>[^\u2069]*)\u2069?(?:\s*:\s*(?P<its_line>[0-9]{1,9})(?=\s|$))?
             | (?P<name>\S+?)\s*:\s*(?P<line>[0-9]{1,9})(?=\s|$)
             | (?P<bare>\S+) )""",
    re.VERBOSE,
)
_FLAG = re.compile(r"range:\s*[^\s,]+|[^\s,]+")


def add_comments(entry: polib.POEntry, comments: Sequence[str]) -> None:
    """Add to the entry what its comments say, each given without its `#`; lines keep their own width."""
    own, extracted, flags = [], [], list(entry.flags)
    for comment in comments:
        match comment[:1]:
            case ".":
                extracted.append(_unspaced(comment[1:]))
            case ":":
                entry.occurrences += _places(comment[1:])
            case "," | "!":
                flags += _FLAG.findall(comment[1:])
            case _:
                own.append(_unspaced(comment))
    entry.tcomment, entry.comment = "\n".join(own), "\n".join(extracted)
    entry.flags = list(dict.fromkeys(flags))


def comment_lines(entry: polib.POEntry, width: int) -> list[str]:
    """Return the comments as lines of a file; only the places are wrapped at `width`.

    Raises ValueError for a place or a flag that no line can hold.
    """
    lines = [line for text in _split(entry.tcomment) for line in [_line("#", text)]]
    lines += [line for text in _split(entry.comment) for line in [_line("#.", text)]]
    lines += _wrapped([_place(name, line) for name, line in entry.occurrences], width)
    if entry.flags:
        lines.append("#, " + ", ".join(map(_on_one_line, entry.flags)))
    return lines


def _unspaced(comment: str) -> str:
    return comment.removeprefix(" ")


def _places(comment: str) -> list[tuple[str, str]]:
    places = []
    for found in _PLACE.finditer(comment.strip()):
        if found["isolated"] is not None:
            places.append((found["isolated"], found["its_line"] or ""))
        else:
            places.append((found["name"] or found["bare"], found["line"] or ""))
    return places


def _split(comment: str) -> list[str]:
    return comment.replace("\r\n", "\n").replace("\r", "\n").split("\n") if comment else []


def _line(marker: str, text: str) -> str:
    # gettext would join a line that ends in a backslash with the next one.
    return (f"{marker} {text}" if text else marker) + (" " if text.endswith("\\") else "")


def _place(name: str, line: str | int) -> str:
    place = f"{_on_one_line(name)}:{line}" if line else _on_one_line(name)
    if _places(place) == [(name, str(line))]:
        return place
    return f"\u2068{name}\u2069:{line}" if line else f"\u2068{name}\u2069"


def _on_one_line(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise ValueError(f"{text!r} does not fit on a line")
    return text


def _wrapped(places: Sequence[str], width: int) -> list[str]:
    lines: list[str] = []
    for place in places:
        if lines and len(lines[-1]) + 1 + len(place) <= width:
            lines[-1] += f" {place}"
        else:
            lines.append(f"#: {place}")
    return lines
