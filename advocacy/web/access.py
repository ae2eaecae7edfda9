"""Who may open a view. Every view says so; one that does not is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from advocacy.extensions import csrf, db
from advocacy.models.passkey import owes_factor
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.web.origin import refuse_foreign_posts
from advocacy.web.people import sign_in_here

_View = TypeVar("_View", bound=Callable[..., Any])
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Access:
    """What a view demands: a permission, or nothing; and how its posts are guarded.

    `before_factor` opens it to people who have not shown their second factor yet, `before_agreement` to
    whoever has not agreed yet to what the operator asks for; `largest_post` (bytes) is what it takes at once
    where that is more than elsewhere.
    """

    permission: Permission | None
    session_guarded: bool
    before_factor: bool = False
    before_agreement: bool = False
    largest_post: int | None = None


def public(view: _View) -> _View:
    """Open a view to everybody. It may not use a session: its posts are guarded by where they come from."""
    return _declare(view, Access(permission=None, session_guarded=False))


def needs(
    permission: Permission,
    *,
    before_factor: bool = False,
    before_agreement: bool = False,
    largest_post: int | None = None,
) -> Callable[[_View], _View]:
    """Open a view to whoever holds `permission`; its posts carry a CSRF token.

    An address that names the language worked in, `<language:into>`, opens to those who hold it for that one.
    Whoever has a second factor has to have shown it, and staff have to have one, unless it is a page that
    comes `before_factor`; and everybody has to have agreed to what the operator asks for, unless it comes
    `before_agreement`.
    """

    def declare(view: _View) -> _View:
        access = Access(
            permission,
            session_guarded=True,
            before_factor=before_factor,
            before_agreement=before_agreement or before_factor,
            largest_post=largest_post,
        )
        return _declare(view, access)

    return declare


def with_csrf(view: _View) -> _View:
    """Open a view to everybody whose posts carry a CSRF token: signing in, before anybody is."""
    return _declare(view, Access(permission=None, session_guarded=True))


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return what `view` declared, or None if it forgot."""
    found: Access | None = getattr(view, "access", None)
    return found


def guard(app: Flask) -> None:
    """Make `app` refuse whatever is not allowed, before any view runs."""
    app.before_request(_check)


def _declare(view: _View, access: Access) -> _View:
    view.access = access  # type: ignore[attr-defined]
    return view


def _check() -> AnyResponse | None:
    if request.endpoint is None:  # no such address: that is what the visitor is told
        return None
    access = access_of(current_app.view_functions[request.endpoint])
    if access is None:
        raise Forbidden
    if access.permission is not None and (elsewhere := _demand(access, access.permission)):
        return elsewhere
    if request.method not in _SAFE_METHODS:
        if access.largest_post is not None:
            request.max_content_length = request.max_form_memory_size = access.largest_post
        if access.session_guarded:
            csrf.protect()
        else:
            refuse_foreign_posts()
    return None


def _demand(access: Access, permission: Permission) -> AnyResponse | None:
    """Raise Forbidden, or return where to go first: to sign in, to show the second factor, to agree."""
    begun = sign_in_here()
    if begun is None:
        if request.method in _SAFE_METHODS:
            return redirect(url_for("account.show_sign_in", next=request.path), 303)
        raise Forbidden
    into: Language | None = (request.view_args or {}).get("into")
    if not begun.account.may(permission, into.tag if into else None):
        raise Forbidden
    if not access.before_factor:
        if owes_factor(db.session(), begun, has_passkey=begun.has_passkey):
            return redirect(url_for("factor.show", next=request.path), 303)
        if begun.account.is_staff and begun.factor_at is None:
            return redirect(url_for("factor.show_enrol", next=request.path), 303)
    if begun.account.must_agree and not access.before_agreement:
        return redirect(url_for("agreement.show", next=request.path), 303)
    return None
