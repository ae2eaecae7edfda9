"""Who may open a view. Every view says so; one that does not is closed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask import Flask, current_app, make_response, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from advocacy.extensions import csrf, db
from advocacy.models.passkey import owes_factor
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.web.carrying import LARGEST_CARRIED, carry_form, go_on, here, is_resumed
from advocacy.web.headers import let_connect
from advocacy.web.origin import is_from_our_pages, refuse_foreign_posts
from advocacy.web.people import sign_in_here

_View = TypeVar("_View", bound=Callable[..., Any])
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SignedOutError(Forbidden):
    """Nobody is signed in, and what was sent cannot wait until somebody is."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a view demands: a permission, or nothing; and how its posts are guarded.

    `before_factor` opens it to people who have not shown their second factor yet, `before_agreement` to
    whoever has not agreed yet to what the operator asks for; `largest_post` (bytes) is what it takes at once
    where that is more than elsewhere. With `keeps_typed`, whoever has to go elsewhere before her post is
    taken carries along what she typed. `again` takes what the view takes and answers it when it comes back:
    with the page that has what was typed in its fields, for no button is pressed for anybody. `connects` lets
    the page's script ask this site, and no other.
    """

    permission: Permission | None
    session_guarded: bool
    before_factor: bool = False
    before_agreement: bool = False
    largest_post: int | None = None
    keeps_typed: bool = False
    again: Callable[..., str] | None = None
    connects: bool = False


def public(view: _View) -> _View:
    """Open a view to everybody. It may not use a session: its posts are guarded by where they come from."""
    return _declare(view, Access(permission=None, session_guarded=False))


def needs(
    permission: Permission,
    *,
    before_factor: bool = False,
    before_agreement: bool = False,
    largest_post: int | None = None,
    keeps_typed: bool = False,
    again: Callable[..., str] | None = None,
    connects: bool = False,
) -> Callable[[_View], _View]:
    """Open a view to whoever holds `permission`; its posts carry a CSRF token.

    An address that names the language worked in, `<language:into>`, opens to those who hold it for that one.
    Whoever has a second factor has to have shown it, and staff have to have one, unless it is a page that
    comes `before_factor`; and everybody has to have agreed to what the operator asks for, unless it comes
    `before_agreement`. With `again`, what was typed is kept.
    """

    def declare(view: _View) -> _View:
        access = Access(
            permission,
            session_guarded=True,
            before_factor=before_factor,
            before_agreement=before_agreement or before_factor,
            largest_post=largest_post,
            keeps_typed=keeps_typed or again is not None,
            again=again,
            connects=connects,
        )
        return _declare(view, access)

    return declare


def with_csrf(view: _View) -> _View:
    """Open a view to everybody whose posts carry a CSRF token: signing in, before anybody is."""
    return _declare(view, Access(permission=None, session_guarded=True))


def passes_on(view: _View) -> _View:
    """Let a view, which has declared its access, take a form that waits behind it and pass it on."""
    return _declare(view, replace(view.access, largest_post=LARGEST_CARRIED))  # type: ignore[attr-defined]


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
    if access.largest_post is not None and request.method not in _SAFE_METHODS:
        request.max_content_length = request.max_form_memory_size = access.largest_post
    if access.permission is not None and (elsewhere := _demand(access, access.permission)):
        return elsewhere
    if request.method not in _SAFE_METHODS and (again := _guard_post(access)):
        return again
    if access.connects:
        let_connect()
    if access.again is not None and is_resumed():
        return make_response(access.again(**(request.view_args or {})))
    return None


def _guard_post(access: Access) -> AnyResponse | None:
    """Refuse a post that others may have made; ask again for one of a page older than its session."""
    if not access.session_guarded:
        refuse_foreign_posts()
        return None
    try:
        csrf.protect()
    except CSRFError:
        if not (access.keeps_typed and is_from_our_pages()):
            raise
        carry_form()
        answer = go_on(here())
        answer.status_code = 400
        return answer
    return None


def _demand(access: Access, permission: Permission) -> AnyResponse | None:
    """Raise Forbidden, or return where to go first: to sign in, to show the second factor, to agree."""
    begun = sign_in_here()
    if begun is None:
        if request.method not in _SAFE_METHODS and not access.keeps_typed:
            raise SignedOutError
        return _first(access, "account.show_sign_in")
    into: Language | None = (request.view_args or {}).get("into")
    if not begun.account.may(permission, into.tag if into else None):
        raise Forbidden
    if not access.before_factor:
        if owes_factor(db.session(), begun, has_passkey=begun.has_passkey):
            return _first(access, "factor.show")
        if begun.account.is_staff and begun.factor_at is None:
            return _first(access, "factor.show_enrol")
    if begun.account.must_agree and not access.before_agreement:
        return _first(access, "agreement.show")
    return None


def _first(access: Access, endpoint: str) -> AnyResponse:
    """Lead to a page that comes first, or answer with it at once if it has something typed to carry."""
    if request.method in _SAFE_METHODS or not access.keeps_typed:
        return redirect(url_for(endpoint, next=here()), 303)
    refuse_foreign_posts()
    carry_form()
    return make_response(current_app.view_functions[endpoint](), 403)
