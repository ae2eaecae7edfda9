"""Numbers as texts write them: in digits, in English words, in Korean and Chinese numerals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

NUMBER = r"\d++(?:[.,٬٫\u00a0\u202f]\d++)*+"
_NUMBER = re.compile(NUMBER)
_SEPARATOR = re.compile(r"[.,٬٫\u00a0\u202f]")
_THOUSANDS = 3  # digits in a group
_LONGEST = 40  # characters of a number that are compared; none that means something has more

Values = frozenset[Decimal]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: every value it may have (1.234 is read in two ways), and where it stands."""

    values: Values
    span: tuple[int, int]


def readings(digits: str) -> list[Values]:
    """Return the numbers that `digits`, a match of NUMBER, may be: one, or several as in 2012.2.24."""
    if len(digits) > _LONGEST and (cut := _NUMBER.match(digits[:_LONGEST])):
        digits = cut[0]
    parts = _SEPARATOR.split(digits)
    separators = _SEPARATOR.findall(digits)
    if not separators:
        return [frozenset({Decimal(digits)})]
    whole = Decimal("".join(parts))
    if _grouped(parts) and len(set(separators)) == 1:
        fraction = {Decimal(f"{parts[0]}.{parts[1]}")} if len(parts) == 2 else set()  # noqa: PLR2004
        return [frozenset({whole, *fraction})]
    if len(separators) == 1 or (_grouped(parts[:-1]) and len(set(separators[:-1])) == 1):
        return [frozenset({Decimal("".join(parts[:-1]) + "." + parts[-1])})]
    return [frozenset({Decimal(part)}) for part in parts]


def _grouped(parts: list[str]) -> bool:
    return len(parts[0]) <= _THOUSANDS and all(len(part) == _THOUSANDS for part in parts[1:])


def digits_in(text: str) -> Iterator[Quantity]:
    """Yield every number in digits; those that end a Latin word (COVID19) belong to a name."""
    for match in _NUMBER.finditer(text):
        if not in_a_name(text, match.start()):
            for values in readings(match[0]):
                yield Quantity(values, match.span())


def in_a_name(text: str, start: int) -> bool:
    """Whether the digits that begin at `start` follow a Latin letter, as in COVID19."""
    before = text[start - 1 : start]
    return before.isascii() and before.isalpha()


_KO_UNITS = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}
_ZH_UNITS = {"十": 10, "百": 100, "千": 1000, "廿": 20, "卅": 30}
_ZH_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_UNITS = _KO_UNITS | _ZH_UNITS | _ZH_MYRIADS
_MYRIAD = 10**4
_ONES = {
    **{numeral: value for value, numeral in enumerate("영일이삼사오육칠팔구")},
    **{numeral: value for value, numeral in enumerate("零一二三四五六七八九")},
    "공": 0,
    "륙": 6,
    "〇": 0,
    "两": 2,
    "兩": 2,
}

_KO_PART = rf"{NUMBER}(?:여)?(?:[십백천]?[만억]|[십백천](?![십백천])|조(?= ?\d))"
_ZH_PART = rf"{NUMBER} ?[多余餘来來]?(?:[十百千]?[万萬亿億]|[十百千])"
_SCALED = {
    "ko": re.compile(rf"{_KO_PART}(?: ?{_KO_PART})*+(?:{NUMBER})?|{NUMBER}(?:조(?!각|직|항))?"),
    "zh": re.compile(rf"{_ZH_PART}(?: ?{_ZH_PART})*+(?:{NUMBER})?|{NUMBER}"),
}
_TOKEN = re.compile(rf"{NUMBER}|.", re.DOTALL)
_SPELLED = {
    "ko": re.compile("[영공일이삼사오육륙칠팔구십백천만억조]{1,24}"),
    "zh": re.compile("[零〇一二三四五六七八九十百千万萬亿億两兩廿卅]{1,24}"),
}
_HALF = re.compile("절반|반|一半|半")

_NATIVE_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50} | {
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_NATIVE_ONES = {
    "하나": 1,
    "한": 1,
    "첫": 1,
    "하루": 1,
    "둘": 2,
    "두": 2,
    "이틀": 2,
    "셋": 3,
    "세": 3,
    "석": 3,
    "서": 3,
    "사흘": 3,
    "넷": 4,
    "네": 4,
    "넉": 4,
    "너": 4,
    "나흘": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열흘": 10,
    "보름": 15,
}
_NATIVE = re.compile(f"({'|'.join(_NATIVE_TENS)})?({'|'.join(_NATIVE_ONES)})|({'|'.join(_NATIVE_TENS)})")


def scaled_digits_in(text: str, language: str) -> Iterator[Quantity]:
    """Yield every number that has digits, with its units (3000만, 1억 2천만, 3千万). For `ko` and `zh`."""
    for match in _SCALED[language].finditer(text):
        if in_a_name(text, match.start()):
            continue
        plain = _NUMBER.match(match[0])
        if plain and plain.end() == len(match[0]):
            for values in readings(match[0]):
                yield Quantity(values, match.span())
        elif match[0].endswith("조"):  # 제3조 is an article of a law, 3조 three trillion or three groups
            values = readings(match[0][:-1])[0]
            yield Quantity(values | {value * _UNITS["조"] for value in values}, match.span())
        else:
            yield Quantity(frozenset({evaluate(match[0])}), match.span())


def spelled_in(text: str, language: str) -> set[Decimal]:
    """Return every number that `text` may spell out in numerals. Parts of other words are among them."""
    found = {evaluate(match[0]) for match in _SPELLED[language].finditer(text)}
    if _HALF.search(text):
        found |= {Decimal("0.5"), Decimal(50)}
    if language == "ko":
        for ten, one, round_ten in _NATIVE.findall(text):
            tens = _NATIVE_TENS.get(ten or round_ten, 0)
            found.add(Decimal(tens + _NATIVE_ONES.get(one, 0)))
    return found


def evaluate(run: str) -> Decimal:
    """Return the value of digits and numerals in a row: 1억2천만, 三千五百, 二〇一二, 30여만."""
    total, section, current = Decimal(0), Decimal(0), Decimal(0)
    for token in _TOKEN.findall(run):
        unit = _UNITS.get(token)
        if token in _ONES:
            current = current * 10 + _ONES[token]
        elif token[0].isdecimal():
            values = readings(token)[0]
            current = max(values) if "," in token else min(values)
        elif unit is not None and unit < _MYRIAD:
            section, current = section + (current or 1) * unit, Decimal(0)
        elif unit is not None:
            total, section, current = total + (section + current or 1) * unit, Decimal(0), Decimal(0)
    return total + section + current
