"""Chinese: marks, quotes and the two scripts."""

import pytest

from advocacy.rules.checks.chinese_scripts import ALSO_TRADITIONAL, SIMPLIFIED, TRADITIONAL
from tests.rules.checks.running import found

BAD = [
    ("halfwidth", "zh-Hans", "Hello, all", "你好,大家"),
    ("halfwidth", "zh-Hans", "Hello, all", "你好, 大家"),
    ("halfwidth", "zh-Hant", "Done.", "完成."),
    ("halfwidth", "zh-Hant", "Is it “done”?", "「完成?」了？"),
    ("ellipsis", "zh-Hans", "Wait…", "等等..."),
    ("ellipsis", "zh-Hant", "Wait…", "等等…"),
    ("ellipsis", "zh-Hans", "Wait…", "等等。。。"),
    ("quotes", "zh-Hans", "Press “OK”", "按「OK」"),
    ("quotes", "zh-Hans", "Press “OK”", '按"OK"'),
    ("quotes", "zh-Hant", "Press “OK”", "按“OK”"),
    ("quotes", "zh-Hant", "Press ‘OK’", "按‘OK’"),
    ("script_mix", "zh-Hans", "Open letter", "公開信"),
    ("script_mix", "zh-Hant", "Petition", "请願"),
    ("script_mix", "zh-Hans", "With you", "與你同在"),
]
GOOD = [
    ("zh-Hans", "Hello, all", "你好，大家"),
    ("zh-Hans", "At 10:30, version 3.5", "10:30，版本3.5"),
    ("zh-Hans", "Send to a.b, https://example.org/a", "发送至 a.b，https://example.org/a"),
    ("zh-Hant", "Wait…", "等等……"),
    ("zh-Hans", "Press “OK”", "按“OK”"),
    ("zh-Hant", "Press “OK” (browser’s)", "按「OK」（browser’s）"),
    ("zh-Hans", "The queen, behind, inside, dry, stage", "皇后在后里干台"),
    ("zh-Hant", "The queen, inside, dry, stage", "皇后里干台"),
    ("zh-Hans", "Write 請 here", "在此写請"),
]


@pytest.mark.parametrize(("check", "language", "source", "target"), BAD)
def test_what_is_not_of_the_language_is_noticed(check, language, source, target):
    assert check in found(language, source, target)


@pytest.mark.parametrize(("language", "source", "target"), GOOD)
def test_what_is_of_the_language_is_let_pass(language, source, target):
    assert found(language, source, target) == set()


@pytest.mark.parametrize("tag", ["zh_TW", "zh-HK", "yue", "zh_Hant"])
def test_a_region_has_its_script(tag):
    assert found(tag, "Open letter", "公开信") == {"script_mix"}


def is_in(character: str, charset: str) -> bool:
    try:
        return bool(character.encode(charset))
    except UnicodeEncodeError:
        return False


def test_the_table_holds_only_what_one_of_the_two_character_sets_has():
    assert [c for c in SIMPLIFIED if not is_in(c, "gb2312") or is_in(c, "big5")] == []
    assert [c for c in TRADITIONAL + ALSO_TRADITIONAL if not is_in(c, "big5") or is_in(c, "gb2312")] == []


def test_the_table_is_large_and_holds_nothing_twice():
    assert len(SIMPLIFIED) == len(TRADITIONAL) > 1600
    for row in (SIMPLIFIED, TRADITIONAL, ALSO_TRADITIONAL):
        assert len(set(row)) == len(row)


@pytest.mark.parametrize("character", "后里干台云几谷面只松范系准")
def test_what_both_scripts_use_is_not_in_the_table(character):
    assert character not in SIMPLIFIED + TRADITIONAL + ALSO_TRADITIONAL
