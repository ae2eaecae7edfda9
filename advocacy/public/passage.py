"""How a form passes: as it comes, against a calculation, later, or held for somebody to look at."""

from dataclasses import dataclass
from datetime import timedelta
from random import random

from flask import request
from sqlalchemy.orm import Session

from advocacy.actions.spend_challenge import spend_challenge
from advocacy.public.forms import StampedForm
from advocacy.rules.mail_addresses import host_of
from advocacy.rules.networks import network_of
from advocacy.rules.pressure import Caution, Trait, traits
from advocacy.web.site import site
from advocacy.web.work import Spent, answered

_SHORTEST_WAIT, _LONGEST_WAIT = timedelta(minutes=10), timedelta(minutes=30)
"""How long the mail of those waits who pass without a calculation."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What follows for a form that passes: whether it is held, how long its mail waits, what it has spent."""

    held: bool = False
    mail_delay: timedelta = timedelta(0)
    spent: Spent | None = None

    def pay(self, session: Session) -> None:
        """Use up the calculation that the form came with. Raises SpentChallengeError."""
        if self.spent:
            spend_challenge(session, self.spent.digest, expires_at=self.spent.expires_at)


def traits_of_request(slug: str, *, address: str = "") -> list[Trait]:
    """Return what this request may share with others; `address` is the signer's."""
    return traits(
        machine=request.remote_addr,
        network=network_of(request.remote_addr),
        mail_host=host_of(address),
        appeal=slug,
        calm=site().limits.calm,
    )


def passage_for(form: StampedForm, found: list[Trait]) -> Passage | None:
    """Count this request; return how the valid `form` passes, or None while it has to do some work first."""
    caution = site().limits.caution(found)
    passage = _passage(form, caution)
    if passage:
        site().limits.note_passed(found)
    return passage


def _passage(form: StampedForm, caution: Caution) -> Passage | None:
    held = caution is Caution.HOLD
    if caution is Caution.NONE:
        return Passage()
    if spent := answered(form.altcha.data or "", form.form_name):
        return Passage(held=held, spent=spent)
    if form.later.data:
        wait = _SHORTEST_WAIT + (_LONGEST_WAIT - _SHORTEST_WAIT) * random()  # noqa: S311  spreads load
        return Passage(held=held, mail_delay=wait)
    return None
