"""Policies, second opinions, the order of the queue and who is asked, as people use them on the pages."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from advocacy.actions.sync_messages import Source
from advocacy.models import Notice, Policy, Release, Translation
from advocacy.models.account import account_by_email
from advocacy.models.unit import units_in
from advocacy.rules.permissions import Role
from advocacy.rules.policies import PAUSE
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import make_account, make_domain, make_submitted
from tests.pages import errors_in, parsed, title_of
from tests.people import add_person, post, sign_in, staff_client

QUEUE, POLICIES = "/staff/review", "/staff/policies"


def client_of(app, *roles: tuple[Role, str | None], name: str = ""):
    client = app.test_client()
    client.email = add_person(app, *roles, name=name)
    sign_in(client, client.email)
    client.get("/account/?language=en")
    return client


@pytest.fixture
def administrator(app):
    client = staff_client(app, Role.ADMINISTRATOR)
    client.get("/account/?language=en")
    return client


@pytest.fixture
def reviewer(app):
    return client_of(app, (Role.REVIEWER, "ko"), name="Rio")


@pytest.fixture
def units(session):
    domain = make_domain(
        session, Source(None, "Sign the petition"), Source(None, "30 days left"), Source(None, "Thank you")
    )
    found = units_in(session, domain.id, "ko")
    session.commit()
    return found


@pytest.fixture
def waiting(session, units) -> list[int]:
    """Three texts that wait, the second of them with a number that is not the source's."""
    author = make_account(session, (Role.TRANSLATOR, "ko"), name="Mina")
    texts = ("청원에 서명하기", "20일 남았습니다", "고맙습니다")
    found = [
        make_submitted(session, unit, text, by=author).id for unit, text in zip(units, texts, strict=True)
    ]
    session.commit()
    return found


def one(number: int) -> str:
    return f"{QUEUE}/{number}"


def rows(page: str) -> list[str]:
    """The texts in the queue, in order."""
    table = next(node for node in parsed(page).iter("table") if node.get("class") == "table")
    return ["".join(row.itertext()) for row in table.find("tbody")]


# Policies


def test_an_administrator_sets_what_a_language_demands_and_reviewers_read_it(
    app, session, administrator, reviewer, waiting
):
    answer = post(
        administrator, f"{POLICIES}/small/texts", POLICIES, **{"texts-all": "1", "texts-ko": "2-all"}
    )
    assert answer.status_code == 303
    page = administrator.get(POLICIES).text
    parsed(page)
    assert "It is kept, and holds from now on." in page
    page = reviewer.get(one(waiting[0])).text
    assert "Before anybody approves, 2 more speakers of the language say yes." in page
    assert "It cannot be approved yet: 2 more speakers have to say yes." in page
    assert 'value="approve"' not in page
    assert 'value="reject"' in page
    answer = post(administrator, f"{POLICIES}/small/texts", POLICIES, **{"texts-all": "1", "texts-ko": ""})
    assert 'value="approve"' in reviewer.get(one(waiting[0])).text


@pytest.mark.parametrize(
    "fields", [{"texts-all": "7"}, {"texts-all": ""}, {"texts-all": "0", "texts-ko": "x"}]
)
def test_what_is_not_in_the_list_is_refused(session, administrator, units, fields):
    answer = post(administrator, f"{POLICIES}/small/texts", POLICIES, **fields)
    assert answer.status_code == 422
    parsed(answer.text)
    assert title_of(answer.text).startswith("Error: ")
    assert errors_in(answer.text) == ["Choose one of those in the list."]
    assert session.scalars(select(Policy)).all() == []


@pytest.mark.parametrize(
    ("why", "message"),
    [(" ", "Say why: it goes into the log."), ("x" * 501, "At most 500 characters, please.")],
)
def test_letting_one_person_publish_needs_a_reason(session, administrator, units, why, message):
    answer = post(administrator, f"{POLICIES}/small/people", POLICIES, people="one", why=why)
    assert (answer.status_code, errors_in(answer.text)) == (422, [message])
    assert why.strip() in answer.text
    assert session.scalars(select(Policy)).all() == []


def test_one_person_publishes_after_a_day_and_the_release_says_so(app, session, administrator, units):
    domain, path, desk = units[0].message.domain_id, f"{POLICIES}/small/people", "/staff/releases/small"
    session.rollback()
    assert post(administrator, path, POLICIES, people="one", why="We are two.").status_code == 303
    assert "Two people publish until" in administrator.get(POLICIES).text
    publisher = staff_client(app, Role.PUBLISHER)
    publisher.get("/account/?language=en")
    assert post(publisher, f"{desk}/prepare", desk).status_code == 303
    page = publisher.get(f"{desk}/1").text
    assert "You prepared this one." in page
    assert "Two people publish until" in page
    session.execute(update(Policy).values(alone_from=datetime.now(UTC) - PAUSE))
    session.commit()
    page = publisher.get(f"{desk}/1").text
    assert "One person may publish alone since" in page
    assert "We are two." in page
    post(publisher, f"{desk}/1/confirm", f"{desk}/1", seen="nothing")
    relaxed = session.scalar(select(Release.relaxed_entry).where(Release.domain_id == domain))
    session.rollback()
    assert f"Entry {relaxed} of the log allowed it." in publisher.get(f"{desk}/1").text
    assert "One person" in publisher.get(desk).text
    assert post(administrator, path, POLICIES, people="two").status_code == 303
    assert "One person prepared and confirmed this release." in publisher.get(f"{desk}/1").text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER, Role.MODERATOR])
