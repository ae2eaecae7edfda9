"""What holds for every text, however clean or hostile."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from advocacy.rules.checks import Check, Entry, Finding, Severity, all_checks, blocks, checks_for, run_checks
from advocacy.rules.checks.patterns import PLACEHOLDER
from advocacy.rules.checks.registry import MOST_FINDINGS, MOST_READ
from advocacy.rules.placeholders import StrayPercentError, placeholders
from tests.rules.checks.running import blocking, entry

LANGUAGES = ["ko", "zh-Hans", "zh-Hant", "ar", "fr"]
PIECES = [
    *(
        "%(name)s",
        "%(count)s",
        "{x}",
        "%%",
        "<b>now</b>",
        "<br>",
        "&amp;",
        "https://example.org/ko",
        "a@example.org",
    ),
    *("Sign", "30", "million", "나", "中文", "é", "“so”", "\n", "."),
]
LAST_SEEN = 0xDFFFF  # beyond are tags, variation selectors and private characters
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
seen = some.characters(
    max_codepoint=LAST_SEEN,
    exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"),
    exclude_characters=FILLERS,
)
clean = some.lists(some.sampled_from(PIECES), min_size=1).map(" ".join)
filled = some.lists(some.sampled_from(PIECES), min_size=1).map(lambda pieces: " ".join(["%(a)s", *pieces]))
hostile = some.text(some.sampled_from("%()s{}<>/&;@.:,- 1만万一한。…“”\"'\u202e\n\ud800aA")) | some.text(
    some.characters()
)
languages = some.sampled_from([*LANGUAGES, "", "x-y", "fa_IR"])
quick = settings(max_examples=150)


@quick
@given(clean | some.text(seen), some.sampled_from(LANGUAGES))
def test_a_clean_source_repeated_as_it_is_never_blocks(text, language):
    assert blocking(language, text, text) == set()


@quick
@given(clean, some.sampled_from("\u200e\u200f\u061c\u202a\u202e\u2066\u2069"), some.data())
def test_a_bidi_control_always_blocks(text, control, data):
    at = data.draw(some.integers(0, len(text)))
    assert "controls" in blocking(data.draw(languages), text, text[:at] + control + text[at:])


@quick
@given(filled, some.data())
def test_a_dropped_placeholder_always_blocks(text, data):
    match = data.draw(some.sampled_from(list(PLACEHOLDER.finditer(text))))
    assert "placeholders" in blocking(data.draw(languages), text, text[: match.start()] + text[match.end() :])


@quick
@given(filled, some.text(some.sampled_from("%()asd {}")))
def test_what_is_not_blocked_can_be_filled(source, target):
    if not blocking("ko", source, target) and target:
        assert placeholders(target) == placeholders(source)


@given(some.text(some.sampled_from("%()a sd"), min_size=1))
def test_our_reading_of_percent_signs_is_the_one_that_fills_them(target):
    try:
        placeholders(target)
    except StrayPercentError:
        assert "percent" in blocking("ko", "%(a)s", target)
    else:
        assert "percent" not in blocking("ko", "%(a)s", target)


@quick
@given(hostile, some.none() | hostile, some.lists(hostile, max_size=6), languages, some.booleans())
def test_no_text_raises_and_every_finding_can_be_shown(source, plural, targets, language, strict):
    flags = ("python-format", "must-match-numbers", "max-length:5") if strict else ()
    for finding in run_checks(Entry(None, source, plural, tuple(targets), flags), language_tag=language):
        assert finding.detail.message % finding.detail.values
        if finding.span:
            start, end = finding.span
            assert 0 <= start < end <= len(targets[finding.form])


@given(hostile)
def test_findings_that_block_come_first(text):
    severities = [
        finding.severity for finding in run_checks(entry("Sign now.", text), language_tag="zh-Hans")
    ]
    assert severities == sorted(severities)


class Endless(Check):
    id, name, help = "endless", "Endless", "It never ends."
    example = all_checks()[0].example
    severity = Severity.BLOCKING

    def look(self, form):
        while True:
            yield self.finding(form, "Again.")


class Unread(Endless):
    severity = Severity.WARNING

    def look(self, form):
        raise AssertionError(form)


def test_a_check_is_stopped_after_so_many_findings():
    findings = run_checks(entry("Sign", "서명"), language_tag="ko", checks=[Endless()])
    assert len(findings) == MOST_FINDINGS
    assert blocks(findings)


def test_warnings_are_left_out_for_a_text_that_nobody_would_write():
    assert run_checks(entry("Sign", "서명" * MOST_READ), language_tag="ko", checks=[Unread()]) == []


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "1.",
        "%(",
        "<a ",
        "http://",
        "a-",
        "@a.",
        "“가",
        "한(漢",
        "\u202e",
        "중,",
        "one ",
        "1만",
        "&#",
        "{",
    ],
)
@pytest.mark.parametrize("language", ["ko", "zh-Hans"])
def test_a_hostile_text_is_read_once_and_answered_briefly(piece, language):
    """A pattern that went back over what it read would need minutes here."""
    text = piece * (50_000 // len(piece))
    source, flags = "Sign " * 2_600, ("must-match-numbers", "python-format")  # long enough for such a text
    assert len(run_checks(entry(source, text, flags=flags), language_tag=language)) <= 11 * MOST_FINDINGS
    assert isinstance(run_checks(entry("Sign", text[: MOST_READ - 9]), language_tag=language), list)


def test_every_check_is_described_once_in_whole_sentences():
    checks = all_checks()
    assert len({check.id for check in checks}) == len({check.name for check in checks}) == len(checks) == 30
    for check in checks:
        assert check.help.endswith(".")
        assert check.help != check.name


@pytest.mark.parametrize("check", [c for c in all_checks() if c.id not in ("glossary", "inconsistent")])
def test_every_check_finds_what_its_example_shows(check):
    example = check.example
    wrong = entry(example.source, example.wrong, flags=example.flags)
    right = entry(example.source, example.right, flags=example.flags)
    found = run_checks(wrong, language_tag=example.language)
    assert {(finding.check, finding.severity) for finding in found} >= {(check.id, check.severity)}
    assert run_checks(right, language_tag=example.language) == []


def test_a_language_is_given_the_checks_that_concern_it():
    ids = {tag: {check.id for check in checks_for(tag)} for tag in ("en", "ko", "zh_TW", "ar")}
    assert ids["ko"] - ids["ar"] == {"josa", "cjk_punctuation", "kana", "hanja", "speech_level"}
    assert ids["zh_TW"] - ids["ar"] == {"halfwidth", "ellipsis", "quotes", "script_mix"}
    assert ids["ar"] - ids["en"] == {"same"}


def test_a_finding_is_a_value():
    [one], [other] = (run_checks(entry("Sign", " 서명"), language_tag="ko") for _ in range(2))
    assert one == other
    assert isinstance(one, Finding)
    assert one.span == (0, 1)
