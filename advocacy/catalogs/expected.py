"""Whether a file is of the domain and the language that somebody thinks she hands in."""

import re

from advocacy.catalogs.errors import WrongDomainError, WrongLanguageError
from advocacy.rules.languages import chinese_script

_CHINESE = frozenset({"zh", "cmn", "yue"})


def demand_domain(name: str, said: str | None, domain: str | None) -> None:
    """Raise WrongDomainError if the file says it is of another domain than the one wanted, if one is."""
    if domain and said and said != domain:
        raise WrongDomainError(name, f"is of the domain {said!r}, not {domain!r}")


def demand_language(name: str, said: str | None, language: str | None) -> None:
    """Raise WrongLanguageError if the file says it is in another language than the one wanted, if one is.

    `language` is a BCP 47 tag; `said` a tag or a gettext locale: `ko_KR` serves ko, `zh_CN` zh-Hans.
    """
    if language and said and not _serves(said, language):
        raise WrongLanguageError(name, f"is in the language {said!r}, not {language!r}")


def _serves(locale: str, tag: str) -> bool:
    said = re.split(r"[.@]", locale)[0].lower().replace("_", "-").split("-")
    wanted = tag.lower().split("-")
    if said[0] in _CHINESE and wanted[0] in _CHINESE:
        return chinese_script(said) == chinese_script(wanted)
    return said[: len(wanted)] == wanted
