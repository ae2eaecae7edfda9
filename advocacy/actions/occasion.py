"""What a signing is given from outside: the clock, chance and keys."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from advocacy.vault.safe import Safe


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The clock, the chance and the keys that an act is given.

    `new_token` makes unguessable texts; `mail_host` ends Message-IDs. In a flood, `held` keeps the signature
    from being counted until a person has looked, and `mail_delay` makes its mail wait.
    """

    now: datetime
    new_token: Callable[[], str]
    safe: Safe
    mail_host: str
    held: bool = False
    mail_delay: timedelta = timedelta(0)
