"""Which signatures a decision about a suspicious batch is about."""

from dataclasses import dataclass
from datetime import datetime


class EmptySelectionError(ValueError):
    """A selection without a bound would be the whole appeal: that is no batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Confirmed signatures by what may be known of them; at least one bound is set.

    `since` and `until` are UTC hours of confirmation, `until` not included; `language` a BCP 47 tag;
    `domain` the digest of a mail domain; `held` only those that a flood kept from being counted.
    """

    since: datetime | None = None
    until: datetime | None = None
    language: str | None = None
    domain: bytes | None = None
    held: bool = False

    def __post_init__(self) -> None:
        """Refuse to select everything."""
        if not (self.since or self.until or self.language or self.domain or self.held):
            raise EmptySelectionError("Say which signatures: by time, language, mail domain, or those held.")
