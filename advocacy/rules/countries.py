"""Countries and regions: codes (ISO 3166-1 alpha-2), names and order in each language.

Names are CLDR's, by Babel. The two special administrative regions go by the short names people use,
and nothing else is changed: OVERRIDES is the whole list.
"""

import json
import unicodedata
from functools import lru_cache
from importlib.resources import files

from babel import Locale

from advocacy.rules.languages import Language

OVERRIDES: dict[str, dict[str, str]] = {
    "HK": {"ko": "홍콩", "en": "Hong Kong", "zh-Hans": "香港", "zh-Hant": "香港"},
    "MO": {"ko": "마카오", "en": "Macao", "zh-Hans": "澳门", "zh-Hant": "澳門"},
}
"""Code -> language tag -> name shown instead of CLDR's."""

# In CLDR's list but no country or region: groupings, private codes, and islands reserved by exception.
_NOT_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)

CODES: frozenset[str] = frozenset(
    code
    for code in map(str, Locale("en").territories)
    if len(code) == 2 and code.isalpha()  # noqa: PLR2004
).difference(_NOT_COUNTRIES)


def country_name(code: str, language: Language) -> str:
    """Return the name of the country or region `code` in `language`; English where CLDR has none."""
    if name := OVERRIDES.get(code, {}).get(language.tag):
        return name
    territories = Locale.parse(language.locale).territories
    return str(territories.get(code) or Locale("en").territories[code])


@lru_cache(maxsize=64)
def country_choices(language: Language) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every country and region, in the order a reader of `language` expects.

    Korean by code point, Simplified Chinese by pinyin, Traditional by stroke, as country_order.json
    records it (made by scripts/order_countries.py); other languages by name without accents.
    """
    order = _recorded_order().get(language.tag)
    if order:
        return tuple((code, country_name(code, language)) for code in order)
    named = [(code, country_name(code, language)) for code in CODES]
    return tuple(sorted(named, key=lambda pair: (_without_accents(pair[1]), pair[0])))


@lru_cache(maxsize=1)
def _recorded_order() -> dict[str, list[str]]:
    text = files("advocacy.rules").joinpath("country_order.json").read_text("utf-8")
    return {tag: codes.split() for tag, codes in json.loads(text).items()}


def _without_accents(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name).casefold()
    return "".join(character for character in decomposed if not unicodedata.combining(character))
