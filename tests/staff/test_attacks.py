"""Attacks through the pages: what two volunteers, or one stolen account of the staff, bring to readers.

Nothing that was not live before, and at most one language shows its source.
"""

import gettext
import io
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from advocacy.actions.publish_as_seen import sight_of_live
from advocacy.actions.releases import build_release, confirm_release
from advocacy.actions.sync_messages import Source
from advocacy.extensions import db
from advocacy.models import Account, AuditEntry, Release, Review, Translation
from advocacy.models.release import live_now
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from advocacy.rules.review import TranslationState
from advocacy.web.access import access_of
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import NOW, make_account, make_approved, make_domain
from tests.mails import sent_mails, text_of
from tests.pages import value_of
from tests.people import PASSWORD, add_person, enrol, sign_in, staff_client

TRUE, FALSE = "청원에 서명하기", "청원에 서명하지 마세요"
DESK = "/staff/releases/small"
NOT_TRIED = ("/sign-out", "/delete", "/password")
"""What would only end the attack."""


@dataclass
class Site:
    """What is live of a small domain, and what may be: releases that two people published before."""

    session: object
    domain: int
    unit: int
    before: frozenset[int]

    def live(self) -> tuple[int, list[str], str]:
        """The live release, languages that show the source, and what Korean readers read."""
        self.session.rollback()
        self.session.expire_all()
        live = live_now(self.session, self.domain)
        (korean,) = (catalog for catalog in live.release.catalogs if catalog.language == "ko")
        read = gettext.GNUTranslations(io.BytesIO(korean.mo)).gettext("Sign the petition")
        return live.release_id, live.in_source, read

    def demand_untouched(self, switched: int = 0) -> None:
        release, in_source, read = self.live()
        assert release in self.before
        assert read == TRUE
        assert len(in_source) <= switched


@pytest.fixture
def site(session):
    domain = make_domain(session, Source(None, "Sign the petition"), Source(None, "Thank you"))
    unit = units_in(session, domain.id, "ko")[0]
    make_approved(session, unit, TRUE)
    for _ in range(2):
        release = build_release(session, domain, LANGUAGES, by=make_account(session).id, now=NOW)
        confirm_release(session, release, by=make_account(session).id, now=NOW)
    found = select(Release.id).where(Release.domain_id == domain.id)
    site = Site(session, domain.id, unit.id, frozenset(session.scalars(found)))
    session.commit()
    yield site
    session.rollback()  # what one text replaced keeps PostgreSQL from sweeping both away
    session.execute(update(Review).values(replaced_id=None))
    session.commit()


def send(client: FlaskClient, path: str, page: str = "/account/", **fields):
    token = value_of(client.get(page).text, "csrf_token")
    return client.post(path, data={"csrf_token": token, **fields})


def client_of(app, *roles: tuple[Role, str | None]) -> FlaskClient:
    client = app.test_client()
    sign_in(client, add_person(app, *roles))
    client.get("/account/?language=en")
    return client


def propose(client: FlaskClient, site: Site, text: str):
    path = f"/translate/ko/small/{site.unit}"
    page = client.get(path).text
    hidden = {
        name: value_of(page, name) for name in ("csrf_token", "seen", "based_on", "source_hash", "source")
    }
    return client.post(path, data={**hidden, "text": text, "action": "submit"})


def waiting_text(site: Site, text: str) -> Translation | None:
    site.session.rollback()
    query = select(Translation).where(Translation.unit_id == site.unit).order_by(Translation.id.desc())
    return next((one for one in site.session.scalars(query) if one.texts == [text]), None)


def try_everything(app, client: FlaskClient, site: Site) -> int:
    """Send every form there is, filled in as it has to be; returns how many were taken."""
    waiting = waiting_text(site, FALSE)
    taken = 0
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    guarded = [rule for rule in rules if access_of(app.view_functions[rule.endpoint]).permission is not None]
    for rule in guarded:
        if any(part in rule.rule for part in NOT_TRIED):
            continue
        path = rule.rule.replace("<name>", "small").replace("<domain>", "small")
        path = path.replace("<language:into>", "ko").replace("<slug:slug>", "save-north-koreans")
        numbers = (waiting.id if waiting else 1, 1, 2, 3)
        paths = [path.replace("<int(max=2147483647):number>", str(number)) for number in numbers]
        for path in dict.fromkeys(paths):  # each once, where it has no number
            with app.app_context():
                seen = sight_of_live(live_now(db.session(), site.domain))
            for tag in ("ko", "zh-Hans", "zh-Hant"):
                fields = {"seen": seen, "decision": "approve", "reason": "because", "why": "because"}
                fields |= {"tag": tag, "to": "source", "people": "one", "texts-all": "0", "note": "x"}
                answer = send(client, path, **fields)
                assert answer.status_code < 500, (path, answer.status_code)
                taken += answer.status_code == 303
                if "languages" not in path:
                    break
    return taken


# Two volunteers of one language


