"""Appeals as files: one readable TOML file an appeal, every sentence of it in order.

slug = "save-north-koreans"
source_language = "en"
posted_on = ""            # ISO date; empty where the text names none
goal = 5000
unverified = true         # optional: may be supported without a mail address, in a count of its own

[[block]]
id = "title"              # stable: translations stay with it when the text changes
kind = "title"
text = "Join Our Petition"
note = "For translators"  # optional
"""

import json
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from advocacy.rules.blocks import ONCE_ONLY, BlockKind
from advocacy.rules.languages import Languages

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LARGEST_FILE = 1_000_000
"""Bytes."""


class OutlineError(ValueError):
    """A file that is not an appeal; the message says where and why."""


@dataclass(frozen=True, slots=True)
class OutlineBlock:
    """One block of an appeal: stable id, kind, source text and a note for translators."""

    key: str
    kind: BlockKind
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Outline:
    """An appeal as its file describes it; `source_language` is a BCP 47 tag."""

    slug: str
    source_language: str
    posted_on: date | None
    goal: int
    blocks: tuple[OutlineBlock, ...]
    unverified: bool = False

    @property
    def domain(self) -> str:
        """The text domain of its translations."""
        return f"appeal-{self.slug}"


def read_outline(path: Path, languages: Languages) -> Outline:
    """Return the appeal in the file at `path`. Raises OutlineError."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise OutlineError(f"larger than {_LARGEST_FILE:,} bytes")
        return _outline(tomllib.loads(path.read_text("utf-8")), languages)
    except (OSError, ValueError, RecursionError) as error:
        raise OutlineError(f"{path.name}: {error}") from None


def outline_text(outline: Outline) -> str:
    """Return the file that says what `outline` says."""
    lines = [
        f"slug = {_quoted(outline.slug)}",
        f"source_language = {_quoted(outline.source_language)}",
        f"posted_on = {_quoted(outline.posted_on.isoformat() if outline.posted_on else '')}",
        f"goal = {outline.goal}",
        f"unverified = {'true' if outline.unverified else 'false'}",
    ]
    for block in outline.blocks:
        lines += ["", "[[block]]", f"id = {_quoted(block.key)}", f"kind = {_quoted(block.kind)}"]
        if block.note:
            lines.append(f"note = {_quoted(block.note)}")
        lines.append(f"text = {_long(block.text)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _long(text: str) -> str:
    plain = (
        "'''" not in text
        and not text.endswith("'")
        and (text.isprintable() or text.replace("\n", "").isprintable())
    )
    return f"'''\n{text}'''" if plain else _quoted(text)


def _outline(content: dict[str, Any], languages: Languages) -> Outline:
    slug, source = _text(content, "slug"), _text(content, "source_language")
    if not _SLUG.fullmatch(slug):
        raise OutlineError("slug: lower-case letters, digits and single hyphens only")
    if languages.by_tag(source) is None:
        raise OutlineError(f"source_language: {source!r} is not a language of this site")
    goal = content.get("goal")
    if type(goal) is not int or goal < 1:
        raise OutlineError("goal: a whole number above zero")
    unverified = content.get("unverified", False)
    if type(unverified) is not bool:
        raise OutlineError("unverified: true or false")
    blocks = _blocks(content.get("block", []))
    _check(blocks)
    return Outline(slug, source, _date(content.get("posted_on", "")), goal, blocks, unverified)


def _blocks(content: Any) -> tuple[OutlineBlock, ...]:
    if not isinstance(content, list) or not all(isinstance(block, dict) for block in content):
        raise OutlineError("block: every block stands under [[block]]")
    return tuple(_block(number, block) for number, block in enumerate(content, start=1))


def _block(number: int, content: dict[str, Any]) -> OutlineBlock:
    try:
        kind = BlockKind(_text(content, "kind"))
        text = _text(content, "text").strip()
        if not text:
            raise OutlineError("text: empty")
        return OutlineBlock(_text(content, "id"), kind, text, str(content.get("note", "")))
    except ValueError as error:
        raise OutlineError(f"block {number}: {error}") from None


def _check(blocks: tuple[OutlineBlock, ...]) -> None:
    keys = [block.key for block in blocks]
    for key in keys:
        if not _SLUG.fullmatch(key) or keys.count(key) > 1:
            raise OutlineError(f"block id {key!r}: lower-case letters, digits and hyphens, each id once")
    kinds = [block.kind for block in blocks]
    if BlockKind.TITLE not in kinds:
        raise OutlineError("a block of kind 'title' is missing")
    for kind in ONCE_ONLY:
        if kinds.count(kind) > 1:
            raise OutlineError(f"more than one block of kind {kind.value!r}")


def _text(content: dict[str, Any], field: str) -> str:
    value = content.get(field)
    if not isinstance(value, str):
        raise OutlineError(f"{field}: a text is needed")
    return value


def _date(text: object) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise OutlineError("posted_on: a date like 2012-02-24, or empty") from None
