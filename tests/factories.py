"""What tests fill in: forms, submissions, signatures."""

import atexit
import re
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from secrets import token_urlsafe
from shutil import rmtree
from tempfile import mkdtemp

from flask import Flask
from itsdangerous import TimestampSigner
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from advocacy.actions.confirm import confirm
from advocacy.actions.decide import decide
from advocacy.actions.occasion import Occasion
from advocacy.actions.propose import Proposal, propose
from advocacy.actions.sign import Submission, sign
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.extensions import db, writing
from advocacy.models import Account, Appeal, Domain, Grant, OutgoingMail, Signature, Translation, Unit
from advocacy.models.appeal import appeal_by_slug
from advocacy.models.domain import domain_by_name
from advocacy.models.unit import units_in
from advocacy.rules.consents import Consent
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision
from advocacy.rules.signing import NameState
from advocacy.vault.keys import MAIL, KeyFolder, delivery
from advocacy.vault.safe import Safe

SLUG = "save-north-koreans"
NOW = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)
_numbers = count(1)


def free_session(engine: Engine) -> Session:
    """A session that may write at any time, without having said so before."""
    if engine.dialect.name != "sqlite":
        return Session(writing(engine))
    session = Session(engine)
    # A writer from its first step on would keep everybody else out.
    event.listen(session, "after_begin", _let_write)
    return session


def _let_write(_session: Session, _transaction: object, connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA query_only = OFF")


class _SlowSigner(TimestampSigner):
    """Signs as if a while ago, so that a test need not wait to look like a person."""

    age = 60

    def get_timestamp(self) -> int:
        return super().get_timestamp() - self.age


def stamp(app: Flask | str, *, age: int = 60, form: str = SLUG) -> str:
    """A stamp made `age` seconds ago, by an application or by the secret of one."""
    secret = app if isinstance(app, str) else app.config["SECRET_KEY"]
    signer = _SlowSigner(secret, salt="form stamp")
    signer.age = age
    return signer.sign(form).decode()


def filled_form(app: Flask | str, **changes: str | None) -> dict[str, str]:
    """The sign form as a person fills it in; a change to None leaves the field out."""
    fields = {
        "name": "김민정",
        "email": new_address(),
        "country": "KR",
        "display": "count",
        "agree_use": "yes",
        "agree_sensitive": "yes",
        "agree_age": "yes",
        "stamp": stamp(app),
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def new_address() -> str:
    return f"signer{next(_numbers)}@example.org"


def make_submission(**changes) -> Submission:
    values = {
        "name": "김민정",
        "address": new_address(),
        "language": "ko",
        "country": "KR",
        "title": "제목",
        "consents": {Consent.USE: "0" * 64, Consent.SENSITIVE: "1" * 64, Consent.AGE: "2" * 64},
        "text_hash": "3" * 64,
        **changes,
    }
    return Submission(**values)


@cache
def keys() -> KeyFolder:
    """A folder with keys and a pepper for the shipped appeal."""
    folder = KeyFolder(Path(mkdtemp(prefix="advocacy-keys-")))
    atexit.register(rmtree, folder._folder)
    for purpose in (MAIL, delivery(SLUG)):
        folder.make(purpose)
    folder.make_pepper(SLUG)
    return folder


def make_occasion(**changes) -> Occasion:
    values = {
        "now": NOW,
        "new_token": lambda: token_urlsafe(32),
        "safe": Safe(keys()),
        "mail_host": "letter.example.org",
        **changes,
    }
    return Occasion(**values)


def shipped_appeal(session: Session) -> Appeal:
    appeal = appeal_by_slug(session, SLUG)
    assert appeal is not None
    return appeal


def make_pending(session: Session, *, occasion: Occasion | None = None, **changes) -> dict[str, str]:
    """A pending signature; returns the contents of the mail it caused, links among them."""
    sign(session, shipped_appeal(session), make_submission(**changes), occasion or make_occasion())
    session.flush()
    return newest_mail(session)


def make_confirmed(session: Session, *, occasion: Occasion | None = None, **changes) -> Signature:
    """A confirmed signature; a name of its own choice is shown, as after somebody looked at it."""
    contents = make_pending(session, occasion=occasion, **changes)
    signature = confirm(session, contents["confirm"], now=NOW)
    if signature.name_state is NameState.WAITING:
        signature.name_state = NameState.SHOWN
    return signature


def newest_mail(session: Session) -> dict[str, str]:
    mail = session.query(OutgoingMail).order_by(OutgoingMail.id.desc()).first()
    assert mail is not None
    return Safe(keys()).open_mail(mail.message_id, mail.contents)


def real_mails(session: Session) -> list[dict[str, str]]:
    """The contents of every mail in the outbox that is one, oldest first."""
    safe = Safe(keys())
    mails = session.query(OutgoingMail).order_by(OutgoingMail.id)
    opened = [safe.open_mail(mail.message_id, mail.contents) for mail in mails]
    return [contents for contents in opened if not contents["decoy"]]


def make_account(session: Session, *grants: tuple[Role, str | None], name: str = "") -> Account:
    """Somebody who works here, with the roles given."""
    number = next(_numbers)
    account = Account(
        name=name or f"Somebody {number}", email=f"somebody{number}@example.org", created_at=NOW
    )
    account.grants = [Grant(role=role, language=language) for role, language in grants]
    session.add(account)
    session.flush()
    return account


def make_domain(session: Session, *messages: Source, name: str = "small") -> Domain:
    """A domain with these messages, each with a unit in every language."""
    domain = Domain.named(session, name, source_language="en")
    sync_messages(session, domain, messages or [Source(None, "Sign the petition")], LANGUAGES)
    return domain


def make_submitted(session: Session, unit: Unit, *texts: str, by: Account | None = None) -> Translation:
    proposal = Proposal(texts=texts, submit=True)
    return propose(session, unit, proposal, by=by.id if by else None, now=NOW)


def submitted_in_korean(session: Session) -> int:
    """A text that waits for a review in a domain of its own; returns its id."""
    unit = units_in(session, make_domain(session).id, "ko")[0]
    translation = make_submitted(session, unit, "청원에 서명하기", by=make_account(session))
    session.commit()
    return translation.id


def make_approved(session: Session, unit: Unit, *texts: str) -> Translation:
    """A text of one person, approved by another."""
    author, reviewer = make_account(session), make_account(session)
    translation = make_submitted(session, unit, *texts, by=author)
    decide(session, translation, Decision.APPROVE, by=reviewer.id, now=NOW)
    return translation


def some_unit(app: Flask) -> int:
    """A unit (by id) of the shipped appeal in Korean."""
    with app.app_context():
        domain = domain_by_name(db.session(), f"appeal-{SLUG}")
        assert domain is not None
        return units_in(db.session(), domain.id, "ko")[3].id


def link_in(text: str, kind: str) -> str:
    """The path of the confirm or withdraw link in a mail's text."""
    found = re.search(rf"https?://[^/\s]+(/[a-z-]+/{kind}/\S+)", text)
    assert found, f"no {kind} link in: {text}"
    return found.group(1)
