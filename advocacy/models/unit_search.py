"""Finding units among thousands: by status, by author, by what stands in them; a page at a time."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Self

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session, contains_eager

from advocacy.models.account import Account
from advocacy.models.remark import Comment
from advocacy.models.saying import Says, saying
from advocacy.models.translation import GONE, Translation
from advocacy.models.unit import Unit
from advocacy.models.unit_findings import finds, warns
from advocacy.rules.folding import APART, folded
from advocacy.rules.review import TranslationState
from advocacy.rules.translation import UnitStatus
from advocacy.rules.unit_query import Condition, Has, Key, Term, Where

ME = "me"
"""Who asks, in `author:me`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which units of a domain in a language (BCP 47 tag) are looked for.

    Each of `terms` is found in a unit, or is not, where it is unwanted; translations that are gone do not
    count. `by` is the account that wrote a text which it did not take back. `warned` asks for an open
    warning. `conditions` are those of a query; `asks` is the account that "me" and "mine" mean in them.
    What the checks say is read as it was kept: `find_units` sees to it that it is true.
    """

    domain_id: int
    language: str
    status: UnitStatus | None = None
    terms: tuple[Term, ...] = ()
    by: int | None = None
    warned: bool = False
    conditions: tuple[Condition, ...] = ()
    asks: int | None = None

    @property
    def shape(self) -> Self:
        """What is asked, without the words that are looked for: the same for many."""
        return replace(self, terms=tuple(term._replace(text="") for term in self.terms))

    @property
    def names_somebody(self) -> bool:
        """Whether it has somebody's name in it, which nothing remembers."""
        return any(condition.key is Key.AUTHOR for condition in self.conditions)

    @property
    def asks_checks(self) -> bool:
        """Whether what the checks say matters."""
        return self.warned or any(condition.key is Key.CHECK for condition in self.conditions)


def units_wanted(
    session: Session, wanted: Wanted, *, beyond: int | None = None, backwards: bool = False, most: int
) -> list[Unit]:
    """Return up to `most` units with their messages, in order; none that is obsolete.

    With `beyond`, a unit's id, those that come after it, or, `backwards`, before it, the nearest first.
    """
    start = session.get(Unit, beyond) if beyond is not None else None
    put = _page.__wrapped__ if wanted.names_somebody else _page
    dialect = session.get_bind().dialect.name
    query = put(dialect, wanted.shape, most, begun=start is not None, backwards=backwards)
    return list(session.scalars(query, _words(wanted) | (_bound(_place(start)) if start else {})))


def beside(session: Session, wanted: Wanted, unit: Unit) -> tuple[Unit | None, Unit | None]:
    """Return the wanted units next before and next after `unit`, which need not be one; None at the ends."""
    put = _beside.__wrapped__ if wanted.names_somebody else _beside
    here = _place(unit)
    query = put(session.get_bind().dialect.name, wanted.shape)
    found = session.scalars(query, _words(wanted) | _bound(here))
    by_side = {_place(one) < here: one for one in found}
    return by_side.get(True), by_side.get(False)


_PLACE = (Unit.position, Unit.message_id)
_HERE = tuple_(bindparam("position", type_=Integer), bindparam("message_id", type_=Integer))
_KEPT = 128
"""Ways to ask that are remembered: people work in a few lists, and filter them in a few ways."""


@lru_cache(maxsize=_KEPT)
def _page(dialect: str, wanted: Wanted, most: int, *, begun: bool, backwards: bool) -> Select[Unit]:
    order = [column.desc() if backwards else column for column in _PLACE]
    # The page is found by units alone: PostgreSQL would bring each of thousands its message, to sort them.
    page = select(Unit.id).where(*_conditions(dialect, wanted)).order_by(*order).limit(_said(most))
    if begun:
        page = page.where(tuple_(*_PLACE) < _HERE if backwards else tuple_(*_PLACE) > _HERE)
    return _with_messages().where(Unit.id.in_(page.correlate(None))).order_by(*order)


@lru_cache(maxsize=_KEPT)
def _beside(dialect: str, wanted: Wanted) -> Select[Unit]:
    query = select(Unit.id).where(*_conditions(dialect, wanted)).limit(_said(1)).correlate(None)
    before = query.where(tuple_(*_PLACE) < _HERE).order_by(*(column.desc() for column in _PLACE))
    after = query.where(tuple_(*_PLACE) > _HERE).order_by(*_PLACE)
    return _with_messages().where(
        or_(Unit.id == before.scalar_subquery(), Unit.id == after.scalar_subquery())
    )


def _with_messages() -> Select[Unit]:
    return select(Unit).join(Unit.message).options(contains_eager(Unit.message))


