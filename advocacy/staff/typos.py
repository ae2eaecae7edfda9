"""Changes of a source that somebody says changed no meaning: somebody else confirms it, or not."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.edit_source import SettledBeforeError, confirm_typo, effects, refuse_typo
from advocacy.extensions import db
from advocacy.models import TypoClaim
from advocacy.models.appeal import all_appeals
from advocacy.models.typo_claim import claims_waiting
from advocacy.rules.permissions import Permission
from advocacy.rules.review import SelfConfirmationError
from advocacy.staff.wording import EFFECTS
from advocacy.web.access import needs
from advocacy.web.people import account_here, writing
from advocacy.web.phrases import gettext as _

pages = Blueprint("typos", __name__, url_prefix="/staff/typos")


@pages.get("")
@needs(Permission.RELEASE_PREPARE)
def show() -> str:
    """Show every claim that waits, with what changed and what confirming it does in each language."""
    return _page({})


@pages.post("/<int(max=2147483647):number>")
@needs(Permission.RELEASE_PREPARE)
def settle(number: int) -> AnyResponse | tuple[str, int]:
    """Confirm what somebody else said, or let the translations be outdated after all."""
    confirmed, gone = request.form.get("decision") == "confirm", _("Somebody has settled this meanwhile.")
    try:
        with writing() as (session, begun):
            claim = session.get(TypoClaim, number) or abort(404)
            if confirmed:
                confirm_typo(session, claim, by=begun.account_id, now=datetime.now(UTC))
            else:
                refuse_typo(session, claim, by=begun.account_id, now=datetime.now(UTC))
    except SelfConfirmationError:
        return _page({}), 403
    except SettledBeforeError:
        return _page({"main": gone}), 409
    if confirmed:
        flash(_("The translations are approved again, for the mended text."))
    else:
        flash(_("The translations are outdated now, and their authors are told."))
    return redirect(url_for("typos.show"), 303)


def _page(errors: dict[str, str]) -> str:
    session = db.session()
    session.rollback()
    account = account_here() or abort(403)
    claims = [
        (appeal, claim) for appeal in all_appeals(session) for claim in claims_waiting(session, appeal.id)
    ]
    return render_template(
        "staff/typos.html",
        claims=[(appeal, claim, _effects(session, claim)) for appeal, claim in claims],
        account=account,
        errors=errors,
        effects=EFFECTS,
    )


def _effects(session: Session, claim: TypoClaim) -> dict[str, str]:
    found = effects(session, claim.message, claim.message.msgid, meaning_changed=False)
    return {language: str(effect) for language, effect in found.items()}
