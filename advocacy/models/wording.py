"""What somebody at work reads of each unit: her own text, else the newest that waits, else the approved."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from advocacy.models.message import Message
from advocacy.models.translation import Translation
from advocacy.models.unit import Unit
from advocacy.rules.review import WAITING, TranslationState
from advocacy.rules.translation import UnitStatus


class Wording(NamedTuple):
    """A unit with the text to show of it; without `texts` its source is shown.

    `state` is that of the text, which is one's `own` or somebody else's.
    """

    unit_id: int
    message_id: int
    status: UnitStatus
    context: str | None
    msgid: str
    texts: Sequence[str] = ()
    state: TranslationState | None = None
    own: bool = False


def wordings_for(session: Session, domain_id: int, language: str, account_id: int) -> list[Wording]:
    """Return what an account would read of a domain in a language (BCP 47 tag), in the order of its messages.

    What was written for an older source is left out: readers will not see it either.
    """
    best: dict[int, tuple[tuple[bool, bool, int], Sequence[str], TranslationState]] = {}
    for unit_id, number, texts, state, author_id in session.execute(
        select(
            Translation.unit_id, Translation.id, Translation.texts, Translation.state, Translation.author_id
        )
        .join(Unit, Unit.id == Translation.unit_id)
        .join(Message, Message.id == Unit.message_id)
        .where(
            Message.domain_id == domain_id,
            Message.obsolete.is_(False),
            Unit.language == language,
            Translation.source_hash == Message.source_hash,
            or_(
                Translation.state.in_((TranslationState.SUBMITTED, TranslationState.APPROVED)),
                and_(Translation.state.in_(WAITING), Translation.author_id == account_id),
            ),
        )
    ):
        own = author_id == account_id and state in WAITING
        rank = (own, state is not TranslationState.APPROVED, number)
        if unit_id not in best or best[unit_id][0] < rank:
            best[unit_id] = (rank, texts, state)
    found = []
    for row in session.execute(
        select(Unit.id, Message.id, Unit.status, Message.context, Message.msgid)
        .join(Message, Message.id == Unit.message_id)
        .where(Message.domain_id == domain_id, Message.obsolete.is_(False), Unit.language == language)
        .order_by(Message.position, Message.id)
    ):
        shown = best.get(row[0])
        found.append(Wording(*row, shown[1], shown[2], shown[0][0]) if shown else Wording(*row))
    return found
