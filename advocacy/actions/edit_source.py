"""Changing the source of an appeal at the desk, and saying whether its meaning changed."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.carry_over import carry_over
from advocacy.actions.check_text import blocking_of
from advocacy.actions.decide import actor
from advocacy.actions.decide_as_seen import ChangedMeanwhileError
from advocacy.actions.notify import call_for, tell_of_outdated_texts
from advocacy.actions.sync_messages import Source, SyncReport, sync_messages, tell_of_sources
from advocacy.models import Block, Domain, Message, TypoClaim
from advocacy.models.domain import domain_numbered, hold_domain
from advocacy.models.message import messages_of
from advocacy.models.translation import approved_in
from advocacy.models.typo_claim import claim_waiting
from advocacy.models.unit import hold_units, units_of
from advocacy.rules.languages import Languages
from advocacy.rules.notices import NoticeKind
from advocacy.rules.review import ReasonMissingError, SelfConfirmationError, demand_other_person, source_hash
from advocacy.rules.source_edits import Effect, SourceRefusedError, effect, read_source

SOURCE_EDIT = "source.edit"
"""The act in the audit log; its details say the source's hash before and after."""


class SettledBeforeError(ValueError):
    """Somebody has answered the claim by now, or a later change has overtaken it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A new `text` for a source that was `seen` (its hash), and whether its meaning changed, and why."""

    text: str
    seen: str
    meaning_changed: bool
    reason: str = ""


def effects(session: Session, message: Message, text: str, *, meaning_changed: bool) -> dict[str, Effect]:
    """Return what a new source does to the approved text of each language (BCP 47 tag)."""
    waiting = claim_waiting(session, message.id)
    before = waiting.before_hash if waiting else message.source_hash
    wanted = Message(
        context=message.context, msgid=text, msgid_plural=message.msgid_plural, flags=list(message.flags)
    )
    after = source_hash(message.context, text, message.msgid_plural)
    found = {}
    for unit in units_of(session, message.id):
        approved = approved_in(session, unit.id)
        found[unit.language] = effect(
            approved.source_hash if approved else None,
            before=before,
            after=after,
            meaning_changed=meaning_changed,
            fits=approved is not None and not blocking_of(wanted, approved.texts, unit.language),
        )
    return found


def edit_source(
    session: Session, block: Block, edit: Edit, languages: Languages, *, by: int, now: datetime
) -> TypoClaim | None:
    """Give a block another text; nothing goes live. Returns the claim that somebody else confirms, if any.

    Where the meaning changed, approved texts are outdated, and translators and authors are told. Where
    only a typo was mended, they wait for a second person, and nobody is told before. Raises
    ChangedMeanwhileError, SourceRefusedError, ReasonMissingError.
    """
    domain, message = domain_numbered(session, block.message.domain_id), block.message
    hold_domain(session, domain.id)
    session.refresh(message)
    text = _demand(message, edit)
    before, before_hash = message.msgid, message.source_hash
    found = effects(session, message, text, meaning_changed=edit.meaning_changed)
    waiting = claim_waiting(session, message.id)
    if waiting:  # its texts wait on, or are outdated for good
        before, before_hash = waiting.before, waiting.before_hash
        _settle(waiting, by=by, now=now, confirmed=False)
    report = _say(session, domain, message, text, languages)
    _record(session, message, edit, by=by, now=now)
    if Effect.CARRIED not in found.values():
        if waiting:
            tell_of_outdated_texts(session, domain, _authors(session, message, before_hash), now=now)
        tell_of_sources(session, domain, report, now=now)
        return None
    claim = TypoClaim(
        message_id=message.id,
        before=before,
        before_hash=before_hash,
        after_hash=message.source_hash,
        said_by=by,
        said_at=now,
        reason=edit.reason.strip(),
    )
    session.add(claim)
    session.flush()
    call_for(session, NoticeKind.TYPO, now=now, but=by)
    return claim


