"""Saying in the language of the source what a translation says: by its author, or by who reads it blind."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.decide import actor
from advocacy.actions.give_opinion import NoSpeakerError, is_waiting, speakers, tell
from advocacy.actions.propose import NotTheAuthorError, stored_text
from advocacy.models import Account, BackTranslation, Translation
from advocacy.models.back_translation import back_translation_by, who_know_the_source
from advocacy.models.unit import hold_units
from advocacy.rules.back_translation import SaidAlreadyError, demand_blind, demand_words
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Permission
from advocacy.rules.review import TooLateError


def keep_own(session: Session, translation: Translation, text: str, *, by: int, now: datetime) -> None:
    """Keep what an author says that her text says, if it is anything new.

    Raises NotTheAuthorError, LongBackError.
    """
    if translation.author_id != by:
        raise NotTheAuthorError
    text = stored_text(text).strip()
    if not text:
        return
    demand_words(text)
    session.flush()
    before = back_translation_by(session, translation.id, by)
    if before is None or before.text != text:
        _add(session, translation, text, by=by, blind=False, now=now)


def say_blind(
    session: Session, translation: Translation, text: str, *, by: int, now: datetime
) -> BackTranslation:
    """Keep what somebody who has not read the source says that a waiting text says; once, and for good.

    Raises NotBlindError, NoSpeakerError, EmptyBackError, LongBackError, SaidAlreadyError, TooLateError.
    """
    if not session.get_one(Account, by).may(Permission.TRANSLATION_READ, translation.unit.language):
        raise NoSpeakerError
    hold_units(session, translation.unit)
    session.refresh(translation)
    if back_translation_by(session, translation.id, by) is not None and translation.author_id != by:
        raise SaidAlreadyError
    demand_blind(by, translation.author_id, who_know_the_source(session, translation.unit_id))
    text = stored_text(text).strip()
    demand_words(text)
    if not is_waiting(translation):
        raise TooLateError
    said = _add(session, translation, text, by=by, blind=True, now=now)
    details = {"unit": translation.unit_id, "content": translation.content_hash}
    subject = f"translation:{translation.id}"
    record(session, "translation.back", subject, by=actor(by), now=now, details=details)
    return said


def ask_for_blind(
    session: Session, translation: Translation, asked: Account | None, *, by: int, now: datetime
) -> int:
    """Tell somebody, or with None everybody who can do it, that a text is to be told without its source.

    Nobody is told twice before she has read it. Returns how many were.
    Raises NotBlindError, NoSpeakerError, TooLateError.
    """
    if not is_waiting(translation):
        raise TooLateError
    if asked is None:
        people = strangers(session, translation, but=by)
    elif asked.id == by or not asked.may(Permission.TRANSLATION_READ, translation.unit.language):
        raise NoSpeakerError
    else:
        demand_blind(asked.id, translation.author_id, who_know_the_source(session, translation.unit_id))
        people = [asked]
    told = [one for one in people if back_translation_by(session, translation.id, one.id) is None]
    return sum(tell(session, NoticeKind.BACK, translation, one.id, now=now) for one in told)


def strangers(session: Session, translation: Translation, *, but: int) -> list[Account]:
    """Return who can read a text blind: works in its language, not on this text, and is not `but`."""
    know = who_know_the_source(session, translation.unit_id)
    return [account for account in speakers(session, translation, but=but) if account.id not in know]


def _add(
    session: Session, translation: Translation, text: str, *, by: int, blind: bool, now: datetime
) -> BackTranslation:
    said = BackTranslation(
        translation_id=translation.id,
        author_id=translation.author_id,
        writer_id=by,
        text=text,
        blind=blind,
        made_at=now,
    )
    session.add(said)
    session.flush()
    return said
