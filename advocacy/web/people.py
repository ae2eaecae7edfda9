"""Who is signed in: a session of ours, found by the token in the visitor's cookie."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from secrets import token_urlsafe

from flask import Flask, g, redirect, url_for
from flask import session as cookie
from flask_login import UserMixin, current_user, login_user, logout_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from advocacy.actions.sign_in import note_use, resume
from advocacy.extensions import begin_writing, db, login
from advocacy.models import Account, AccountSession
from advocacy.models.account_session import session_by_hash
from advocacy.models.notice import unread_news
from advocacy.rules.signing_in import SEEN_EVERY
from advocacy.vault.tokens import token_hash
from advocacy.web.headers import FORGET
from advocacy.web.locale import language


class SignedIn(UserMixin):
    """Somebody who is signed in, for Flask-Login: known by her session's token, not by her account.

    `begun` is her session as the request began with it, kept so that nothing looks for it again.
    """

    def __init__(self, token: str, begun: AccountSession | None = None) -> None:
        self.token = token
        self.begun = begun
        self.number = begun.id if begun else None

    def get_id(self) -> str:
        """Return what stands in the cookie."""
        return self.token


def know_people(app: Flask) -> None:
    """Make `app` recognise who is signed in."""
    # Not login.init_app: it would look into the session after every request, public ones too, and a page
    # whose session was looked into says "Vary: Cookie", so that no cache may keep it for everybody.
    app.login_manager = login  # type: ignore[attr-defined]
    login.session_protection = None  # it would look at the machine's address
    login.user_loader(_load)


def begin(token: str) -> None:
    """Put a new session into the visitor's cookie; nothing of what was in it stays but the language."""
    spoken = cookie.get("language")
    cookie.clear()
    g.pop("csrf_token", None)  # made for what was in it
    login_user(SignedIn(token))
    if spoken:
        cookie["language"] = spoken


def good_bye(endpoint: str) -> Response:
    """Take the session out of the visitor's cookie, have the browser forget what it kept, and go there.

    With the cookies goes the language, so the address says it.
    """
    spoken = language()
    logout_user()
    cookie.clear()
    response = redirect(f"{url_for(endpoint)}?language={spoken.slug}", 303)
    response.headers["Clear-Site-Data"] = FORGET
    return response


def new_token() -> str:
    """Return an unguessable text."""
    return token_urlsafe(32)


def sign_in_here() -> AccountSession | None:
    """Return the session of whoever asks, in the request's transaction, or None."""
    if not current_user.is_authenticated:
        return None
    if current_user.number is not None:  # at hand; read anew where a transaction has ended since, or gone
        return db.session().get(AccountSession, current_user.number)
    return session_by_hash(db.session(), token_hash(current_user.token))


def account_here() -> Account | None:
    """Return the account of whoever asks, or None."""
    begun = sign_in_here()
    return begun.account if begun else None


def unread_here() -> int:
    """Return how many news whoever asks has not read yet."""
    begun = sign_in_here()
    if begun is None:
        return 0
    # Known since the request began, unless a transaction has ended in between.
    return unread_news(db.session(), begun.account_id) if begun.unread is None else begun.unread


@contextlib.contextmanager
def writing() -> Iterator[tuple[Session, AccountSession]]:
    """Give a writer's transaction with the session of whoever asks in it, and commit it at the end."""
    session = begin_writing(db.session())
    begun = sign_in_here()
    if begun is None:
        raise AssertionError("a view that writes for somebody is for people who are signed in")
    yield session, begun
    session.commit()


def _load(token: str) -> SignedIn | None:
    now = datetime.now(UTC)
    begun = resume(db.session(), token, now=now)
    if begun is None:
        return None
    if now - begun.seen_at >= SEEN_EVERY:
        with Session(db.engine) as own:  # of its own: what the request does may come to nothing
            note_use(begin_writing(own), begun.id, now=now)
            own.commit()
    return SignedIn(token, begun)
