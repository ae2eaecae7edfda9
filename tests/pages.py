"""What tests look at in a page."""

import re
from html import unescape

import html5lib


def title_of(page: str) -> str:
    return unescape(re.search(r"<title>(.*?)</title>", page, re.DOTALL).group(1))


def count_in(page: str) -> int:
    return int(re.search(r'data-count="(\d+)"', page).group(1))


def errors_in(page: str) -> list[str]:
    """The inline messages, in order, without markup."""
    found = re.findall(r'<p class="err"[^>]*>(.*?)</p>', page)
    return [unescape(re.sub(r"<[^>]*>", "", text)) for text in found]


def value_of(page: str, name: str) -> str:
    return unescape(re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page).group(1))


def parsed(page: str):
    """The page as a tree; raises if it is not valid HTML."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
