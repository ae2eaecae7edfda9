"""In place: a public page as it would be with the texts that are not approved, for who translates it.

The page is made by the public view itself, in this request, from catalogs that nothing else can reach:
`web.phrases.snapshot` takes them from the request. What comes back is kept by no cache, opens to
translators of the language alone, and cannot be sent.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, render_template, url_for
from flask_babel import force_locale
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect, Rule

from advocacy.actions.note_seen import note_seen, unnoted
from advocacy.extensions import begin_writing, db
from advocacy.models import Account
from advocacy.models.domain import INTERFACE
from advocacy.models.wording import Wording
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.rules.review import TranslationState
from advocacy.rules.translation import UnitStatus
from advocacy.translate.draft_catalogs import DraftEditions
from advocacy.translate.places import account_at_work, languages_of
from advocacy.translate.still_pages import still
from advocacy.translate.words import state_name, status_name
from advocacy.web.access import access_of, needs
from advocacy.web.live_catalogs import Snapshot
from advocacy.web.locale import SPEECH, language, speak
from advocacy.web.phrases import gettext as _
from advocacy.web.phrases import serve_from
from advocacy.web.site import site
from advocacy.web.standing_places import anchor_of, path_in_place

pages = Blueprint("in_place", __name__, url_prefix="/translate/<language:into>/in-place")

_IN_ADDRESSES = frozenset({"language", "slug"})
"""What an address may name whose page is the same for everybody: no signer's link, no release."""

_SWITCHED = ("language", SPEECH, "catalogs", "twins", "handle", "shows_untranslated")
"""What of a request makes it one in another language, from other catalogs."""


@pages.get("/", defaults={"path": ""}, endpoint="show_first")
@pages.get("/<path:path>")
@needs(Permission.TRANSLATION_READ)
def show(into: Language, path: str) -> Response:
    """Show the public page at `path`, which names no language, with one's own and waiting texts in it."""
    found = _public_page(into, path)
    if found is None:
        abort(404)
    rule, values = found
    session, account = db.session(), account_at_work()
    editions = DraftEditions(session, into, account.id)
    handles = _Handles(into, editions, values.get("slug"), _Words.here())
    view: Callable[..., Any] = current_app.view_functions[rule.endpoint]
    with _in_their_place(into, Snapshot(editions), handles, _twins(account, path)):
        answer = current_app.make_response(view(**values))
    seen = editions.catalog(INTERFACE).asked if INTERFACE in editions else []
    response = _response(into, path, answer, handles, seen)
    if response.status_code == HTTPStatus.OK:
        _note(session, [one.message_id for one in seen], path)
    return response


def _public_page(into: Language, path: str) -> tuple[Rule, dict[str, Any]] | None:
    """Return the rule of a public page in a language, with what its view takes, if it can be shown here."""
    adapter = current_app.url_map.bind("localhost")
    try:
        rule, values = adapter.match(f"/{into.slug}/{path}", method="GET", return_rule=True)
    except (HTTPException, RequestRedirect):
        return None
    access = access_of(current_app.view_functions[rule.endpoint])
    is_public = access is not None and access.permission is None and not access.session_guarded
    if not is_public or "language" not in rule.arguments or not rule.arguments <= _IN_ADDRESSES:
        return None
    return rule, {name: value for name, value in values.items() if name != "language"}


def _twins(account: Account, path: str) -> list[tuple[Language, str]]:
    return [(other, path_in_place(other, path)) for other in languages_of(account)]


@contextlib.contextmanager
def _in_their_place(
    into: Language,
    snapshot: Snapshot,
    handles: "_Handles",
    twins: list[tuple[Language, str]],
) -> Iterator[None]:
    """Make what happens inside one in the language `into` with these texts; afterwards all is as before."""
    before = {name: g.get(name) for name in _SWITCHED if name in g}
    speak(into)
    serve_from(snapshot)
    g.twins, g.handle = twins, handles.of_block
    try:
        with force_locale(into.locale):
            yield
    finally:
        for name in _SWITCHED:
            g.pop(name, None)
        for name, value in before.items():
            setattr(g, name, value)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said of a text, in the language of who asks rather than the page's."""

    spoken: Language
    states: dict[TranslationState, str]
    statuses: dict[UnitStatus, str]
    own: str
    open_it: str

    @classmethod
    def here(cls) -> "_Words":
        """Return the words in the request's language as it is now."""
        return cls(
            language(),
            {state: state_name(state) for state in TranslationState},
            {status: status_name(status) for status in UnitStatus},
            _("yours"),
            _("Open this text"),
        )

    def of(self, wording: Wording) -> str:
        """Return how the text shown stands, or the unit where its source is shown."""
        if wording.state is None:
            return self.statuses[wording.status]
        state = self.states[wording.state]
        return f"{state} · {self.own}" if wording.own else state


@dataclass(slots=True)
class _Handles:
    """Links from the blocks of a page's appeal to their units, each put out once."""

    into: Language
    editions: DraftEditions
    slug: str | None
    words: _Words
    given: set[int] = field(default_factory=set)

    @property
    def domain(self) -> str:
        """The domain of the appeal whose page it is."""
        return f"appeal-{self.slug}"

    def of_block(self, key: str) -> Markup:
        """Return the link of the block with this key, or nothing."""
        if self.slug is None or self.domain not in self.editions:
            return Markup()
        wording = self.editions.catalog(self.domain).block(key)
        if wording is None or wording.unit_id in self.given:
            return Markup()
        self.given.add(wording.unit_id)
        return Markup(
            ' <a class="handle noprint" id="{}" href="{}" lang="{}" dir="{}">{}: <b>{}</b></a>'
        ).format(
            anchor_of(wording.unit_id),
            url_for("editor.show", into=self.into, domain=self.domain, number=wording.unit_id),
            self.words.spoken.tag,
            self.words.spoken.direction,
            self.words.open_it,
            self.words.of(wording),
        )


def _response(
    into: Language, path: str, answer: Response, handles: _Handles, seen: list[Wording]
) -> Response:
    """Return the page, still, with what it was made of; of the public answer nothing else stays."""
    words = handles.words
    about = {"into": into, "path": path, "source": site().languages.source}
    page = still(
        answer.get_data(as_text=True),
        address=_leading(into),
        head=f'<link rel="stylesheet" href="{site().assets.path("in-place.css")}">',
        before=render_template("translate/in_place_note.html", blocks=len(handles.given), **about),
        after=render_template(
            "translate/in_place_texts.html",
            seen=[(one, words.of(one)) for one in seen],
            domain=INTERFACE,
            **about,
        ),
    )
    response = Response(page, answer.status_code)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = into.tag
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _leading(into: Language) -> Callable[[str], str]:
    """Return what leads links of a public page to the same pages in place, where they are."""
    start = f"/{into.slug}/"

    def lead(address: str) -> str:
        if not address.startswith(start):
            return address
        path, _, anchor = address.removeprefix(start).partition("#")
        if "?" in path or _public_page(into, path) is None:
            return address
        return path_in_place(into, path, anchor or None)

    return lead


def _note(session: Session, messages: list[int], path: str) -> None:
    """Note what was seen where, in a transaction of its own; if somebody does so just now, that is enough."""
    now = datetime.now(UTC)
    new = unnoted(session, messages, now=now)
    if not new:
        return
    session.rollback()  # reading is over: SQLite would wait for it
    with Session(db.engine) as own, contextlib.suppress(IntegrityError):
        note_seen(begin_writing(own), new, path, now=now)
        own.commit()
