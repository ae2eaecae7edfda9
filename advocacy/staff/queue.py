"""The queue as somebody goes through it: by age, or by what is risky, with a way on and a way back."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from advocacy.models import Account
from advocacy.rules.risks import weight
from advocacy.staff.review_sheet import Sheet, sheets_of
from advocacy.staff.reviewing import Chosen

LOOKED_THROUGH = 100
"""Texts that are looked through where the order is not that of age: working out risks takes time."""

ORDERS = ("risk", "newest")
"""What else than age the queue can be ordered by."""

_NEWEST = 2**31 - 1


class Page(NamedTuple):
    """Part of the queue, and the text (by id) behind which it goes on, None at the end."""

    sheets: list[Sheet]
    later: int | None


class Neighbours(NamedTuple):
    """The texts (by id) before and after one in the queue, of others than whoever goes through it."""

    before: int | None
    after: int | None


def queue_page(
    session: Session, account: Account, chosen: Chosen, *, after: int, most: int, now: datetime
) -> Page:
    """Return up to `most` texts that follow the one with the id `after`, 0 for the first."""
    if chosen.by_age:
        found = chosen.texts(session, account, after=after, most=most + 1)
        later = found[most - 1].id if len(found) > most else None
        return Page(sheets_of(session, found[:most], now=now), later)
    sheets = _in_order(session, account, chosen, now)
    numbers = [sheet.translation.id for sheet in sheets]
    start = numbers.index(after) + 1 if after in numbers else 0
    part = sheets[start : start + most]
    return Page(part, part[-1].translation.id if start + most < len(sheets) else None)


def neighbours(
    session: Session, account: Account, chosen: Chosen, number: int, *, now: datetime
) -> Neighbours:
    """Return what stands before and after a text (by id); of one that is not there, what is first."""
    if chosen.by_age:
        earlier = chosen.texts(session, account, before=number, most=LOOKED_THROUGH)
        rest = chosen.texts(session, account, after=number, most=LOOKED_THROUGH)
        others = [[one.id for one in part if one.author_id != account.id] for part in (earlier, rest)]
        return Neighbours(*(next(iter(part), None) for part in others))
    texts = [sheet.translation for sheet in _in_order(session, account, chosen, now)]
    numbers = [one.id for one in texts if one.author_id != account.id or one.id == number]
    if number not in numbers:
        return Neighbours(None, next(iter(numbers), None))
    place = numbers.index(number)
    return Neighbours(
        numbers[place - 1] if place else None,
        numbers[place + 1] if place + 1 < len(numbers) else None,
    )


def _in_order(session: Session, account: Account, chosen: Chosen, now: datetime) -> list[Sheet]:
    newest = _NEWEST if chosen.order == "newest" else None
    found = chosen.texts(session, account, before=newest, most=LOOKED_THROUGH)
    sheets = [sheet for sheet in sheets_of(session, found, now=now) if _is_chosen(sheet, account, chosen)]
    if chosen.order == "risk":  # and the oldest first of those that are as risky
        sheets.sort(key=lambda sheet: -weight(sheet.risks))
    return sheets


def _is_chosen(sheet: Sheet, account: Account, chosen: Chosen) -> bool:
    if chosen.risk and chosen.risk not in sheet.risks:
        return False
    return not chosen.mine or (sheet.assigned is not None and sheet.assigned.reviewer_id == account.id)
