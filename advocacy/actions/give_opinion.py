"""A second opinion: another speaker of the language says yes or no to a text before it is decided."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.decide import actor
from advocacy.models import Account, Notice, Opinion, Translation
from advocacy.models.account import others_who_may
from advocacy.models.opinion import opinion_by
from advocacy.models.unit import hold_units
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Permission
from advocacy.rules.review import ReasonMissingError, SelfApprovalError, TooLateError, TranslationState


class NoSpeakerError(ValueError):
    """Nobody who holds a role in the language of the text."""


def give_opinion(
    session: Session, translation: Translation, *, yes: bool, words: str, by: int, now: datetime
) -> Opinion:
    """Say yes or no to a text that waits, in place of what the same account said before.

    A no says why. Raises SelfApprovalError, NoSpeakerError, ReasonMissingError, TooLateError.
    """
    if translation.author_id == by:
        raise SelfApprovalError
    if not session.get_one(Account, by).may(Permission.TRANSLATION_READ, translation.unit.language):
        raise NoSpeakerError
    words = words.strip()
    if not yes and not words:
        raise ReasonMissingError
    hold_units(session, translation.unit)
    session.refresh(translation)
    if not is_waiting(translation):
        raise TooLateError
    opinion = opinion_by(session, translation.id, by)
    if opinion is None:
        opinion = Opinion(translation_id=translation.id, author_id=translation.author_id, speaker_id=by)
        session.add(opinion)
    opinion.yes, opinion.words, opinion.made_at = yes, words, now
    session.flush()
    details = {"unit": translation.unit_id, "yes": yes, "content": translation.content_hash}
    record(
        session,
        "translation.opinion",
        f"translation:{translation.id}",
        by=actor(by),
        now=now,
        details=details,
    )
    return opinion


def ask_for_opinion(
    session: Session, translation: Translation, asked: Account | None, *, by: int, now: datetime
) -> int:
    """Tell somebody, or with None every speaker of the language, that an opinion is wanted.

    Neither the author nor who asks is told, and nobody twice before she has read it. Returns how many were.
    Raises NoSpeakerError, SelfApprovalError, TooLateError.
    """
    if not is_waiting(translation):
        raise TooLateError
    if asked is None:
        people = speakers(session, translation, but=by)
    elif asked.id == translation.author_id:
        raise SelfApprovalError
    elif asked.id == by or not asked.may(Permission.TRANSLATION_READ, translation.unit.language):
        raise NoSpeakerError
    else:
        people = [asked]
    return sum(tell(session, NoticeKind.OPINION, translation, one.id, now=now) for one in people)


def speakers(session: Session, translation: Translation, *, but: int | None) -> list[Account]:
    """Return who can be asked about a text: who works in its language, neither its author nor `but`."""
    holders = others_who_may(
        session, Permission.TRANSLATION_READ, but=but, language=translation.unit.language
    )
    return [account for account in holders if account.id != translation.author_id]


def is_waiting(translation: Translation) -> bool:
    """Whether a text can still be decided on: submitted, for a source that is the same."""
    message = translation.unit.message
    same = not message.obsolete and message.source_hash == translation.source_hash
    return translation.state is TranslationState.SUBMITTED and same


def tell(
    session: Session, kind: NoticeKind, translation: Translation, account_id: int, *, now: datetime
) -> bool:
    """Tell an account that a text wants something of it, unless it has that to read already."""
    unread = select(Notice.id).where(
        Notice.account_id == account_id,
        Notice.kind == kind,
        Notice.translation_id == translation.id,
        Notice.read_at.is_(None),
    )
    if session.scalar(unread.limit(1)) is not None:
        return False
    session.add(
        Notice(
            account_id=account_id,
            kind=kind,
            language=translation.unit.language,
            unit_id=translation.unit_id,
            translation_id=translation.id,
            made_at=now,
        )
    )
    session.flush()
    return True
