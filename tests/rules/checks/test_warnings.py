"""What a person is asked to look at again, in every language."""

import pytest

from advocacy.rules.checks import GlossaryTerm
from tests.rules.checks.running import found

LONG = "Unconfirmed signatures are deleted after two days, and everything else when the petition is over."
BAD = [
    ("same", "ko", "Sign the petition", "Sign the petition"),
    ("same", "zh-Hans", "Sign the petition", "sign the petition "),
    ("same", "ar", "Sign the petition", "Sign the petition"),
    ("begin_space", "ko", "Sign", " 서명"),
    ("begin_space", "zh-Hans", " and more", "等等"),
    ("end_space", "zh-Hant", "Sign", "簽名\u3000"),
    ("end_space", "ko", "Name: ", "이름:"),
    ("double_space", "ko", "Sign it now", "지금  서명"),
    ("double_space", "zh-Hans", "Sign it now", "立即\u3000\u3000签名"),
    ("end_stop", "ko", "Sign now.", "지금 서명해 주십시오"),
    ("end_stop", "ko", "Sign now", "지금 서명해 주십시오."),
    ("end_stop", "zh-Hans", "Sign now?", "立即签名。"),
    ("end_stop", "zh-Hant", "“Sign now.”", "「立即簽名」"),
    ("end_stop", "ar", "Who?", "من."),
    ("end_stop", "ar", "Look:", "انظر."),
    ("duplicate", "ko", "Sign the letter", "편지에 편지에 서명"),
    ("duplicate", "ar", "Sign the letter", "وقع وقع"),
    ("duplicate", "zh-Hans", "Our letter", "我们们的信"),
    ("duplicate", "zh-Hant", "My letter", "我的的信"),
    ("length", "ko", LONG, "모두 삭제합니다."),
    ("length", "zh-Hans", LONG, "全部删除。"),
    ("length", "zh-Hant", LONG, "未確認的簽名兩天後刪除，其他的在請願結束時刪除。" * 4),
    ("length", "ar", LONG, "حذف."),
]
GOOD = [
    ("ko", "Cookie", "Cookie"),
    ("ko", "%(name)s — 24", "%(name)s — 24"),
    ("ko", "https://example.org/sign", "https://example.org/sign"),
    ("en", "Sign the petition", "Sign the petition"),
    ("zh-Hans", "Name: ", "姓名："),
    ("ko", "Hello,", "안녕하세요."),
    ("zh-Hant", "Hello,", "您好："),
    ("zh-Hans", "Open this page:", "请打开此页面。"),
    ("ko", "Wait…", "기다려 주세요..."),
    ("ar", "Who?", "من؟"),
    ("ar", "Now.", "الآن۔"),
    ("el", "Who?", "ποιος;"),
    ("hi", "Done.", "हो गया।"),
    ("th", "Done.", "เสร็จแล้ว"),
    ("ko", "For example, J. K.", "예: ㄱ. ㅁ. ㅈ"),
    ("zh-Hans", "He said “yes.”", "他说“是。”"),
    ("ko", "Day by day", "하루 하루"),
    ("ko", "1 1", "1 1"),
    ("ko", "Very very long", "길고 길고 긴 긴"),
    ("vi", "Far away", "xa xa"),
    ("zh-Hans", "For that purpose", "以此为目的的"),
    ("ko", "a  b", "가  나"),
    ("ko", LONG, "확인하지 않은 서명은 이틀 뒤에, 나머지는 모두 청원이 끝난 뒤에 삭제합니다."),
]


@pytest.mark.parametrize(("check", "language", "source", "target"), BAD)
def test_what_looks_wrong_is_noticed(check, language, source, target):
    assert check in found(language, source, target)


@pytest.mark.parametrize(("language", "source", "target"), GOOD)
def test_what_is_in_order_is_let_pass(language, source, target):
    assert found(language, source, target) == set()


GLOSSARY = (
    GlossaryTerm("North Korean defector", "탈북자", ("북한이탈주민",)),
    GlossaryTerm("North Korea", "북한"),
    GlossaryTerm("defector", "망명자"),
    GlossaryTerm("embassy", "대사관"),
    GlossaryTerm("forced repatriation", "강제 송환"),
    GlossaryTerm(" ", "빈칸"),
)


@pytest.mark.parametrize(
    ("source", "target", "missed"),
    [
        ("North Korean defectors", "탈북자들", False),
        ("North Korean defectors", "북한이탈주민", False),
        ("North Korean defectors", "이주민", True),
        ("A defector", "탈북자", True),
        ("in north korea", "조선에서", True),
        ("Two embassies", "공관 두 곳", True),
        ("Two embassies", "대사관 두 곳", False),
        ("the forced repatriation", "강제송환", False),
        ("disembassy", "공관", False),
    ],
)
def test_the_words_of_the_glossary_are_asked_for(source, target, missed):
    assert ("glossary" in found("ko", source, target, glossary=GLOSSARY)) is missed


def test_another_translation_of_the_same_source_is_named():
    assert found("ko", "Sign", "서명", others=("서명", " ", "서명 ")) == set()
    assert found("ko", "Sign", "서명", others=("사인", "서명")) == {"inconsistent"}
    assert found("zh-Hans", "Sign", "签名", others=("签" * 99,)) == {"inconsistent"}
    assert found("ko", "%(n)s day", "%(n)s일", plural="%(n)s days", others=("날",)) == set()
