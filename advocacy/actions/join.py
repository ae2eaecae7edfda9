"""Applying to translate, and what becomes of it: a question, an invitation, or a no with its reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.decide import actor
from advocacy.actions.invite import invite
from advocacy.actions.notify import call_for
from advocacy.actions.occasion import Occasion
from advocacy.actions.recover import UnknownLinkError
from advocacy.actions.write_mail import Note, write_mail
from advocacy.models import Application, ApplicationState, MailKind
from advocacy.models.application import application_to_answer
from advocacy.rules.joining import APPLICATION_TIME, INVITATION_TIME
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Role
from advocacy.rules.review import ReasonMissingError
from advocacy.vault.tokens import token_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody sends who would like to translate into `language`; `trial` pairs source and text."""

    language: str
    name: str
    email: str
    about: str
    trial: tuple[tuple[str, str], ...]


def apply_to_translate(session: Session, wish: Wish, *, now: datetime) -> Application:
    """Keep an application until somebody decides on it, or its time is over."""
    application = Application(
        language=wish.language,
        name=wish.name,
        email=wish.email,
        about=wish.about,
        trial=[{"source": source, "text": text} for source, text in wish.trial],
        made_at=now,
        expires_at=now + APPLICATION_TIME,
    )
    session.add(application)
    call_for(session, NoticeKind.APPLICATION, now=now)
    session.flush()
    return application


def accept_application(session: Session, application: Application, occasion: Occasion, *, by: int) -> None:
    """Invite the applicant to translate; the application is deleted. Raises AccountRefusedError."""
    invite(
        session,
        occasion,
        email=application.email,
        roles=[(Role.TRANSLATOR, application.language)],
        by=by,
        language=application.language,
        name=application.name,
    )
    _done(session, "application.accept", application, by=by, now=occasion.now)


def decline_application(
    session: Session, application: Application, occasion: Occasion, *, by: int, reason: str
) -> None:
    """Tell the applicant no, and why; the application is deleted. Raises ReasonMissingError."""
    _mail(session, MailKind.DECLINE, application, occasion, words=_said(reason))
    _done(session, "application.decline", application, by=by, now=occasion.now)


def ask_applicant(
    session: Session, application: Application, occasion: Occasion, *, by: int, question: str
) -> None:
    """Mail the applicant a question with a link to where it is answered. Raises ReasonMissingError."""
    token, words = occasion.new_token(), _said(question)
    application.state, application.question, application.answer = ApplicationState.ASKED, words, ""
    application.answer_hash = token_hash(token)
    _mail(session, MailKind.ASK, application, occasion, words=words, token=token)
    _record(session, "application.ask", application, by=by, now=occasion.now)


def asked_by(session: Session, token: str) -> Application:
    """Return the application whose question a link leads to. Raises UnknownLinkError."""
    application = application_to_answer(session, token_hash(token))
    if application is None:
        raise UnknownLinkError
    return application


def answer_question(session: Session, token: str, answer: str, *, now: datetime) -> Application:
    """Keep the answer; the link is used up. Raises UnknownLinkError, ReasonMissingError."""
    application = asked_by(session, token)
    application.answer, application.answer_hash = _said(answer), None
    application.state = ApplicationState.WAITING
    call_for(session, NoticeKind.APPLICATION, now=now)
    return application


def _said(text: str) -> str:
    if not text.strip():
        raise ReasonMissingError
    return text.strip()


def _mail(
    session: Session, kind: MailKind, application: Application, occasion: Occasion, **contents: str
) -> None:
    note = Note(
        kind=kind,
        address=application.email,
        language=application.language,
        contents=contents,
        lasts=INVITATION_TIME,
    )
    write_mail(session, note, occasion)


def _done(session: Session, act: str, application: Application, *, by: int, now: datetime) -> None:
    _record(session, act, application, by=by, now=now)
    session.delete(application)


def _record(session: Session, act: str, application: Application, *, by: int, now: datetime) -> None:
    details = {"language": application.language}
    record(session, act, f"application:{application.id}", by=actor(by), now=now, details=details)
