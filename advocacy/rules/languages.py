"""The languages the platform speaks, and which one a visitor gets.

Three spellings of one language are in use: the tag in HTML and headers (`zh-Hans`, BCP 47), the
locale for gettext (`zh_Hans`) and the slug in addresses (`zh-hans`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.messages.plurals import get_plural

HANS, HANT = "zh-Hans", "zh-Hant"
_HANS_REGIONS = frozenset({"cn", "sg", "my"})
_HANT_REGIONS = frozenset({"tw", "hk", "mo"})


class UnknownTagError(ValueError):
    """What is no language's tag, or another spelling of one."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its BCP 47 tag, its own name for itself, writing direction and Open Graph locale."""

    tag: str
    endonym: str
    og_locale: str
    direction: Literal["ltr", "rtl"] = "ltr"

    @property
    def locale(self) -> str:
        """The name gettext and Babel know it by, for example `zh_Hans`."""
        return self.tag.replace("-", "_")

    @property
    def slug(self) -> str:
        """The first part of its pages' addresses, for example `zh-hans`."""
        return self.tag.lower()


class Languages:
    """An ordered set of languages; `source` is the one that interface texts are written in."""

    def __init__(self, members: Iterable[Language], *, source: str = "en") -> None:
        self._by_tag = {language.tag: language for language in members}
        self._by_slug = {language.slug: language for language in self}
        self.source = self._by_tag[source]

    def __iter__(self) -> Iterator[Language]:
        return iter(self._by_tag.values())

    def by_slug(self, slug: str) -> Language | None:
        """Return the language whose addresses begin with `slug`, or None."""
        return self._by_slug.get(slug)

    def by_tag(self, tag: str) -> Language | None:
        """Return the language with this exact BCP 47 tag, or None."""
        return self._by_tag.get(tag)

    def match(self, tag: str) -> Language | None:
        """Return the language that serves somebody who asks for `tag` (any BCP 47 spelling), or None.

        A wish for one Chinese script is met by the other before it is met by any other language.
        """
        parts = tag.strip().lower().replace("_", "-").split("-")
        if parts[0] in ("zh", "yue", "cmn"):
            wanted = chinese_script(parts)
            return self._by_tag.get(wanted) or self._by_tag.get(HANT if wanted == HANS else HANS)
        for length in (3, 2, 1):  # language-script-region, as much of it as we have (RFC 4647, 3.4)
            if language := self._by_slug.get("-".join(parts[:length])):
                return language
        return None

    def negotiate(self, *, chosen: str | None, accept: str) -> Language:
        """Return the language for a visitor: her own choice, then her browser's wishes, then the source.

        `chosen` is the tag or slug she chose earlier, if any; `accept` is an Accept-Language header
        (RFC 9110, 12.5.4), possibly empty or malformed.
        """
        for tag in (chosen or "", *preferences(accept)):
            if language := self.match(tag):
                return language
        return self.source


def locale_of(tag: str) -> str:
    """Return a BCP 47 tag as gettext and Babel spell it: `zh-Hans` is `zh_Hans`."""
    return tag.replace("-", "_")


@lru_cache(maxsize=256)
def plural_count(tag: str) -> int:
    """Return how many plural forms a language has in gettext: 1 for Korean, 2 for English, 6 for Arabic."""
    return int(get_plural(locale_of(tag)).num_plurals)


def chinese_script(subtags: list[str]) -> str:
    """Return `zh-Hans` or `zh-Hant` for the lower-case subtags of a Chinese or Cantonese tag.

    A script decides over a region, a region over the primary language (yue is written in Hant).
    """
    if "hans" in subtags:
        return HANS
    if "hant" in subtags or _HANT_REGIONS.intersection(subtags[1:]):
        return HANT
    if _HANS_REGIONS.intersection(subtags[1:]):
        return HANS
    return HANT if "yue" in subtags else HANS


def preferences(accept: str) -> list[str]:
    """Return the tags of an Accept-Language header, most wanted first; refused ones (q=0) are left out.

    Werkzeug sorts by specificity before quality, which puts `zh` behind `en-US`; this keeps to quality
    and, among equals, to the order given. Malformed parts are passed over.
    """
    wishes: list[tuple[float, str]] = []
    for part in accept.split(","):
        tag, _, parameters = part.partition(";")
        quality = _quality(parameters)
        if tag.strip() and quality > 0:
            wishes.append((quality, tag.strip()))
    wishes.sort(key=lambda wish: -wish[0])
    return [tag for _, tag in wishes]


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0


LANGUAGES = Languages(
    [
        Language("ko", "한국어", "ko_KR"),
        Language("en", "English", "en_US"),
        Language(HANS, "简体中文", "zh_CN"),
        Language(HANT, "繁體中文", "zh_TW"),
    ]
)
"""Those that ship with the software."""


def with_more(tags: Iterable[str]) -> Languages:
    """Return the shipped languages and those with these BCP 47 tags, by CLDR. Raises UnknownTagError."""
    return Languages([*LANGUAGES, *(_from_cldr(tag) for tag in tags if LANGUAGES.by_tag(tag) is None)])


def _from_cldr(tag: str) -> Language:
    try:
        known = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError) as unknown:
        raise UnknownTagError(tag) from unknown
    # Another spelling of it, or Chinese without its script: addresses and catalogs know one alone.
    if str(known) != locale_of(tag) or known.language in ("zh", "yue"):
        raise UnknownTagError(tag)
    likely = get_global("likely_subtags").get(str(known), "").split("_")
    region = known.territory or (likely[-1] if len(likely) > 1 else "")
    og_locale = f"{known.language}_{region}" if region else known.language
    direction: Literal["ltr", "rtl"] = "rtl" if known.text_direction == "rtl" else "ltr"
    return Language(tag, known.get_display_name() or tag, og_locale, direction)
