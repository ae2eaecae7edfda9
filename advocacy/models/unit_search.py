"""Finding units among thousands: by status, by author, by what stands in them; a page at a time."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Text, and_, cast, func, not_, or_, select, tuple_, type_coerce
from sqlalchemy.orm import Session, contains_eager

from advocacy.models.account import Account
from advocacy.models.message import Message
from advocacy.models.remark import Comment
from advocacy.models.review import Review
from advocacy.models.translation import Translation
from advocacy.models.unit import Unit
from advocacy.rules.review import TranslationState
from advocacy.rules.translation import UnitStatus
from advocacy.rules.unit_query import Condition, Has, Key, Term, Where

GONE = (TranslationState.REJECTED, TranslationState.WITHDRAWN, TranslationState.SUPERSEDED)
"""States of texts that nobody would start from."""

ME = "me"
"""Who asks, in `author:me`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which units of a domain in a language (BCP 47 tag) are looked for.

    Each of `terms` is found in a unit, or is not, where it is unwanted; translations that are gone do not
    count. `by` is the account that wrote a text which it did not take back. `conditions` are those of a
    query; `asks` is the account that "me" and "mine" mean in them. What a check says is for `find_units` to
    know: here, a condition on one asks for a text that can be checked.
    """

    domain_id: int
    language: str
    status: UnitStatus | None = None
    terms: tuple[Term, ...] = ()
    by: int | None = None
    conditions: tuple[Condition, ...] = ()
    asks: int | None = None


def units_wanted(
    session: Session, wanted: Wanted, *, beyond: int | None = None, backwards: bool = False, most: int
) -> list[Unit]:
    """Return up to `most` units with their messages, in order; none that is obsolete.

    With `beyond`, a unit's id, those that come after it, or, `backwards`, before it, the nearest first.
    """
    query = (
        select(Unit)
        .join(Unit.message)
        .options(contains_eager(Unit.message))
        .where(*_conditions(session, wanted))
        .limit(most)
    )
    place = tuple_(Message.position, Message.id)
    if beyond is not None and (unit := session.get(Unit, beyond)):
        start = tuple_(*_place(unit))
        query = query.where(place < start if backwards else place > start)
    columns = (Message.position, Message.id)
    query = query.order_by(*(column.desc() if backwards else column for column in columns))
    return list(session.scalars(query))


def beside(session: Session, wanted: Wanted, unit: Unit) -> tuple[Unit | None, Unit | None]:
    """Return the wanted units next before and next after `unit`, which need not be one; None at the ends."""
    place, here = tuple_(Message.position, Message.id), (unit.message.position, unit.message.id)
    query = select(Unit.id).join(Unit.message).where(*_conditions(session, wanted)).limit(1)
    before = query.where(place < tuple_(*here)).order_by(Message.position.desc(), Message.id.desc())
    after = query.where(place > tuple_(*here)).order_by(Message.position, Message.id)
    ends = or_(Unit.id == before.scalar_subquery(), Unit.id == after.scalar_subquery())
    query_both = select(Unit).join(Unit.message).options(contains_eager(Unit.message)).where(ends)
    found = {_place(one) < here: one for one in session.scalars(query_both)}
    return found.get(True), found.get(False)


def first_units(
    session: Session, languages: Collection[str], status: UnitStatus
) -> dict[tuple[int, str], int]:
    """Return the first unit (by id) with `status` of each domain (by id) in each of `languages`."""
    number = func.row_number().over(
        partition_by=(Message.domain_id, Unit.language), order_by=(Message.position, Message.id)
    )
    units = (
        select(Message.domain_id, Unit.language, Unit.id, number.label("number"))
        .join(Message, Message.id == Unit.message_id)
        .where(Unit.language.in_(languages), Unit.status == status, Message.obsolete.is_(False))
        .subquery()
    )
    query = select(units.c.domain_id, units.c.language, units.c.id).where(units.c.number == 1)
    return {(domain_id, language): unit_id for domain_id, language, unit_id in session.execute(query)}


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
    query = (
        select(Translation)
        .where(Translation.unit_id.in_(units), Translation.state.not_in(GONE))
        .order_by(Translation.id)
    )
    return {translation.unit_id: translation for translation in session.scalars(query)}


def _conditions(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [
        Unit.language == wanted.language,
        Message.domain_id == wanted.domain_id,
        Message.obsolete.is_(False),
    ]
    if wanted.status is not None:
        where.append(Unit.status == wanted.status)
    if wanted.by is not None:
        where.append(_written_by(Translation.author_id == wanted.by))
    for condition in wanted.conditions:
        if condition.key is not Key.CHECK:
            holds = _holds(condition, wanted.asks)
            where.append(not_(holds) if condition.unwanted else holds)
        elif not condition.unwanted:
            where.append(_has_text(Translation.state.not_in(GONE)))
    for term in wanted.terms:
        found = _found(session, term)
        where.append(not_(found) if term.unwanted else found)
    return where


_COLUMNS = {
    Where.SOURCE: (Message.msgid, Message.msgid_plural),
    Where.CONTEXT: (Message.context,),
    Where.COMMENT: (Message.comment,),
    Where.TEXT: (Message.msgid, Message.msgid_plural),
    Where.ANYWHERE: (Message.msgid, Message.msgid_plural, Message.context, Message.comment),
    Where.TRANSLATION: (),
}


def _found(session: Session, term: Term) -> ColumnElement[bool]:
    # An empty column is an empty text: what is unknown is neither found nor left out.
    columns = (func.coalesce(column, "") for column in _COLUMNS[term.where])
    places = [column.icontains(term.text, autoescape=True) for column in columns]
    if term.where in (Where.ANYWHERE, Where.TRANSLATION, Where.TEXT):
        places.append(_has_text(_says(session, term.text)))
    return or_(*places)


def _holds(condition: Condition, asks: int | None) -> ColumnElement[bool]:
    """Whether a unit is as a condition says, which is not one on a check."""
    match condition.key:
        case Key.STATUS:
            return Unit.status == UnitStatus(condition.value)
        case Key.AUTHOR if condition.value.lower() != ME:
            called = select(Account.id).where(func.lower(Account.name) == func.lower(condition.value))
            return _written_by(Translation.author_id.in_(called))
        case Key.CHANGED:
            return _changed_since(datetime.fromisoformat(condition.value).replace(tzinfo=UTC))
        case Key.HAS if condition.value == Has.COMMENT:
            talk = select(Comment.id).where(Comment.unit_id == Unit.id, Comment.resolved_at.is_(None))
            return talk.exists()
        case _:
            return _written_by(Translation.author_id == asks)


def _written_by(author: ColumnElement[bool]) -> ColumnElement[bool]:
    return _has_text(and_(author, Translation.state != TranslationState.WITHDRAWN))


def _changed_since(moment: datetime) -> ColumnElement[bool]:
    decided = (
        select(Review.id)
        .join(Translation, Translation.id == Review.translation_id)
        .where(Translation.unit_id == Unit.id, Review.made_at >= moment)
    )
    return or_(_has_text(Translation.created_at >= moment), decided.exists())


def _has_text(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(Translation.id).where(Translation.unit_id == Unit.id, condition).exists()


def _says(session: Session, text: str) -> ColumnElement[bool]:
    """Whether a form of a text holds `text`. JSON is taken apart first: in it, letters are escaped.

    Before that, for it costs more than all else, what holds the escaped letters nowhere is put aside.
    """
    sqlite = session.get_bind().dialect.name == "sqlite"
    take_apart = func.json_each if sqlite else func.json_array_elements_text
    form = take_apart(Translation.texts).table_valued("value", name="form").c.value
    holds = select(form).where(form.icontains(text, autoescape=True)).exists()
    if not text.isascii() and text.lower() != text.upper():  # É and é are escaped as two letters
        return and_(Translation.state.not_in(GONE), holds)
    written = type_coerce(Translation.texts, Text) if sqlite else cast(Translation.texts, Text)
    maybe = written.icontains(json.dumps(text)[1:-1], autoescape=True)
    return and_(Translation.state.not_in(GONE), maybe, holds)


def _place(unit: Unit) -> tuple[int, int]:
    return unit.message.position, unit.message.id
