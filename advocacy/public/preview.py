"""The appeal's page as a release would have it, for those who decide whether the release goes live."""

from flask import Blueprint, abort, g, render_template, request, url_for
from flask_babel import refresh
from sqlalchemy.orm import Session

from advocacy.actions.live_domains import NotLiveError, frozen
from advocacy.actions.releases import CorruptReleaseError
from advocacy.extensions import db
from advocacy.models import Appeal, Release
from advocacy.models.appeal import all_appeals
from advocacy.models.domain import domain_by_name
from advocacy.models.release import LiveRelease, live_now
from advocacy.models.support import supports_of
from advocacy.models.tally import tally_of
from advocacy.public.consents import notice, terms_in_words
from advocacy.public.forms import SignForm
from advocacy.public.letter import letter_of
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.web.access import needs
from advocacy.web.live_catalogs import Snapshot, edition_of
from advocacy.web.locale import speak
from advocacy.web.phrases import serve_from, snapshot
from advocacy.web.site import site

pages = Blueprint("preview", __name__, url_prefix="/staff/releases/<name>")


@pages.get("/<int(max=2147483647):number>/as-read")
@needs(Permission.RELEASE_READ)
def show(name: str, number: int) -> str:
    """Show the page that readers of a language (`?in=`) would see if a release were live.

    A release of the interface is shown around an appeal that is live.
    """
    session = db.session()
    domain = domain_by_name(session, name) or abort(404)
    release = Release.numbered(session, domain.id, number) or abort(404)
    live = live_now(session, domain.id)
    _speak(site().languages.by_slug(request.args.get("in", "")), name, number)
    try:
        edition = edition_of(frozen(release, without=live.in_source if live else None))
    except CorruptReleaseError:
        abort(404)
    serve_from(Snapshot({**snapshot().editions, name: edition}))
    return _page(session, release, live)


def _speak(wanted: Language | None, name: str, number: int) -> None:
    """Have this request alone speak a language; the one that she works in stays."""
    if wanted is not None:
        speak(wanted)
        refresh()
    g.twins = [
        (other, f"{url_for('preview.show', name=name, number=number)}?in={other.slug}")
        for other in site().languages
    ]


def _page(session: Session, release: Release, live: LiveRelease | None) -> str:
    appeal = _appeal_of(session, release)
    try:
        letter = letter_of(appeal)
    except NotLiveError:
        abort(404)
    return render_template(
        "public/preview.html",
        appeal=appeal,
        letter=letter,
        form=SignForm(appeal.slug, formdata=None, stamp=""),
        terms=terms_in_words(),
        notice=notice(),
        tally=tally_of(session, appeal.id),
        names=[],
        unverified=supports_of(session, appeal.id) if appeal.takes_unverified else 0,
        release=release,
        is_live=live is not None and live.release_id == release.id,
        back=url_for("releases.show_one", name=release.domain.name, number=release.number),
    )


def _appeal_of(session: Session, release: Release) -> Appeal:
    """Return the release's appeal; for the interface one that is live."""
    appeals = all_appeals(session)
    own = next((one for one in appeals if one.domain_id == release.domain_id), None)
    if own is None:
        own = next((one for one in appeals if snapshot().edition(one.domain.name).blocks), None)
    return own or abort(404)