def test_only_an_administrator_sets_policies(app, units, role):
    client = staff_client(app, role)
    for path in ("/small/texts", "/small/people"):
        assert post(client, POLICIES + path, "/account/", people="one", why="so").status_code == 403


# Second opinions


def test_a_translator_says_no_and_then_yes_and_the_reviewer_reads_it(app, session, waiting, reviewer):
    other = client_of(app, (Role.TRANSLATOR, "ko"), name="Sora")
    path = f"{one(waiting[0])}/opinion"
    answer = post(other, path, answer="no", words=" ")
    assert (answer.status_code, errors_in(answer.text)) == (
        422,
        ["Say what is wrong: the reviewer reads it."],
    )
    assert 'value="no" checked' in answer.text
    assert errors_in(post(other, path, words="Hm").text) == ["Say yes or no."]
    assert post(other, path, answer="no", words="The <b>tone</b>").status_code == 303
    page = reviewer.get(one(waiting[0])).text
    assert "No: 1" in page
    assert "Sora" in page
    assert "The &lt;b&gt;tone&lt;/b&gt;" in page
    assert post(other, path, answer="yes", words="").status_code == 303
    assert "Yes: 1" in reviewer.get(one(waiting[0])).text


def test_a_draft_of_another_is_nobodys_to_judge(app, session, waiting):
    session.execute(update(Translation).where(Translation.id == waiting[0]).values(state="draft"))
    session.commit()
    other = client_of(app, (Role.TRANSLATOR, "ko"))
    assert other.get(f"{one(waiting[0])}/opinion").status_code == 404
    assert client_of(app, (Role.TRANSLATOR, "zh-Hans")).get(f"{one(waiting[1])}/opinion").status_code == 403


def test_who_is_asked_finds_it_in_her_news(app, session, waiting, reviewer):
    sora = client_of(app, (Role.TRANSLATOR, "ko"), name="Sora")
    number = account_by_email(session, sora.email).id
    session.rollback()
    answer = post(reviewer, f"{one(waiting[0])}/ask", one(waiting[0]), person=str(number))
    assert "1 person is asked." in reviewer.get(answer.location).text
    page = sora.get("/account/news").text
    assert "Your opinion on a text is asked for." in page
    assert f'href="{one(waiting[0])}/opinion"' in page
    post(reviewer, f"{one(waiting[0])}/ask", one(waiting[0]), person=str(number))
    assert "has been asked already" in reviewer.get(one(waiting[0])).text
    assert post(reviewer, f"{one(waiting[0])}/ask", one(waiting[0]), person="nobody").status_code == 422


# The queue


def test_the_queue_puts_what_is_risky_first_and_says_why(reviewer, waiting):
    page = reviewer.get(QUEUE, query_string={"order": "risk"}).text
    assert "30 days left" in rows(page)[0]
    assert "Not as in the source" in rows(page)[0]
    assert "Author new here" in rows(page)[0]
    assert "Sign the petition" in rows(reviewer.get(QUEUE).text)[0]
    assert "Thank you" in rows(reviewer.get(QUEUE, query_string={"order": "newest"}).text)[0]
    only = rows(reviewer.get(QUEUE, query_string={"risk": "differs"}).text)
    assert ["30 days left" in row for row in only] == [True]


@pytest.mark.parametrize(("order", "way"), [("", [0, 1, 2]), ("newest", [2, 1, 0]), ("risk", None)])
def test_links_lead_through_the_queue_and_back(reviewer, waiting, order, way):
    query = {"order": order} if order else {}
    if way is None:
        page = reviewer.get(QUEUE, query_string=query).text
        names = ["Sign the petition", "30 days left", "Thank you"]
        way = [next(place for place, name in enumerate(names) if name in row) for row in rows(page)]
    for place, number in enumerate(way):
        tree = parsed(reviewer.get(one(waiting[number]), query_string=query).text)
        links = {node.get("rel"): node.get("href") for node in tree.iter("a") if node.get("rel")}
        expected = {}
        if place:
            expected["prev"] = one(waiting[way[place - 1]])
        if place < len(way) - 1:
            expected["next"] = one(waiting[way[place + 1]])
        assert {rel: href.partition("?")[0] for rel, href in links.items()} == expected


def test_a_reviewer_is_asked_to_review_and_others_may_all_the_same(app, session, waiting, reviewer):
    jiwoo = client_of(app, (Role.REVIEWER, "ko"), name="Jiwoo")
    number = account_by_email(session, jiwoo.email).id
    chinese = make_account(session, (Role.REVIEWER, "zh-Hans")).id
    session.commit()
    path = one(waiting[1])
    assert post(reviewer, f"{path}/assign", path, person=str(chinese)).status_code == 303
    assert "Nobody was asked" in reviewer.get(path).text
    answer = post(reviewer, f"{path}/assign", path, person=str(number))
    assert "Jiwoo is asked to review it." in reviewer.get(answer.location).text
    mine = rows(jiwoo.get(QUEUE, query_string={"mine": "yes"}).text)
    assert ["30 days left" in row for row in mine] == [True]
    assert "You are asked to review a text." in jiwoo.get("/account/news").text
    assert session.query(Notice).filter_by(account_id=number, translation_id=waiting[1]).count() == 1
    assert 'value="approve"' in reviewer.get(path).text
    post(reviewer, f"{path}/assign", path, person="")
    assert "Nobody in particular is asked to review it." in reviewer.get(path).text
