"""What the checks say of units' newest texts, as the database keeps it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select, union, update
from sqlalchemy.orm import Session

from advocacy.models.message import Message
from advocacy.models.remark import dismissed_in
from advocacy.models.saying import Says
from advocacy.models.translation import GONE, Translation
from advocacy.models.unit import HAS_FINDINGS, Unit, lock_units
from advocacy.rules.checks import Severity


class Said(NamedTuple):
    """That a check (by id) finds something of a severity in a text, and nobody has dismissed it."""

    severity: Severity
    check: str


@dataclass(slots=True)
class Checkable:
    """What the checks want to know of a unit: its message, and its newest text; no texts if it has none.

    `kept` is what they said before, and `stamp` that of the checks which did.
    """

    unit_id: int
    context: str | None
    msgid: str
    msgid_plural: str | None
    flags: Sequence[str]
    kept: str
    stamp: str
    texts: Sequence[str] = ()
    content_hash: str = ""
    dismissed: set[str] = field(default_factory=set)

    @property
    def said(self) -> list[Said]:
        """What was kept."""
        parts = (part.split(":") for part in self.kept.split("|") if part)
        return [Said(Severity(severity), check) for severity, check in parts]


def stale_units(session: Session, domain_id: int, language: str, stamp: str) -> list[int]:
    """Return the units (by id) of a list of which it is not known what the checks of this stamp say."""
    # Two reaches of the index, rather than all of it but one.
    parts = (
        select(Unit.id).where(Unit.domain_id == domain_id, Unit.language == language, other)
        for other in (Unit.checked_with < stamp, Unit.checked_with > stamp)
    )
    return sorted(session.scalars(union(*parts)))


def lists_known(session: Session) -> list[tuple[int, str]]:
    """Return the domain (by id) and the language of every list that has a unit."""
    query = select(Unit.domain_id, Unit.language).distinct().order_by(Unit.domain_id, Unit.language)
    return [(domain_id, language) for domain_id, language in session.execute(query)]


def hold_checkable(session: Session, units: Sequence[int]) -> list[Checkable]:
    """Hold a page of units (by id) until the transaction ends, and return what the checks want to know."""
    lock_units(session, units)
    message = (Message.context, Message.msgid, Message.msgid_plural, Message.flags)
    query = (
        select(Unit.id, *message, Unit.findings, Unit.checked_with)
        .join(Message, Message.id == Unit.message_id)
        .where(Unit.id.in_(units))
    )
    found = {row[0]: Checkable(*row) for row in session.execute(query)}
    newest_last = (
        select(Translation.unit_id, Translation.texts, Translation.content_hash)
        .where(Translation.unit_id.in_(units), Translation.state.not_in(GONE))
        .order_by(Translation.id)
    )
    for unit, texts, content_hash in session.execute(newest_last):
        found[unit].texts, found[unit].content_hash = texts, content_hash
    for unit, check, content_hash in dismissed_in(session, units):
        if found[unit].content_hash == content_hash:
            found[unit].dismissed.add(check)
    return list(found.values())


def keep_findings(session: Session, said: dict[int, Iterable[Said]], stamp: str) -> None:
    """Write down what the checks of a stamp say of units (by id), which are held."""
    alike: dict[str, list[int]] = {}
    for number, found in said.items():
        alike.setdefault("".join(f"|{one.severity}:{one.check}|" for one in sorted(set(found))), []).append(
            number
        )
    for kept, numbers in alike.items():
        change = update(Unit).where(Unit.id.in_(numbers)).values(findings=kept, checked_with=stamp)
        session.execute(change, execution_options={"synchronize_session": False})


def finds(check: str, says: Says) -> ColumnElement[bool]:
    """Whether a check (by id) finds something in a unit's newest text that nobody has dismissed."""
    return and_(HAS_FINDINGS, says(Unit.findings, f":{check}|"))


def warns(says: Says) -> ColumnElement[bool]:
    """Whether any check warns of a unit's newest text, and nobody has dismissed that."""
    return and_(HAS_FINDINGS, says(Unit.findings, f"|{Severity.WARNING}:"))
