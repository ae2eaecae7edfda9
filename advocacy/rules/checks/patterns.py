"""What in a text is not prose: placeholders, tags, entities and addresses.

Every pattern here and in the checks reads a text once: repetitions are possessive or bounded, and none
follows another that could match the same characters. Hostile texts cost no more than long ones.
"""

import re

PLACEHOLDER = re.compile(r"%%|%\(\w+\)s|\{[\w.]{0,60}\}")
TAG = re.compile(r"</?[A-Za-z!?][^<>]*+>")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")

# A tail of URL characters, and of letters that look like them (Cyrillic, Greek, accented): those hide
# another host behind a familiar one. Hangul, Han and kana may follow a URL without a space.
_TAIL = r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&()*+,;=%\u00c0-\u10ff\u1d00-\u1fff]+)"
_TOP = (
    "com|org|net|info|biz|edu|gov|int|io|co|me|ly|gl|gg|cc|tv|to|eu|uk|us|kr|kp|cn|tw|hk|jp|de|fr|ru|in"
    "|app|dev|site|online|xyz|top|shop|club|link|click|live|news|ngo|onion|asia|page|cloud"
)
URL = re.compile(
    rf"(?:https?|ftp)://{_TAIL}?"
    rf"|\b(?:javascript|data|file|tel|sms|mailto|intent):(?=\S){_TAIL}"
    rf"|(?<![A-Za-z0-9@-])(?:[A-Za-z0-9-]{{1,63}}\.){{1,8}}(?:{_TOP})(?![A-Za-z0-9@-])(?:/{_TAIL}?)?",
    re.IGNORECASE,
)

_NOT_PROSE = (
    ("@", EMAIL),
    (".:", URL),
    ("<", TAG),
    ("&", ENTITY),
    ("%{", PLACEHOLDER),
)  # each with characters of which it needs one, because those are found faster


def blank(text: str) -> str:
    """Return `text` with everything that is not prose overwritten by as many U+FFFC (object replacement)."""
    for marks, pattern in _NOT_PROSE:
        if any(mark in text for mark in marks):
            text = pattern.sub(_overwritten, text)
    return text


def _overwritten(match: re.Match[str]) -> str:
    return "\ufffc" * len(match[0])
