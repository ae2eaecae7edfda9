"""Write advocacy/rules/country_order.json: country codes in each language's own order.

Run again when Babel's names change:

    .venv/bin/pip install PyICU && .venv/bin/python scripts/order_countries.py

PyICU is needed here only, so that nobody who runs the platform has to build it.
"""

import json
from pathlib import Path

import icu

from advocacy.rules.countries import CODES, country_name
from advocacy.rules.languages import LANGUAGES

TARGET = Path(__file__).parents[1] / "advocacy" / "rules" / "country_order.json"
COLLATIONS = {"en": "en", "zh-Hans": "zh-Hans-u-co-pinyin", "zh-Hant": "zh-Hant-u-co-stroke"}


def main() -> None:
    """Sort every language's names and write the table."""
    table = {}
    for language in LANGUAGES:
        names = {code: country_name(code, language) for code in CODES}
        key = str
        if collation := COLLATIONS.get(language.tag):
            key = icu.Collator.createInstance(icu.Locale.forLanguageTag(collation)).getSortKey
        table[language.tag] = " ".join(sorted(CODES, key=lambda code: (key(names[code]), code)))
    TARGET.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
    print(f"{len(CODES)} codes in {len(table)} languages")


if __name__ == "__main__":
    main()
