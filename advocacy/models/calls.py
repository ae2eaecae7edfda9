"""Calls: what one person was asked for about somebody else's text, until she has answered."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import Integer, Select, and_, bindparam, func, not_, or_, select
from sqlalchemy.orm import Session

from advocacy.models.assignment import Assignment
from advocacy.models.back_translation import BackTranslation
from advocacy.models.message import Message
from advocacy.models.notice import Notice
from advocacy.models.opinion import Opinion
from advocacy.models.translation import Translation
from advocacy.models.unit import Unit
from advocacy.rules.notices import CALLS, NoticeKind
from advocacy.rules.review import TranslationState


class Call(NamedTuple):
    """What is asked for, about which text (all numbers are ids) in which language, and that text's source."""

    kind: NoticeKind
    translation_id: int
    language: str
    domain_id: int
    source: str


def open_calls(session: Session, account_id: int, *, most: int) -> list[Call]:
    """Return up to `most` calls that an account can still answer and has not, newest first, each once."""
    found = session.execute(_open(), {"account": account_id, "most": most})
    return [Call(*row) for row in found]


@cache
def _open() -> Select[*tuple[NoticeKind, int, str, int, str]]:
    of_hers = bindparam("account", type_=Integer)
    opinion = select(Opinion.id).where(
        Opinion.translation_id == Notice.translation_id, Opinion.speaker_id == of_hers
    )
    said = select(BackTranslation.id).where(
        BackTranslation.translation_id == Notice.translation_id, BackTranslation.writer_id == of_hers
    )
    assigned = select(Assignment.translation_id).where(
        Assignment.translation_id == Notice.translation_id, Assignment.reviewer_id == of_hers
    )
    unanswered = or_(
        and_(Notice.kind == NoticeKind.OPINION, not_(opinion.exists())),
        and_(Notice.kind == NoticeKind.BACK, not_(said.exists()), not_(opinion.exists())),
        and_(Notice.kind == NoticeKind.ASSIGNED, assigned.exists()),
    )
    return (
        select(Notice.kind, Translation.id, Unit.language, Message.domain_id, Message.msgid)
        .join(Translation, Translation.id == Notice.translation_id)
        .join(Unit, Unit.id == Translation.unit_id)
        .join(Message, Message.id == Unit.message_id)
        .where(Notice.account_id == of_hers, Notice.kind.in_(CALLS), unanswered)
        .where(Translation.state == TranslationState.SUBMITTED, Message.obsolete.is_(False))
        .where(Message.source_hash == Translation.source_hash)
        .group_by(Notice.kind, Translation.id, Unit.language, Message.domain_id, Message.msgid)
        .order_by(func.max(Notice.id).desc())
        .limit(bindparam("most", type_=Integer, literal_execute=True))
    )
