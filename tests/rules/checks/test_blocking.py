"""What must not be published: in every language, the check that says so and the text it lets pass."""

import pytest

from advocacy.rules.checks import run_checks
from tests.rules.checks.running import blocking, entry, found

BAD = [
    ("placeholders", "ko", "%(name)s signed", "서명했습니다"),
    ("placeholders", "zh-Hans", "%(name)s signed", "%(nmae)s已签名"),
    ("placeholders", "zh-Hant", "{name} signed", "{名字}已簽名"),
    ("placeholders", "ar", "%(name)s signed", "%(name)s %(name)s"),
    ("placeholders", "ko", "Sign", "%(name)s 서명"),
    ("placeholders", "ko", "100%% free %(x)s", "무료 %(x)s"),
    ("placeholders", "ko", "Free %(x)s", "100%% 무료 %(x)s"),
    ("placeholders", "ko", "Sign", "%(secret)d 서명"),
    ("placeholders", "ko", "Sign", "{0[secret]!r:>9} 서명"),
    ("placeholders", "ko", "Sign", "{{ config }} 서명"),
    ("percent", "ko", "%(x)s of it", "%(x)s의 50%"),
    ("percent", "zh-Hans", "%(x)s of it", "%(x)s和%(x)"),
    ("percent", "zh-Hant", "%(x)s of it", "%(x)s和%d"),
    ("percent", "ar", "%(x)s of it", "%(x)s % (x)s"),
    ("tags", "ko", "<b>Sign</b>", "서명"),
    ("tags", "zh-Hans", "<b>Sign</b>", "<i>签名</i>"),
    ("tags", "zh-Hant", '<a href="/ko/">Sign</a>', '<a href="//x">簽名</a>'),
    ("tags", "ko", "<b>Sign</b> now", "</b>지금 서명<b>"),
    ("tags", "ko", "Sign", "<script>서명</script>"),
    ("tags", "ko", "<b>Sign</b>", "<b>서명</b> <img src=x "),
    ("tags", "ko", "<b>Sign</b>", "<img src=x <b>서명</b>"),
    ("tags", "ko", "<b>Sign</b>", "<b>서명</b><!--"),
    ("entities", "ko", "Terms &amp; privacy", "약관 &amp; &#0000000060;b"),
    ("entities", "ko", "Terms &amp; privacy", "약관 &amp; a&#x2eb"),
    ("entities", "zh-Hans", "Terms &amp; privacy", "条款 &amp; &ltb"),
    ("entities", "ko", "Sign", "서명&nbsp;하기"),
    ("entities", "zh-Hans", "Sign", "签名&#60;b"),
    ("entities", "zh-Hant", "Sign & go", "簽名 < & 走"),
    ("url", "ko", "See https://example.org/a", "https://example.org/b 참조"),
    ("url", "ko", "See https://example.org/a", "참조"),
    ("url", "zh-Hans", "See the page", "请看example.com的页面"),
    ("url", "zh-Hans", "See example.org", "请看example。org或evil。com"),
    ("url", "zh-Hant", "See https://example.org", "請看ｈｔｔｐｓ：//evil.org"),
    ("url", "ar", "See https://example.org", "https://exаmple.org"),  # a Cyrillic а
    ("url", "ko", "See https://example.org", "https://example.org.evil.net 참조"),
    ("url", "ko", "Sign", "javascript:alert 서명"),
    ("url", "zh-Hans", "Sign", "签名javascript:alert"),
    ("url", "ko", "See https://example.org/Ab", "https://example.org/aB 참조"),
    ("url", "ko", "See https://example.org", "https://example.org.한국 참조"),
    ("url", "ko", "See https://example.org", "https://example.org ^@evil.com 참조"),
    ("url", "ko", "See example.org", "аexample.org 참조"),  # a Cyrillic а
    ("url", "ko", "See example.org", "example.org.한국 참조"),
    ("url", "ko", "Sign", "청와대.한국에서 서명"),
    ("url", "zh-Hans", "Sign", "在北京.com签名"),
    ("url", "zh-Hant", "Sign", "到 www.evil.example 簽名"),
    ("url", "ar", "Sign", "evil.example/ar"),
    ("url", "ko", "Sign", "10.66.0.1 서명"),
    ("email", "ko", "Write to a@example.org", "аa@example.org로 보내세요"),  # a Cyrillic а
    ("email", "ko", "Write to a@example.org", "b@example.org로 보내세요"),
    ("email", "zh-Hans", "Write to us", "请写信给a@example.org"),
    ("email", "zh-Hant", "Write to a@example.org", "請寫信給我們"),
    ("controls", "ko", "Sign", "서\u200b명"),
    ("controls", "zh-Hans", "Sign", "签\u202e名"),
    ("controls", "zh-Hant", "Sign", "簽\x07名"),
    ("controls", "ar", "Sign", "وقّع\u200f"),
    ("controls", "ko", "Sign", "서\u3164명"),
    ("controls", "ko", "Sign", "서\u200d명"),
    ("controls", "fa", "Sign", "\u200cنمی"),
    ("newline", "ko", "Sign\n", "서명"),
    ("newline", "zh-Hans", "Sign", "\n签名"),
    ("empty", "ko", "Sign", " \n "),
]
GOOD = [
    ("ko", "%(name)s signed on %(date)s", "%(date)s에 %(name)s 님이 서명했습니다"),
    ("zh-Hans", "100%% of %(x)s", "%(x)s的100%%"),
    ("ko", "Half of them", "그중 50%"),
    ("ko", "50% of them", "그중 50%"),
    ("ar", "{name} signed", "وقّع {name}"),
    ("zh-Hant", "<b>Sign</b> and <i>pass on</i>", "<i>傳下去</i>並<b>簽名</b>"),
    ("ko", "Terms &amp; privacy", "약관과 개인정보"),
    ("ko", "See https://example.org/a (now).", "지금 https://example.org/a에서 보세요."),
    ("ko", "See HTTPS://Example.org/Ab.", "https://example.org/Ab 참조."),
    ("zh-Hans", "See example.org.", "请看example.org。"),
    ("zh-Hans", "Research & development, AT&T", "研发&AT&T"),
    ("ko", "On Feb. 24, 2012", "2012.2.24.에"),
    ("zh-Hans", "See https://example.org/a.", "请看https://example.org/a。"),
    ("zh-Hant", "Write to a@example.org.", "請寫信給a@example.org。"),
    ("fa", "We do", "می\u200cکنیم"),
    ("hi", "Yes", "क्\u200dष"),
    ("ko", "Sign\n", "서명\n"),
    ("ko", "a\tb", "가\t나"),
]


