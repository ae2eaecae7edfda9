"""What in a text is not prose: placeholders, tags, entities and addresses.

Every pattern here and in the checks reads a text once: repetitions are possessive or bounded, and none
follows another that could match the same characters. Hostile texts cost no more than long ones.
"""

import re
from html.entities import html5

PLACEHOLDER = re.compile(r"%%|%\(\w+\)[A-Za-z]|\{[^{}\n]{0,200}+\}")

# A tag that is never closed takes everything up to the next ">" of the page with it.
TAG = re.compile(r"<[/A-Za-z!?][^<>]*+>?")

# Browsers read digits of any number, need no semicolon after them, and none after the oldest names.
_OLDEST = "|".join(sorted((name for name in html5 if not name.endswith(";")), key=len, reverse=True))
ENTITY = re.compile(rf"&(?:#[0-9]++;?|#[xX][0-9A-Fa-f]++;?|[A-Za-z][A-Za-z0-9]{{1,31}};|(?:{_OLDEST}))")

# Letters that look like Latin ones (Cyrillic, Greek, accented): they hide another host behind a familiar one.
_ALIKE = r"\u00c0-\u058f"
_HOST = rf"A-Za-z0-9\-{_ALIKE}"
EMAIL = re.compile(
    rf"[A-Za-z0-9._%+\-{_ALIKE}]{{1,64}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,8}}"
)

# Hangul, Han and kana may follow a URL without a space; after a full stop they make it another host.
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_TAIL = r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&()*+,;=%\u00c0-\u10ff\u1d00-\u1fff]+)"
_MORE = rf"(?:(?<=\.)[{_CJK}]{{1,63}})?"
_TOP = (
    "com|org|net|info|biz|edu|gov|int|io|co|me|ly|gl|gg|cc|tv|to|eu|uk|us|kr|kp|cn|tw|hk|jp|de|fr|ru|in"
    "|app|dev|site|online|xyz|top|shop|club|link|click|live|news|ngo|onion|asia|page|cloud"
    "|tk|ml|ga|cf|gq|pw|su|ws|ai|sh|vip|icu|win|buzz|zip|website|space|store"
)
_TOP_CJK = "한국|닷컴|닷넷|中国|中國|台湾|台灣|香港|公司|网络|網絡|在线|在線"
_DOMAIN = rf"(?:[{_HOST}]{{1,63}}\.){{1,8}}(?:(?:{_TOP})(?![{_HOST}@])|[A-Za-z]{{2,24}}(?=/\w))"
URL = re.compile(
    rf"(?:https?|ftp)://{_TAIL}?{_MORE}"
    rf"|(?<![A-Za-z0-9])(?:javascript|vbscript|data|file|tel|sms|mailto|intent):(?=\S){_TAIL}"
    rf"|(?<![{_HOST}.])www\.{_TAIL}{_MORE}"
    rf"|(?<![{_HOST}@])(?:{_DOMAIN}(?:\.[{_CJK}]{{1,63}})?|\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?![\d.]))(?:/{_TAIL}?)?"
    rf"|(?<![{_HOST}._%+])@{_DOMAIN}"
    rf"|[{_CJK}]{{1,10}}+\.(?:(?:{_TOP})(?![{_HOST}@])|{_TOP_CJK})(?:/{_TAIL}?)?",
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
