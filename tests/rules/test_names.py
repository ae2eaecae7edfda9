"""What is a name, and what stands for it."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from advocacy.rules.names import LONGEST_NAME, NameFault, NameRefusedError, initials, read_name

NAMES = [
    "김철수",
    "王芳",
    "남궁 민",
    "O’Brien",
    "O'Brien",
    "Anne-Marie",
    "J. K. Rowling",
    "J.K. Rowling",
    "Sammy Davis, Jr.",
    "阿卜杜·拉赫曼",
    "さくら",
    "محمد الأمين",
    "نیلوفر نامجو\u200cیان",
    "क्\u200dषितिज",
    "Nguyễn Văn Đức",
    "이",
    "王",
    "O",
]
CONTROLS = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029]]
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FILLERS = "\u3164\u115f\u1160\uffa0"
INVISIBLE = FILLERS + "\u200b\u2060\ufeff\u00ad\ue000\u0378\ud800"
SIGNS = '@0٣/<>&"()_!?:;#%+=♥😀○'

letters = st.characters(categories=["L", "M"])
name_like = st.text(
    st.sampled_from("김민수王芳ぁJéÉßé \u00a0\u3000·-'’.,1\u200d\u200b") | letters, max_size=90
)
anything = st.text(st.characters())  # lone surrogates too


def reading(text: str) -> str | NameRefusedError:
    try:
        return read_name(text)
    except NameRefusedError as refused:
        return refused


def refusal(text: str) -> tuple[NameFault, str]:
    refused = reading(text)
    assert isinstance(refused, NameRefusedError), f"accepted: {refused}"
    return refused.fault, refused.character


@pytest.mark.parametrize("name", NAMES)
def test_this_is_a_name(name):
    assert read_name(name) == name


def test_a_name_from_a_mac_is_stored_composed():
    decomposed = unicodedata.normalize("NFD", "김철수")
    assert len(decomposed) > 3
    assert read_name(decomposed) == "김철수"


def test_compatibility_letters_are_left_as_people_spell_them():
    assert read_name("ㅋㅋ") == "ㅋㅋ"


def test_spaces_of_any_kind_become_one_and_none_stays_at_the_ends():
    assert read_name("\u3000남궁\u00a0\u2003 민 ") == "남궁 민"


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
def test_a_control_character_is_refused(control):
    assert refusal(f"김{control}민") == (NameFault.CONTROL, control)


@pytest.mark.parametrize("mark", BIDI, ids=ascii)
def test_a_mark_that_turns_the_writing_direction_is_refused(mark):
    assert refusal(f"김{mark}민") == (NameFault.BIDI, mark)


@pytest.mark.parametrize("character", INVISIBLE, ids=ascii)
def test_what_nobody_can_see_is_refused(character):
    assert refusal(f"김{character}민") == (NameFault.INVISIBLE, character)


@pytest.mark.parametrize("filler", FILLERS, ids=ascii)
def test_a_filler_alone_is_no_name(filler):
    assert refusal(filler)[0] is NameFault.INVISIBLE


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_that_names_do_not_have_is_refused(sign):
    assert refusal(f"김{sign}민") == (NameFault.SIGN, sign)


@pytest.mark.parametrize(
    ("text", "sign"), [("a@b", "@"), ("example.org", "."), ("t.co", "."), ("Kim,Lee", ",")]
)
def test_an_address_is_refused(text, sign):
    assert refusal(text) == (NameFault.SIGN, sign)


@pytest.mark.parametrize("text", ["...", "-", "·", "’", "\u200d", "\u0301"])
def test_a_name_needs_a_letter(text):
    assert refusal(text) == (NameFault.NO_LETTER, "")


@pytest.mark.parametrize("text", ["", " ", "\u3000\u00a0"])
def test_nothing_is_no_name(text):
    assert refusal(text) == (NameFault.EMPTY, "")


def test_length_is_counted_in_composed_code_points():
    assert len(read_name("e\u0301" * LONGEST_NAME)) == LONGEST_NAME
    assert refusal("a" * (LONGEST_NAME + 1)) == (NameFault.TOO_LONG, "")


@given(name_like | anything)
def test_any_text_is_refused_or_read_once_and_for_all(text):
    name = reading(text)
    if isinstance(name, NameRefusedError):
        assert name.character in unicodedata.normalize("NFC", text)
        return
    assert read_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert name == " ".join(name.split())
    assert 1 <= len(name) <= LONGEST_NAME


@given(st.characters(categories=["L"], exclude_characters=FILLERS))
def test_a_letter_of_any_script_is_a_name(letter):
    assert read_name(letter) == unicodedata.normalize("NFC", letter)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("김민정", "ㄱ. ㅁ. ㅈ."),
        ("남궁 민", "ㄴ. ㄱ. ㅁ."),
        ("까치", "ㄲ. ㅊ."),
        ("王小芳", "王○○"),
        ("阿卜杜·拉赫曼", "阿○○○○○"),
        ("Jane Kim", "J. K."),
        ("jean-luc o’brien", "J. L. O."),
        ("J. K. Rowling", "J. K. R."),
        ("Jane - Kim", "J. K."),
        ("김 Jane", "ㄱ. J."),
        ("さくら", "さ."),
        ("O", "O."),
        ("王", "王"),
    ],
)
def test_initials_stand_for_a_name(name, shown):
    assert initials(name) == shown


@given(st.lists(st.text(letters, min_size=2), min_size=1).map(" ".join) | name_like)
def test_initials_never_tell_a_whole_name_that_has_more_than_initials(text):
    name = reading(text)
    assume(isinstance(name, str))
    words = name.replace(".", " ").split()
    assume(any(sum(unicodedata.category(c)[0] == "L" for c in word) > 1 for word in words))
    assert name not in initials(name)


def test_marks_may_be_stacked_as_scripts_need_them_but_not_piled_up():
    assert read_name("ศิริ") == "ศิริ"
    assert len(read_name("x" + "\u0323" * 4)) == 5
    with pytest.raises(NameRefusedError) as refused:
        read_name("x" + "\u0323" * 5)
    assert (refused.value.fault, refused.value.character) == (NameFault.SIGN, "\u0323")
