"""Who may open a view. Every view says so; one that does not is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import Forbidden

from advocacy.extensions import csrf
from advocacy.rules.permissions import Permission
from advocacy.web.origin import refuse_foreign_posts

_View = TypeVar("_View", bound=Callable[..., Any])
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Access:
    """What a view demands: a permission, or nothing; and how its posts are guarded."""

    permission: Permission | None
    session_guarded: bool


def public(view: _View) -> _View:
    """Open a view to everybody. It may not use a session: its posts are guarded by where they come from."""
    return _declare(view, Access(permission=None, session_guarded=False))


def needs(permission: Permission) -> Callable[[_View], _View]:
    """Open a view to whoever holds `permission`; its posts carry a CSRF token."""

    def declare(view: _View) -> _View:
        return _declare(view, Access(permission=permission, session_guarded=True))

    return declare


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


def _check() -> None:
    if request.endpoint is None:  # no such address: that is what the visitor is told
        return
    access = access_of(current_app.view_functions[request.endpoint])
    if access is None or (access.permission is not None and not _holds(access.permission)):
        raise Forbidden
    if request.method in _SAFE_METHODS:
        return
    if access.session_guarded:
        csrf.protect()
    else:
        refuse_foreign_posts()


def _holds(permission: Permission) -> bool:
    """Whether the visitor holds `permission`: nobody does before there are accounts."""
    del permission
    return False
