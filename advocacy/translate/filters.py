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
from advocacy.rules.unit_query import Query, read_query
from advocacy.translate.places import Place

LONGEST = 300
"""Characters to search for."""

_CHECKS = frozenset(check.id for check in all_checks())


@dataclass(frozen=True)
class Filter:
    """What was asked for; nothing of it asks for everything."""

    status: UnitStatus | None = None
    mine: bool = False
    warned: bool = False
    text: str = ""

    @classmethod
    def of(cls, asked: Request) -> Self:
        """Return what an address asks for; what it cannot mean is passed over."""
        status = asked.args.get("status", "")
        return cls(
            status=UnitStatus(status) if status in set(UnitStatus) else None,
            mine="mine" in asked.args,
            warned="warned" in asked.args,
            text=normalize("NFC", asked.args.get("q", "").replace("\0", "").strip())[:LONGEST],
        )

    @cached_property
    def query(self) -> Query:
        """What the text means."""
        return read_query(self.text, checks=_CHECKS)

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
            conditions=self.query.conditions,
            asks=account.id,
        )
