"""Our own translations pass the checks that volunteers' must pass."""

import pytest

from advocacy import ROOT
from advocacy.catalogs.po_files import is_done, read_po
from advocacy.rules.checks import Entry, Finding, Severity, checks_for, run_checks
from advocacy.rules.languages import LANGUAGES

TRANSLATED = [language for language in LANGUAGES if language is not LANGUAGES.source]

# Warnings that people have looked at: language, check, source and why it is right all the same.
ACCEPTED = {
    ("ko", "josa", "Open this site in %(language)s next time"): "in Korean the value is always 한국어",
    ("zh-Hans", "same", "Young-il Kim"): "nobody has told us which characters he writes his name with",
    ("zh-Hant", "same", "Young-il Kim"): "nobody has told us which characters he writes his name with",
}


def findings(language) -> list[tuple[str, Finding]]:
    found = []
    for file in sorted((ROOT / "translations" / language.locale / "LC_MESSAGES").glob("*.po")):
        for unit in filter(is_done, read_po(file)):
            forms = tuple(unit.msgstr_plural.values()) if unit.msgid_plural else (unit.msgstr,)
            entry = Entry(unit.msgctxt, unit.msgid, unit.msgid_plural or None, forms, tuple(unit.flags))
            found += [(unit.msgid, finding) for finding in run_checks(entry, language_tag=language.tag)]
    return found


@pytest.mark.parametrize("language", TRANSLATED, ids=str)
def test_nothing_blocks_and_every_warning_is_one_we_know(language):
    found = findings(language)
    assert [pair for pair in found if pair[1].severity is Severity.BLOCKING] == []
    known = {key for key in ACCEPTED if key[0] == language.tag}
    assert {(language.tag, finding.check, source) for source, finding in found} == known


@pytest.mark.parametrize("language", TRANSLATED, ids=str)
def test_every_language_has_checks_of_its_own(language):
    assert any(check.languages and language.tag in check.languages for check in checks_for(language.tag))
