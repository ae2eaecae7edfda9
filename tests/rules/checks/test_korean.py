"""Korean: particles, foreign marks and letters, levels of speech."""

import pytest

from tests.rules.checks.running import found

BAD = [
    ("josa", "%(name)s signed", "%(name)s이 서명했습니다"),
    ("josa", "“%(title)s” is open", "“%(title)s”은 열려 있습니다"),
    ("josa", "{name} and others", "{name}과 다른 분들"),
    ("josa", "from <b>%(name)s</b>", "<b>%(name)s</b>으로부터"),
    ("cjk_punctuation", "Done. Thanks", "끝。고맙습니다"),
    ("cjk_punctuation", "Names, dates", "이름、날짜"),
    ("kana", "Tokyo", "도쿄の"),
    ("hanja", "North Korea", "北한"),
    ("hanja", "the word", "(漢字)"),
    ("speech_level", "Done. Thanks.", "끝났습니다. 고마워요."),
    ("speech_level", "Done.\nYes.", "끝났어요\n맞습니다"),
]
GOOD = [
    ("%(name)s signed", "%(name)s이(가) 서명했습니다"),
    ("%(name)s signed", "%(name)s(이)가 서명했습니다"),
    ("to %(name)s", "%(name)s(으)로"),
    ("%(count)s kinds", "%(count)s가지"),
    ("The letter (%(x)s) is gone", "글자(%(x)s)가 사라졌습니다"),
    ("%(name)s", "%(name)s 님"),
    ("Names, dates", "이름, 날짜"),
    ("Refugees", "탈북자(脫北者)"),
    ("Refugees", "탈북자 (북한을 떠난 사람, 脫北者)"),
    ("Write 你好 in Chinese", "중국어로 你好라고 쓰기"),
    ("Write の", "の 쓰기"),
    ("Done. Please sign. Was it you?", "끝났습니다. 서명해 주세요. 본인인가요?"),
    ("He said “thanks.” Done.", "그는 “고마워요.”라고 했습니다. 끝났습니다."),
    ("Done. A log-in is needed.", "끝났습니다. 로그인 필요."),
    ("Thanks. Bye.", "고마워요. 잘 가요."),
]


@pytest.mark.parametrize(("check", "source", "target"), BAD)
def test_what_is_not_korean_is_noticed(check, source, target):
    assert check in found("ko", source, target)


@pytest.mark.parametrize(("source", "target"), GOOD)
def test_what_is_korean_is_let_pass(source, target):
    assert found("ko", source, target) == set()


def test_other_languages_are_not_asked():
    assert found("zh-Hans", "It is done.", "完成。") == set()
