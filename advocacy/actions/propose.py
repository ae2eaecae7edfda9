"""Proposing a translation, and what its author can do with it afterwards."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.check_text import BlockedTextError, blocking_of
from advocacy.actions.notify import call_for
from advocacy.actions.unit_statuses import refresh_status
from advocacy.models import Origin, Translation, Unit
from advocacy.models.translation import waiting_in
from advocacy.models.unit import hold_units
from advocacy.rules.languages import plural_count
from advocacy.rules.notices import NoticeKind
from advocacy.rules.review import Act, TranslationState, step


class EmptyTextError(ValueError):
    """There is nothing in the text, or not in every form of a plural."""


class WrongFormsError(ValueError):
    """Not as many texts as the language has plural forms, or more than one without a plural."""


class TooLongError(ValueError):
    """A draft so long that it is none."""


class NotTheAuthorError(ValueError):
    """Only its author takes a translation further or back."""


LONGEST_DRAFT = 100_000
"""Characters in all forms; the longest paragraph of an appeal has some thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A text for a unit, one a plural form; to be submitted for review or kept as a draft."""

    texts: Sequence[str]
    submit: bool = False
    origin: Origin = Origin.EDITOR
    based_on: Translation | None = None


def propose(
    session: Session, unit: Unit, proposal: Proposal, *, by: int | None, now: datetime
) -> Translation:
    """Add a translation of the unit's present source and return it; `by` is None for the operator.

    What the same author had waiting in this unit gives way to it. A draft may have faults; what is
    submitted may not. Raises WrongFormsError, TooLongError, EmptyTextError, BlockedTextError.
    """
    texts = [stored_text(text) for text in proposal.texts]
    hold_units(session, unit)
    demand_fit(unit, texts, submit=proposal.submit)
    for older in waiting_in(session, unit.id, author_id=by):
        older.state = step(older.state, Act.SUPERSEDE)
    translation = Translation(
        unit_id=unit.id,
        texts=texts,
        author_id=by,
        origin=proposal.origin,
        state=TranslationState.SUBMITTED if proposal.submit else TranslationState.DRAFT,
        msgid=unit.message.msgid,
        msgid_plural=unit.message.msgid_plural,
        source_hash=unit.message.source_hash,
        content_hash=unit.message.content_hash(texts),
        based_on_id=proposal.based_on.id if proposal.based_on else None,
        created_at=now,
    )
    translation.unit = unit
    session.add(translation)
    refresh_status(session, unit)
    if proposal.submit:
        call_for(session, NoticeKind.REVIEW, now=now, language=unit.language, but=by)
    return translation


def demand_fit(unit: Unit, texts: Sequence[str], *, submit: bool) -> None:
    """Demand of stored `texts` what a draft in a unit, or with `submit` a submission, has to be like.

    Raises WrongFormsError, TooLongError, EmptyTextError, BlockedTextError.
    """
    if len(texts) != forms_for(unit.message.msgid_plural, unit.language):
        raise WrongFormsError
    if not submit and sum(map(len, texts)) > LONGEST_DRAFT:
        raise TooLongError
    if not any(texts) or (submit and not all(texts)):
        raise EmptyTextError
    if submit and (findings := blocking_of(unit.message, texts, unit.language)):
        raise BlockedTextError(findings)


def forms_for(plural: str | None, language: str) -> int:
    """Return how many texts a translation has: one, or one for each plural form of the language."""
    return 1 if plural is None else plural_count(language)


def withdraw_translation(session: Session, translation: Translation, *, by: int | None) -> None:
    """Take a draft or a submission back. Raises NotTheAuthorError, StepRefusedError."""
    if translation.author_id != by:
        raise NotTheAuthorError
    hold_units(session, translation.unit)
    session.refresh(translation)
    translation.state = step(translation.state, Act.WITHDRAW)
    refresh_status(session, translation.unit)


def stored_text(text: str) -> str:
    """Return a text as it is stored: NFC, lines ended as gettext ends them, without NUL, which ends it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))
