"""Plural forms of a PO file that counts them in another order than we do, put into ours.

Programs write the rule that they know into a file's header, and gettext's own for Arabic has its last two
forms the other way round than Babel's, which is ours. A form is known by the numbers it is for.
"""

import re
from collections.abc import Callable, Iterable
from gettext import c2py

import polib
from babel.messages.plurals import get_plural

from advocacy.catalogs.errors import ForeignPluralsError
from advocacy.catalogs.po_catalog import Catalog
from advocacy.rules.languages import locale_of

_FIELD = re.compile(r"\s*nplurals\s*=\s*([0-9]{1,2})\s*;\s*plural\s*=\s*([^;]+);?\s*")
_UNFILLED = re.compile(r"\s*nplurals\s*=\s*INTEGER\b")
"""What xgettext writes until somebody fills it in."""

_LOOKED_AT = (*range(201), 1_000, 10_000, 100_000, 1_000_000)
_Rule = Callable[[int], int]


def in_our_order(catalog: Catalog, name: str, *, language: str) -> Catalog:
    """Return the catalog with the forms of its plurals in the order of `language` (BCP 47 tag).

    A header without a rule says nothing: its forms are taken as they come. Nor does it matter what the rule
    is where no plural has a text. Raises ForeignPluralsError for a rule that cannot be read, or whose forms
    are not one by one those of the language.
    """
    plurals = [entry for entry in catalog if entry.msgid_plural and any(entry.msgstr_plural.values())]
    said = catalog.metadata.get("Plural-Forms", "").strip()
    if not plurals or not said or _UNFILLED.match(said):
        return catalog
    order = _order_of(said, name, language)
    for entry in plurals:
        if len(entry.msgstr_plural) == len(order):  # another count is seen where the text is taken
            _rearrange(entry, order)
    return catalog


def _rearrange(entry: polib.POEntry, order: list[int]) -> None:
    forms = entry.msgstr_plural
    entry.msgstr_plural = dict(sorted((ours, forms[theirs]) for theirs, ours in enumerate(order)))


def _order_of(said: str, name: str, language: str) -> list[int]:
    """Return, for each form of theirs, which of ours it is."""
    plural = get_plural(locale_of(language))
    refused = ForeignPluralsError(name, said, f"nplurals={plural.num_plurals}; plural={plural.plural_expr};")
    field = _FIELD.fullmatch(said)
    if field is None or int(field.group(1)) != plural.num_plurals:
        raise refused
    ours = _numbers_of(c2py(plural.plural_expr), plural.num_plurals)
    try:
        theirs = _numbers_of(c2py(field.group(2).strip()), plural.num_plurals)
    except (ValueError, ArithmeticError, IndexError) as error:  # no rule, a nought in it, a form beyond
        raise refused from error
    order = [_nearest(numbers, ours) for numbers in theirs]
    back = [_nearest(numbers, theirs) for numbers in ours]
    if any(back[number] != form for form, number in enumerate(order)):
        raise refused
    return order


def _numbers_of(rule: _Rule, count: int) -> list[set[int]]:
    numbers: list[set[int]] = [set() for _ in range(count)]
    for number in _LOOKED_AT:
        if (form := rule(number)) < 0:
            raise IndexError(form)
        numbers[form].add(number)
    return numbers


def _nearest(numbers: set[int], forms: Iterable[set[int]]) -> int:
    """Return which form has most in common with `numbers`; rules differ on nought, as in French."""
    shares = [len(numbers & form) / max(1, len(numbers | form)) for form in forms]
    return shares.index(max(shares))
