"""The words with which a text says "not": one that is gone turns a sentence into its opposite."""

import re

from advocacy.rules.checks.base import normal_tag

# What is found is a hint: a translation may say "not long" as "short". Words that have lost their "no"
# (not only, 끊임없이, 不断) are left out.
_NOT_MEANT = {
    "en": r"\bnot only\b|\bno\.? ?(?=[0-9])|\bno doubt\b",
    "ko": "잘못|못지않|뿐만? 아니라|끊임없|어김없|틀림없|빠짐없|거침없|변함없|수없이|다름없",
    "zh": (
        "不[仅僅但只过過断斷同少久管论論料时時妨]|未[来來婚成]|[无無][论論数數线線]"
        "|不[驱驅]回|不遣返原[则則]|[并並][无無]二"
    ),
}
_NEGATIONS = {
    "en": (
        r"\b(?:not|no|never|nor|neither|none|nobody|nothing|nowhere|without|cannot|unless)\b|\b[a-z]+n[’']t\b"
    ),
    "ko": "않|없|못|아니|아닌|아닙|아닐|(?<=지 )[마말]|(?<![가-힣])안 (?=[가-힣])",
    "zh": "[并並绝絕而除]非|[没沒]有?|不|未|[无無]|勿|毋",
}


def negations_in(text: str, language: str) -> list[str] | None:
    """Return the words in a text that negate, as they stand there; None where the language is not known.

    `language` is a BCP 47 tag.
    """
    tag = normal_tag(language)
    known = "zh" if tag in ("zh-Hans", "zh-Hant") else tag
    if known not in _NEGATIONS:
        return None
    pattern = re.compile(f"(?P<not_meant>{_NOT_MEANT[known]})|{_NEGATIONS[known]}", re.IGNORECASE)
    return [match[0].strip() for match in pattern.finditer(text) if match["not_meant"] is None]