def _demand(message: Message, edit: Edit) -> str:
    """Return the text to be taken. Raises what edit_source raises."""
    text = read_source(edit.text)
    if message.source_hash != edit.seen:
        raise ChangedMeanwhileError
    if message.msgid == text:
        raise SourceRefusedError
    if not edit.meaning_changed and not edit.reason.strip():
        raise ReasonMissingError
    return text


def _say(session: Session, domain: Domain, message: Message, text: str, languages: Languages) -> SyncReport:
    sources = [_source(each, text if each is message else each.msgid) for each in _living(session, domain)]
    return sync_messages(session, domain, sources, languages)


def _record(session: Session, message: Message, edit: Edit, *, by: int, now: datetime) -> None:
    details = {"meaning_changed": edit.meaning_changed, "before": edit.seen, "after": message.source_hash}
    if edit.reason.strip():
        details["reason"] = edit.reason.strip()
    record(session, SOURCE_EDIT, f"message:{message.id}", by=actor(by), now=now, details=details)


def confirm_typo(session: Session, claim: TypoClaim, *, by: int, now: datetime) -> list[str]:
    """Confirm what somebody else said, and approve the texts anew; returns their languages (BCP 47 tags).

    Authors of what no longer fits are told. Raises SelfConfirmationError, SettledBeforeError.
    """
    demand_other_person(claim.said_by, by, SelfConfirmationError)
    message = _held(session, claim)
    carried = carry_over(
        session,
        message,
        said_by=claim.said_by,
        confirmed_by=by,
        reason=claim.reason,
        now=now,
        only=claim.before_hash,
    )
    _settle(claim, by=by, now=now, confirmed=True)
    _tell_authors(session, claim, now=now)
    return [unit.language for unit in carried]


def refuse_typo(session: Session, claim: TypoClaim, *, by: int, now: datetime) -> None:
    """Let the texts be outdated after all, and tell their authors; who said it may take it back so.

    Raises SettledBeforeError.
    """
    message = _held(session, claim)
    _settle(claim, by=by, now=now, confirmed=False)
    record(session, "source.no_typo", f"message:{message.id}", by=actor(by), now=now)
    _tell_authors(session, claim, now=now)


def _held(session: Session, claim: TypoClaim) -> Message:
    """Return the claim's message, held with its units. Raises SettledBeforeError."""
    hold_domain(session, claim.message.domain_id)
    hold_units(session, *units_of(session, claim.message_id))
    session.refresh(claim)
    session.refresh(claim.message)
    if claim.settled_at is not None or claim.message.source_hash != claim.after_hash:
        raise SettledBeforeError
    return claim.message


def _settle(claim: TypoClaim, *, by: int, now: datetime, confirmed: bool) -> None:
    claim.settled_by, claim.settled_at, claim.confirmed = by, now, confirmed


def _tell_authors(session: Session, claim: TypoClaim, *, now: datetime) -> None:
    session.flush()
    domain = domain_numbered(session, claim.message.domain_id)
    tell_of_outdated_texts(session, domain, _authors(session, claim.message, claim.before_hash), now=now)


def _authors(session: Session, message: Message, approved_for: str) -> Counter[tuple[int, str]]:
    """Return whose approved texts are still for an older source, by account id and language."""
    found = Counter[tuple[int, str]]()
    for unit in units_of(session, message.id):
        approved = approved_in(session, unit.id)
        if approved is not None and approved.author_id is not None and approved.source_hash == approved_for:
            found[approved.author_id, unit.language] += 1
    return found


def _living(session: Session, domain: Domain) -> list[Message]:
    return [message for message in messages_of(session, domain.id) if not message.obsolete]


def _source(message: Message, text: str) -> Source:
    return Source(
        message.context,
        text,
        message.msgid_plural,
        tuple(message.flags),
        message.comment,
        tuple(message.places),
    )
