"""Which numbers each plural form of a language is for, so that a translator can think of real ones."""

from functools import lru_cache
from gettext import c2py
from typing import NamedTuple

from babel import Locale
from babel.messages.plurals import get_plural

from advocacy.rules.languages import locale_of

_LARGE = (1_000, 10_000, 100_000, 1_000_000)
_LOOKED_AT = (*range(201), *_LARGE)
_SHOWN = 3


class PluralForm(NamedTuple):
    """A form as gettext numbers it: CLDR's name for it, its first numbers, and whether there are more."""

    name: str
    numbers: tuple[int, ...]
    has_more: bool


def form_labels(tag: str) -> tuple[str, ...]:
    """Return what a file says of each plural form of a language (BCP 47 tag): `few: 3, 4, 5, …`."""
    return tuple(
        f"{form.name}: {', '.join(map(str, form.numbers))}{', …' if form.has_more else ''}"
        for form in plural_forms(tag)
    )


@lru_cache(maxsize=256)
def plural_forms(tag: str) -> tuple[PluralForm, ...]:
    """Return a language's plural forms (BCP 47 tag) in gettext's order, the one in which texts are stored."""
    plural, rule = get_plural(locale_of(tag)), Locale.parse(locale_of(tag)).plural_form
    form_of = c2py(plural.plural_expr)
    numbers: list[list[int]] = [[] for _ in range(plural.num_plurals)]
    for number in _LOOKED_AT:
        numbers[form_of(number)].append(number)
    return tuple(
        PluralForm(rule(found[0]) if found else "other", tuple(found[:_SHOWN]), len(found) > _SHOWN)
        for found in numbers
    )
