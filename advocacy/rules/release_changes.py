"""What readers of a language would see change if one set of texts took the place of another."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from advocacy.rules.differences import Kind, differences, has_spaces


class Shown(NamedTuple):
    """A message as readers see it: its key, its source, and its translation, empty if the source is shown."""

    context: str | None
    source: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def seen(self) -> tuple[str, ...]:
        """What stands on the page."""
        return self.texts or self.source


class Change(NamedTuple):
    """A message that readers see otherwise, or that is new (no `before`) or gone (no `after`)."""

    before: Shown | None
    after: Shown | None


def changes(before: Iterable[Shown], after: Iterable[Shown]) -> list[Change]:
    """Return what changes for readers, in the order of `after`, and then what is gone.

    A message is the same one if context and source are; failing that, if its context is and no other
    message on either side has it: so an appeal's block stays itself when its source changes.
    """
    old, new = list(before), list(after)
    by_source = {(one.context, one.source): one for one in old}
    own = _own_contexts(old) & _own_contexts(new)
    by_context = {one.context: one for one in old if one.context in own}
    found, met = [], set()
    for one in new:
        was = by_source.get((one.context, one.source)) or by_context.get(one.context)
        if was is not None:
            met.add((was.context, was.source))
        if was is None or was.seen != one.seen:
            found.append(Change(was, one))
    return found + [Change(one, None) for key, one in by_source.items() if key not in met]


def extent(found: Iterable[Change], *, language: str) -> tuple[int, int]:
    """Return how many words go and how many come; characters where a language writes without spaces."""
    counted = re.compile(r"\w+" if has_spaces(language) else r"[A-Za-z0-9_]+|\w")
    totals = Counter[Kind]()
    for before, after in found:
        old = "\n".join(before.seen) if before else ""
        new = "\n".join(after.seen) if after else ""
        for kind, text in differences(old, new, language=language):
            totals[kind] += len(counted.findall(text))
    return totals[Kind.REMOVED], totals[Kind.ADDED]


def _own_contexts(messages: Iterable[Shown]) -> set[str | None]:
    counted = Counter(one.context for one in messages)
    return {context for context, times in counted.items() if times == 1 and context is not None}