def _words(wanted: Wanted) -> dict[str, str]:
    """Return the words that are looked for, as the statement calls them."""
    words = {}
    for number, term in enumerate(wanted.terms):
        words[f"term_{number}"] = said = folded(term.text)
        for part in _PLACES.get(term.where, ()):
            words[f"term_{number}_{part}"] = _in_part(part, said)
    return words


def _bound(place: tuple[int, int]) -> dict[str, int]:
    return {"position": place[0], "message_id": place[1]}


def names_known(session: Session, names: Collection[str]) -> set[str]:
    """Return those of these names, `me` among them, by which somebody can be found; case does not matter."""
    known = {name for name in names if name.lower() == ME}
    for name in names:
        query = select(Account.id).where(func.lower(Account.name) == func.lower(name)).limit(1)
        if session.scalar(query) is not None:
            known.add(name)
    return known


def newest_in(session: Session, units: Sequence[int]) -> dict[int, Translation]:
    """Return the newest text that is not gone of each of these units (by id; a page of them)."""
    if not units:
        return {}
    found = session.scalars(_newest(), {"units": units})
    return {translation.unit_id: translation for translation in found}


@cache
def _newest() -> Select[Translation]:
    in_units = Translation.unit_id.in_(bindparam("units", expanding=True))
    return select(Translation).where(in_units, Translation.state.not_in(GONE)).order_by(Translation.id)


def _conditions(dialect: str, wanted: Wanted) -> list[ColumnElement[bool]]:
    says = saying(dialect)
    where: list[ColumnElement[bool]] = [
        Unit.domain_id == wanted.domain_id,
        Unit.language == wanted.language,
        Unit.obsolete.is_(False),
    ]
    if wanted.status is not None:
        where.append(Unit.status == wanted.status)
    if wanted.by is not None:
        where.append(_written_by(Translation.author_id == wanted.by))
    if wanted.warned:
        where.append(warns(says))
    for condition in wanted.conditions:
        holds = _holds(condition, says, wanted.asks)
        where.append(not_(holds) if condition.unwanted else holds)
    for number, term in enumerate(wanted.terms):
        found = _found(f"term_{number}", term.where, says)
        where.append(not_(found) if term.unwanted else found)
    return where


_PARTS = 4
"""Of `Message.folded`: source, plural, context, comment."""
_PLACES = {Where.SOURCE: (0, 1), Where.CONTEXT: (2,), Where.COMMENT: (3,), Where.TEXT: (0, 1)}


def _found(name: str, where: Where, says: Says) -> ColumnElement[bool]:
    text = bindparam(name, type_=String)
    source, texts = says(Unit.source_folded, text), says(Unit.texts_folded, text)
    if where in _PLACES:
        # Where in it is asked of the few that have it somewhere.
        parts = (bindparam(f"{name}_{part}", type_=String) for part in _PLACES[where])
        source = and_(source, or_(*(Unit.source_folded.like(part, escape="/") for part in parts)))
    match where:
        case Where.ANYWHERE | Where.TEXT:
            return or_(source, texts)
        case Where.TRANSLATION:
            return texts
        case _:
            return source


def _in_part(number: int, text: str) -> str:
    """Return a pattern for a part of `source_folded` that has a text: each separator stands in it, once."""
    said = re.sub(r"([/%_])", r"/\1", text)
    return f"%{APART}" * number + f"%{said}%" + f"{APART}%" * (_PARTS - 1 - number)


def _holds(condition: Condition, says: Says, asks: int | None) -> ColumnElement[bool]:
    """Whether a unit is as a condition says."""
    match condition.key:
        case Key.CHECK:
            return finds(condition.value, says)
        case Key.STATUS:
            return Unit.status == UnitStatus(condition.value)
        case Key.AUTHOR if condition.value.lower() != ME:
            called = select(Account.id).where(func.lower(Account.name) == func.lower(condition.value))
            return _written_by(Translation.author_id.in_(called))
        case Key.CHANGED:
            since = datetime.fromisoformat(condition.value).replace(tzinfo=UTC)
            return func.coalesce(Unit.changed_at >= since, false())
        case Key.HAS if condition.value == Has.COMMENT:
            talk = select(Comment.id).where(Comment.unit_id == Unit.id, Comment.resolved_at.is_(None))
            return talk.exists()
        case _:
            return _written_by(Translation.author_id == asks)


def _said(most: int) -> BindParameter[int]:
    """Return a limit that stands in the statement: a plan made without it reads the whole list instead."""
    return literal(most, literal_execute=True)


def _written_by(author: ColumnElement[bool]) -> ColumnElement[bool]:
    return _has_text(and_(author, Translation.state != TranslationState.WITHDRAWN))


def _has_text(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(Translation.id).where(Translation.unit_id == Unit.id, condition).exists()


def _place(unit: Unit) -> tuple[int, int]:
    return unit.message.position, unit.message.id
