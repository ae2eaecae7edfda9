"""Markup and addresses: what a browser acts on is what the source holds, and nothing else."""

import re
from collections import Counter
from collections.abc import Iterator

from advocacy.rules.checks.base import Check, Example, Finding, Form, Severity
from advocacy.rules.checks.patterns import EMAIL, ENTITY, TAG, URL
from advocacy.rules.words import N_

_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_NEVER_CLOSED = frozenset({"br", "hr", "img", "wbr", "input"})
_TRAILING = ".,;:!?)]،؛؟।۔"
_UP_TO_PATH = re.compile(r"(?:[A-Za-z]+://)?[^/?#]*")

# A browser or a mail program reads full-width letters, and the ideographic full stop in a host, as ASCII.
_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_FULL_STOP_IN_HOST = re.compile(r"(?<=[A-Za-z0-9])[。｡](?=[A-Za-z])")


def folded(text: str) -> str:
    """Return `text` with full-width ASCII made plain, character for character, so that positions stay."""
    return _FULL_STOP_IN_HOST.sub(".", text.translate(_FULL_WIDTH))


class Tags(Check):
    """The tags of the translation are those of the source, and are closed in the order they need."""

    id = "tags"
    name = N_("Tags")
    help = N_("Keep every tag of the source, change nothing inside it, and close what you open.")
    example = Example("<b>Sign</b> now", "지금 <b>서명<b>", "지금 <b>서명</b>", "ko")
    severity = Severity.BLOCKING

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield a finding per tag that is missing or new, and one if tags are closed out of order."""
        if "<" not in form.text and "<" not in form.source:
            return
        wanted, found = Counter(TAG.findall(form.source)), Counter(TAG.findall(form.text))
        for tag in wanted - found:
            yield self.finding(form, N_("A tag of the source is missing: %(tag)s"), tag=tag)
        for tag in found - wanted:
            start = form.text.find(tag)
            yield self.finding(
                form, N_("The source has no such tag: %(tag)s"), (start, start + len(tag)), tag=tag
            )
        if wanted == found and _nested(form.source) and not _nested(form.text):
            yield self.finding(form, N_("The tags are not closed in the order in which they are opened."))


def _nested(text: str) -> bool:
    """Whether every tag is closed, the last opened first."""
    opened: list[str] = []
    for closing, name in _TAG_NAME.findall(text):
        if not closing:
            opened.append(name.lower())
        elif not opened or opened.pop() != name.lower():
            return False
    return all(name in _NEVER_CLOSED for name in opened)


class Entities(Check):
    """No entity, and none of the characters that markup is made of, that the source lacks."""

    id = "entities"
    name = N_("Entities and markup")
    help = N_("Use no entity and no angle bracket or ampersand that the source does not have.")
    example = Example("Terms and privacy", "약관 &amp; 개인정보", "약관과 개인정보", "ko")
    severity = Severity.BLOCKING

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield every entity that the source lacks, and the first of each character that it lacks."""
        known = {entity for source in form.sources for entity in ENTITY.findall(source)}
        for match in ENTITY.finditer(form.text):
            if match[0] not in known:
                message = N_("The source has no such entity: %(entity)s")
                yield self.finding(form, message, match.span(), entity=match[0])
        bare = ENTITY.sub(lambda match: " " * len(match[0]), form.text)
        for mark in "<>&":
            start = bare.find(mark)
            if start >= 0 and not any(mark in source for source in form.sources):
                message = N_("The source does not have the character %(character)s.")
                yield self.finding(form, message, (start, start + 1), character=mark)


class _Addresses(Check):
    """The addresses of one kind are those of the source. How often each stands is left to the language."""

    severity = Severity.BLOCKING
    pattern: re.Pattern[str]
    missing: str
    unknown: str

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield a finding per address that the source lacks, and per address of the source that is gone."""
        wanted = {address for source in form.sources for address, _ in self.addresses(source)}
        found = set()
        for address, start in self.addresses(form.text):
            if address not in wanted and address not in found:
                shown = form.text[start : start + len(address)]
                yield self.finding(form, self.unknown, (start, start + len(address)), address=shown)
            found.add(address)
        for address, _ in self.addresses(form.source):
            if address not in found:
                found.add(address)
                yield self.finding(form, self.missing, address=address)

    def addresses(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield every address in `text`, lower case where case means nothing, and where it begins."""
        for match in self.pattern.finditer(folded(text)):
            address = match[0].rstrip(_TRAILING)
            host = _UP_TO_PATH.match(address)
            end = host.end() if host else 0
            yield address[:end].lower() + address[end:], match.start()


class Url(_Addresses):
    """No web address is new, changed or gone, however it is written."""

    id = "url"
    name = N_("Web address")
    help = N_("Keep web addresses exactly as they stand in the source: a changed one can lead people astray.")
    example = Example(
        "See https://example.org/ko.",
        "https://example.com/ko 참조.",
        "https://example.org/ko 참조.",
        "ko",
    )
    pattern = URL
    missing = N_("A web address of the source is missing: %(address)s")
    unknown = N_("The source has no such web address: %(address)s")


class Email(_Addresses):
    """No e-mail address is new, changed or gone."""

    id = "email"
    name = N_("Email address in the text")
    help = N_("Keep email addresses exactly as they stand in the source.")
    example = Example(
        "Write to a@example.org.", "b@example.org로 보내세요.", "a@example.org로 보내세요.", "ko"
    )
    pattern = EMAIL
    missing = N_("An email address of the source is missing: %(address)s")
    unknown = N_("The source has no such email address: %(address)s")

    def addresses(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield every e-mail address; most texts have none and are not searched."""
        return super().addresses(text) if "@" in text or "＠" in text else iter(())