def test_a_translator_and_a_reviewer_who_work_together_reach_no_reader(app, site):
    translator = client_of(app, (Role.TRANSLATOR, "ko"))
    reviewer = client_of(app, (Role.REVIEWER, "ko"), (Role.TRANSLATOR, "ko"))
    assert propose(translator, site, FALSE).status_code == 303
    waiting = waiting_text(site, FALSE)
    page = reviewer.get(f"/staff/review/{waiting.id}").text
    assert "Not as in the source" in page  # a "not" that the source has not
    answer = send(reviewer, f"/staff/review/{waiting.id}", decision="approve", seen=value_of(page, "seen"))
    assert answer.status_code == 303
    site.session.rollback()
    assert site.session.get(Translation, waiting.id).state is TranslationState.APPROVED
    for client in (translator, reviewer):
        for path in ("/prepare", "/1/confirm", "/2/confirm", "/1/roll-back", "/languages"):
            answer = send(client, DESK + path, reason="so", tag="ko", to="translation", seen="x")
            assert answer.status_code == 403, path
        assert client.get(DESK).status_code == 403
        try_everything(app, client, site)
    site.demand_untouched()


def test_with_a_policy_two_volunteers_do_not_even_approve(app, site):
    administrator = staff_client(app, Role.ADMINISTRATOR)
    answer = send(administrator, "/staff/policies/small/texts", **{"texts-all": "1-all"})
    assert answer.status_code == 303
    translator = client_of(app, (Role.TRANSLATOR, "ko"))
    reviewer = client_of(app, (Role.REVIEWER, "ko"), (Role.TRANSLATOR, "ko"))
    propose(translator, site, FALSE)
    waiting = waiting_text(site, FALSE)
    opinion = f"/staff/review/{waiting.id}/opinion"
    assert send(translator, opinion, answer="yes").status_code == 403  # her own text
    assert send(reviewer, opinion, answer="yes").status_code == 303  # does not count beside her approval
    page = reviewer.get(f"/staff/review/{waiting.id}").text
    answer = send(reviewer, f"/staff/review/{waiting.id}", decision="approve", seen=value_of(page, "seen"))
    assert answer.status_code == 422
    assert "It cannot be approved yet: 1 more speaker has to say yes." in answer.text
    text = send(
        reviewer,
        "/staff/review/together",
        text=str(waiting.id),
        **{f"seen-{waiting.id}": value_of(page, "seen")},
    )
    assert text.status_code == 303
    assert waiting_text(site, FALSE).state is TranslationState.SUBMITTED
    assert send(reviewer, "/staff/policies/small/texts", **{"texts-all": "0"}).status_code == 403


# One stolen account of the staff, of each role


@pytest.mark.parametrize("role", [role for role in Role if role.is_staff], ids=str)
def test_one_stolen_account_of_the_staff_brings_nothing_to_readers(app, site, role):
    translator, reviewer = client_of(app, (Role.TRANSLATOR, "ko")), client_of(app, (Role.REVIEWER, "ko"))
    thief = staff_client(app, role)
    assert propose(translator, site, FALSE).status_code == 303
    taken = try_everything(app, thief, site)
    page = reviewer.get(f"/staff/review/{waiting_text(site, FALSE).id}").text
    send(
        reviewer,
        f"/staff/review/{waiting_text(site, FALSE).id}",
        decision="approve",
        seen=value_of(page, "seen"),
    )
    taken += try_everything(app, thief, site)  # now that a false text is approved, and would go out
    assert taken
    site.demand_untouched(switched=1)


PUPPETS = {
    "translator": "translator ko",
    "reviewer": "reviewer ko",
    "editor": "editor",
    "publisher": "publisher",
}


def come_in(app, thief: FlaskClient, name: str, role: str) -> FlaskClient:
    """Somebody whom an administrator invites, and who is nobody else."""
    assert send(thief, "/staff/people/invite", email=f"{name}@evil.example", role=role).status_code == 303
    mail = text_of(sent_mails(app)[-1])
    link = next(word for word in mail.split() if "/account/invitation/" in word)
    path, puppet = "/" + link.split("/", 3)[3], app.test_client()
    answer = send(puppet, path, page=path, name=f"Puppet {name}", new_password=PASSWORD)
    assert answer.status_code == 303
    if name in ("editor", "publisher"):
        enrol(puppet)
    puppet.get("/account/?language=en")
    return puppet


def test_a_stolen_administrator_who_makes_up_a_whole_staff_has_to_wait(app, site):
    thief = staff_client(app, Role.ADMINISTRATOR)
    puppets = {name: come_in(app, thief, name, role) for name, role in PUPPETS.items()}
    assert propose(puppets["translator"], site, FALSE).status_code == 303
    waiting = waiting_text(site, FALSE)
    page = puppets["reviewer"].get(f"/staff/review/{waiting.id}").text
    send(puppets["reviewer"], f"/staff/review/{waiting.id}", decision="approve", seen=value_of(page, "seen"))
    assert waiting_text(site, FALSE).state is TranslationState.APPROVED
    me = site.session.scalar(
        select(Account.id).where(Account.name.not_like("Puppet%")).order_by(Account.id.desc())
    )
    send(thief, f"/staff/people/{me}/grant", role="publisher")
    assert send(thief, "/staff/policies/small/people", people="one", why="We are so few.").status_code == 303
    for client in (puppets["editor"], puppets["publisher"], thief):
        answer = send(client, f"{DESK}/prepare")
        assert answer.status_code == 403
    assert "Your right to publish is new" in answer.text
    for client in (puppets["publisher"], thief):
        try_everything(app, client, site)
    site.demand_untouched(switched=2)  # of two accounts that may
    site.session.rollback()
    acts = set(site.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id.desc()).limit(400)))
    assert {"account.grant", "invitation.send", "policy.one_publishes"} <= acts
