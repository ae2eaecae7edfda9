"""Every address against every role: what opens is what the one table of rights says, and nothing else."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from advocacy.actions.comment import add_comment
from advocacy.actions.decide import decide
from advocacy.actions.propose import Proposal, propose
from advocacy.models import Assignment, BackTranslation, Comment, Opinion, Release, Translation
from advocacy.models.account import account_by_email
from advocacy.models.release import live_now
from advocacy.models.unit import units_in
from advocacy.rules.permissions import Permission, Role, allows
from advocacy.rules.review import Decision, TranslationState
from advocacy.web.access import Access, access_of
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import NOW, SLUG, make_account, make_domain
from tests.pages import value_of
from tests.people import add_person, enrol, sign_in, staff_client

OWN, OTHER = "ko", "zh-hans"
OF_TEXTS = {Permission.TRANSLATION_READ, Permission.TRANSLATION_WRITE, Permission.TRANSLATION_REVIEW}
"""The rights that somebody has for a language."""


def guarded(app: Flask, method: str) -> list[tuple[Rule, Access]]:
    """Every address that asks for a right."""
    found = []
    for rule in app.url_map.iter_rules():
        access = access_of(app.view_functions[rule.endpoint])
        assert access is not None, f"{rule.endpoint} does not say who may open it"
        if method in rule.methods and access.permission is not None:
            found.append((rule, access))
    return sorted(found, key=lambda pair: pair[0].rule)


def client_of(app: Flask, role: Role | None):
    """A browser of somebody with one role, that of a language for Korean; or of nobody."""
    if role is not None and role.is_staff:
        return staff_client(app, role)
    client = app.test_client()
    if role is not None:
        sign_in(client, add_person(app, (role, "ko")))
    return client


def address_of(rule: str, into: str) -> str:
    """An address that fits, and leads to nothing where it counts something."""
    values = {
        "<language:into>": into,
        "<slug:slug>": SLUG,
        "<domain>": "messages",
        "<name>": "messages",
    }
    for name, value in values.items():
        rule = rule.replace(name, value)
    return re.sub("<[^>]*>", "2147483647", rule)


@pytest.mark.parametrize("into", [OWN, OTHER])
@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_what_opens_is_what_the_table_says(app, role, into):
    client = client_of(app, role)
    tag = {OWN: "ko", OTHER: "zh-Hans"}[into]
    grants = [] if role is None else [(role, "ko" if role.of_language else None)]
    for method, refused_to_nobody in (("GET", 303), ("POST", 403)):
        for rule, access in guarded(app, method):
            said = client.open(address_of(rule.rule, into), method=method).status_code
            where = (method, rule.rule, str(role))
            if role is None:
                assert said == refused_to_nobody, where
            elif not allows(grants, access.permission, tag if "<language:into>" in rule.rule else None):
                assert said == 403, where
            elif method == "POST":
                assert said == 400, where  # allowed, but for the token that a form carries
            else:
                # 303: to where one goes first; 404: whoever may look is told that nothing has this number
                assert said in (200, 303, 404), where


def form_of(translation: Translation, endpoint: str, page: str) -> dict[str, Any]:
    """What a browser sends to approve, or to write, at an address."""
    number = translation.id
    seen = re.search(rf'name="seen(?:-{number})?" value="([^"]*)"', page)
    return {
        "csrf_token": value_of(page, "csrf_token"),
        "decision": "approve",
        "seen": seen.group(1) if seen else "",
        f"seen-{number}": seen.group(1) if seen else "",
        "text": str(number) if endpoint == "review.approve_together" else "다른 글",
        "action": "submit",
        "comment": "한마디",
        "term_source": "petition",
        "term_target": "청원",
        "answer": "yes",
        "back": "Sign",
        "yes": "yes",
        "who": "",
        "as": "submitted",
        "do": "withdraw",
        "unit": str(translation.unit_id),
    }


TEXT_ROUTES = {
    "editor.take": "/translate/{into}/rights/{unit}",
    "live.take": "/translate/{into}/rights/{unit}/checks",
    "talk.take": "/translate/{into}/rights/{unit}/comments",
    "talk.resolve": "/translate/{into}/rights/{unit}/comments/{comment}",
    "term.take": "/translate/{into}/rights/{unit}/term",
    "offline.take": "/translate/{into}/rights/offline",
    "offline.confirm": "/translate/{into}/rights/offline/confirm",
    "together.show": "/translate/{into}/rights/together",
    "together.confirm": "/translate/{into}/rights/together/confirm",
    "review.decide_one": "/staff/review/{text}",
    "review.take_one_back": "/staff/review/{text}/take-back",
    "review.approve_together": "/staff/review/together",
    "review_talk.take": "/staff/review/{text}/comments",
    "review_talk.resolve": "/staff/review/{text}/comments/{comment}",
    "opinions.take": "/staff/review/{text}/opinion",
    "opinions.ask": "/staff/review/{text}/ask",
    "opinions.take_assignment": "/staff/review/{text}/assign",
    "back.take": "/staff/review/{text}/back",
    "back.ask": "/staff/review/{text}/back/ask",
}
"""Every address at which something is done to a text."""


OF_REVIEWS = [name for name in TEXT_ROUTES if name.startswith(("review.", "opinions.take"))]
"""Those at which somebody says of a text that it is good, or takes that back."""


def test_every_address_at_which_something_is_done_to_a_text_is_tried(app):
    found = {rule.endpoint for rule, access in guarded(app, "POST") if access.permission in OF_TEXTS}
    assert found == set(TEXT_ROUTES)


def send(client, session: Session, translation: Translation, endpoint: str, into: str):
    """Do at an address what its form would, even where its page does not open; returns the answer."""
    session.rollback()
    comment = session.scalar(select(Comment.id).where(Comment.unit_id == translation.unit_id)) or 0
    values = {"into": into, "unit": translation.unit_id, "text": translation.id, "comment": comment}
    path = TEXT_ROUTES[endpoint].format(**values)
    page = client.get(path).text
    if "csrf_token" not in page:
        page = client.get("/account/").text
    form = form_of(translation, endpoint, page)
    session.rollback()
    return client.post(path, data=form)


def text_in(session: Session, tag: str, *, by: int | None = None) -> Translation:
    unit = units_in(session, make_domain(session, name="rights").id, tag)[0]
    author = make_account(session).id if by is None else by
    return propose(session, unit, Proposal(texts=["청원에 서명하기"], submit=True), by=author, now=NOW)


@pytest.mark.parametrize("endpoint", TEXT_ROUTES)
def test_nothing_is_done_to_a_text_of_another_language(app, session, endpoint):
    client = app.test_client()
    sign_in(client, add_person(app, (Role.TRANSLATOR, "ko"), (Role.REVIEWER, "ko")))
    translation = text_in(session, "zh-Hans")
    add_comment(session, translation.unit, "?", by=make_account(session).id, about_source=False, now=NOW)
    session.commit()
    assert send(client, session, translation, endpoint, OTHER).status_code == 403
    session.refresh(translation)
    assert translation.state is TranslationState.SUBMITTED
    assert session.query(Translation).filter_by(unit_id=translation.unit_id).count() == 1
    assert [one.resolved_at for one in session.query(Comment).filter_by(unit_id=translation.unit_id)] == [
        None
    ]
    assert session.scalar(select(BackTranslation)) is None
    assert session.scalar(select(Opinion)) is session.scalar(select(Assignment)) is None


@pytest.mark.parametrize("endpoint", OF_REVIEWS)
def test_nobody_approves_her_own_text_whatever_she_holds(app, session, endpoint):
    email = add_person(app, *((role, "ko" if role.of_language else None) for role in Role))
    client = app.test_client()
    sign_in(client, email)
    enrol(client)
    mine = text_in(session, "ko", by=account_by_email(session, email).id)
    if endpoint == "review.take_one_back":
        decide(session, mine, Decision.REJECT, by=make_account(session).id, now=NOW, reason="no")
    before = mine.state
    session.commit()
    assert send(client, session, mine, endpoint, OWN).status_code in (303, 403, 409, 422)
    session.refresh(mine)
    assert mine.state is before


def test_all_rights_together_do_not_let_one_person_publish_alone(app, session):
    client = staff_client(app, *Role)
    domain = make_domain(session, name="rights")
    session.commit()
    page = f"/staff/releases/{domain.name}"
    made = client.post(f"{page}/prepare", data={"csrf_token": value_of(client.get(page).text, "csrf_token")})
    assert made.status_code == 303
    shown = client.get(f"{page}/1").text
    seen = re.search(r'name="seen" value="([^"]*)"', shown)
    form = {"csrf_token": value_of(shown, "csrf_token"), "seen": seen.group(1) if seen else ""}
    assert client.post(f"{page}/1/confirm", data=form).status_code in (403, 409, 422)
    session.rollback()
    assert Release.numbered(session, domain.id, 1).confirmed_at is None
    assert live_now(session, domain.id) is None
