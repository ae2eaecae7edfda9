"""Which units a translator wants to see: read from an address, and put back into it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self
from unicodedata import normalize

from flask import Request

from advocacy.models import Account
from advocacy.models.unit_search import Wanted
from advocacy.rules.checks import all_checks
from advocacy.rules.translation import UnitStatus
from advocacy.rules.unit_query import Condition, Has, Key, Query, read_day, read_query
from advocacy.translate.places import Place

LONGEST = 300
"""Characters to search for."""

_CHECKS = frozenset(check.id for check in all_checks())


@dataclass(frozen=True)
class Filter:
    """What was asked for; nothing of it asks for everything.

    `check` is an id, `by` a name or "me", `talk` an open comment, `since` a day: the fields of the form that
    say what could be typed as a condition too. Who and when are kept as they were typed.
    """

    status: UnitStatus | None = None
    mine: bool = False
    warned: bool = False
    text: str = ""
    check: str = ""
    by: str = ""
    talk: bool = False
    since: str = ""

    @classmethod
    def of(cls, asked: Request) -> Self:
        """Return what an address asks for; what it cannot mean is passed over."""
        status, check = asked.args.get("status", ""), asked.args.get("check", "")
        return cls(
            status=UnitStatus(status) if status in set(UnitStatus) else None,
            mine="mine" in asked.args,
            warned="warned" in asked.args,
            text=_typed(asked, "q"),
            check=check if check in _CHECKS else "",
            by=_typed(asked, "by"),
            talk="talk" in asked.args,
            since=_typed(asked, "since"),
        )

    @cached_property
    def query(self) -> Query:
        """What the text means."""
        return read_query(self.text, checks=_CHECKS)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """What has to be true of a unit, as the text says and the fields beside it; no day that is none."""
        chosen = ((Key.CHECK, self.check), (Key.AUTHOR, self.by), (Key.CHANGED, read_day(self.since) or ""))
        fields = [Condition(key, value) for key, value in chosen if value]
        talk = [Condition(Key.HAS, Has.COMMENT)] if self.talk else []
        return (*self.query.conditions, *fields, *talk)

    @property
    def has_more(self) -> bool:
        """Whether one of the fields is filled in that the form keeps folded."""
        return bool(self.check or self.by or self.talk or self.since)

    @property
    def is_status_alone(self) -> bool:
        """Whether nothing but a status is asked for."""
        return set(self.address()) == {"status"}

    @property
    def is_set(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.address())

    def address(self, **changes: str | None) -> dict[str, str]:
        """Return it as values for an address, with changes; None leaves one out."""
        values: dict[str, str | None] = {
            "status": self.status.value if self.status else None,
            "mine": "yes" if self.mine else None,
            "warned": "yes" if self.warned else None,
            "q": self.text or None,
            "check": self.check or None,
            "by": self.by or None,
            "talk": "yes" if self.talk else None,
            "since": self.since or None,
            **changes,
        }
        return {name: value for name, value in values.items() if value is not None}

    def wanted(self, place: Place, account: Account) -> Wanted:
        """Return it as a search in a place, on behalf of an account."""
        return Wanted(
            domain_id=place.domain.id,
            language=place.into.tag,
            status=self.status,
            terms=self.query.terms,
            by=account.id if self.mine else None,
            warned=self.warned,
            conditions=self.conditions,
            asks=account.id,
        )


def _typed(asked: Request, name: str) -> str:
    return normalize("NFC", asked.args.get(name, "").replace("\0", "").strip())[:LONGEST]