@pytest.mark.parametrize(("check", "language", "source", "target"), BAD)
def test_what_breaks_or_leads_astray_is_blocked(check, language, source, target):
    assert check in blocking(language, source, target)


@pytest.mark.parametrize(("language", "source", "target"), GOOD)
def test_what_is_in_order_is_not_blocked(language, source, target):
    assert blocking(language, source, target) == set()


def details(language, source, target, **more) -> list[str]:
    findings = run_checks(entry(source, target, **more), language_tag=language)
    return [finding.detail.message % finding.detail.values for finding in findings]


def test_a_misspelt_placeholder_is_one_finding_that_names_both_and_shows_where():
    [finding] = run_checks(entry("%(count)s names", "%(cuont)s개"), language_tag="ko")
    assert finding.detail.values == {"placeholder": "%(cuont)s", "expected": "%(count)s"}
    assert finding.span == (0, 9)


def test_an_unrelated_placeholder_is_missing_one_and_adding_another():
    assert details("ko", "%(count)s names", "%(zebra_of_x)s 이름") == [
        "The source has no such placeholder: %(zebra_of_x)s",
        "The translation lacks a placeholder: %(count)s",
    ]


def test_a_placeholder_that_is_repeated_is_shown_where_it_stands_the_last_time():
    [finding] = run_checks(entry("%(n)s names", "%(n)s %(n)s"), language_tag="ko")
    assert finding.span == (6, 11)


def test_flags_say_whether_percent_signs_are_filled():
    assert blocking("ko", "Half", "50%", flags=("python-format",)) == {"percent"}
    assert blocking("ko", "%(x)s", "%(x)s 50%", flags=("no-python-format",)) == set()
    assert blocking("ko", "50% of it", "그중 50%", flags=("python-format",)) == set()


def test_a_limit_counts_code_points_after_nfc():
    assert blocking("ko", "Sign", "\u1109\u1165\u1106\u1167\u11bc", flags=("max-length:2",)) == set()
    assert blocking("ko", "Sign", "서명하", flags=("max-length:2",)) == {"max_length"}
    assert blocking("zh-Hans", "Sign", "签名啊", flags=("max-length: 3", "max-length:2")) == {"max_length"}


def test_a_text_without_a_limit_has_one_that_no_translation_reaches():
    assert details("ko", "Sign", "서명" * 10_001) == [
        "The translation has 20002 characters; at most 20000 are possible."
    ]
    assert blocking("ko", "Sign", "서명" * 10_000) == set()
    assert blocking("ko", "Sign it. " * 1_000, "서명." * 12_000) == set()
    assert blocking("ko", "Sign it. " * 1_000, "서명." * 12_001) == {"max_length"}
    assert blocking("ko", "Sign", "<b>" * 10_000, plural="Sign") == {"max_length"}


def test_a_finding_repeats_no_more_of_a_text_than_can_be_read():
    [shown] = details("ko", "<b>", "<b " + "x" * 9_000 + "><b>")
    assert len(shown) < 250
    assert shown.endswith("…")


@pytest.mark.parametrize("flag", ["max-length:", "max-length:x", "max-length:-1", "max-length:9999999999999"])
def test_a_limit_that_cannot_be_read_is_none(flag):
    assert blocking("ko", "Sign", "서명하기", flags=(flag,)) == set()


def test_numbers_that_must_match_block_and_do_not_warn_as_well():
    flags = ("must-match-numbers",)
    assert found("ko", "within 48 hours", "24시간 안에", flags=flags) == {"must_match_numbers"}
    assert found("ko", "within 48 hours", "마흔여덟 시간 안에", flags=flags) == set()
    assert found("zh-Hans", "within a day", "1天内", flags=flags) == set()
    assert found("zh-Hans", "within the day", "1天内", flags=flags) == {"must_match_numbers"}
    assert found("zh-Hant", "30 million people", "3000萬人", flags=flags) == set()


def test_each_address_is_named_once():
    assert details("ko", "Sign", "evil.com evil.com") == ["The source has no such web address: evil.com"]
    assert details("ko", "See a.org, a.org", "참조") == ["A web address of the source is missing: a.org"]


def test_nothing_is_found_before_anything_is_translated():
    assert found("ko", "%(x)s", "") == set()
    assert found("ar", "%(x)s", "", "", plural="%(x)s s") == set()
