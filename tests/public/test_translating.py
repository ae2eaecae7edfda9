"""What the public site says of translating: how it is done, and who did it."""

import re

import pytest

from advocacy.actions.decide import decide
from advocacy.actions.sync_messages import Source
from advocacy.extensions import begin_writing
from advocacy.models import Account
from advocacy.models.audit_entry import AuditEntry
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import NOW, SLUG, make_account, make_domain, make_submitted
from tests.pages import parsed
from tests.people import PASSWORD, add_person, post, sign_in

PAGE = "/ko/translators"


@pytest.fixture
def work(session):
    """Gives texts of six words each that somebody wrote in Korean and somebody else approved."""

    def approve(name: str, number: int, *, credited: bool = True) -> int:
        begin_writing(session)
        author, reviewer = make_account(session, name=name), make_account(session)
        author.credited = credited
        sources = [Source(f"{name}{index}", "Six words are in this text") for index in range(number)]
        domain = make_domain(session, *sources, name=f"of {name}")
        for unit in units_in(session, domain.id, "ko"):
            text = make_submitted(session, unit, "이 글은 여섯 낱말입니다", by=author)
            decide(session, text, Decision.APPROVE, by=reviewer.id, now=NOW)
        session.commit()
        return author.id

    return approve


def named(client, path: str = PAGE) -> list[tuple[str, str]]:
    rows = parsed(client.get(path).text).findall(".//tbody/tr")
    return [("".join(row[0].itertext()), row[1].text) for row in rows]


def test_who_asked_for_it_is_named_in_the_order_of_the_alphabet(client, work):
    work("Yuri", 3)
    work("abel", 1)
    work("Mina", 2, credited=False)
    assert named(client) == [("abel", "6"), ("Yuri", "18")]
    assert named(client, "/zh-hans/translators") == []
    assert client.get(PAGE).headers["Cache-Control"].startswith("public")


def test_a_text_that_was_replaced_counts_and_a_source_only_once(client, work, session):
    author = work("Yuri", 1)
    begin_writing(session)
    domain = make_domain(
        session, Source("Yuri0", "Six words are in this text"), Source("b", "One more"), name="of Yuri"
    )
    first, second = units_in(session, domain.id, "ko")
    reviewer = make_account(session).id
    writer = session.get(Account, author)
    again = make_submitted(session, first, "여섯 낱말로 된 글입니다", by=writer)
    decide(session, again, Decision.APPROVE, by=reviewer, now=NOW)
    make_submitted(session, second, "하나 더", by=writer)  # waits
    session.commit()
    assert named(client) == [("Yuri", "6")]


def test_one_asks_for_it_oneself_and_can_stop_it(app, client, session, work):
    work("Yuri", 1)
    browser = app.test_client()
    sign_in(browser, add_person(app, (Role.TRANSLATOR, "ko"), name="Mina"))
    page = browser.get("/account/?language=en").text
    box = next(one for one in parsed(page).iter("input") if one.get("id") == "credited")
    assert "checked" not in box.attrib  # off unless she says so
    before = session.query(AuditEntry).filter_by(act="account.credit").count()
    session.rollback()
    for said, checked in (({"credited": "yes"}, True), ({"credited": "yes"}, True), ({}, False)):
        assert post(browser, "/account/credit", page="/account/", **said).status_code == 303
        box = next(
            one for one in parsed(browser.get("/account/").text).iter("input") if one.get("id") == "credited"
        )
        assert ("checked" in box.attrib) is checked
    session.rollback()
    assert session.query(AuditEntry).filter_by(act="account.credit").count() == before + 2
    assert [name for name, _ in named(client)] == ["Yuri"]


def test_a_deleted_account_vanishes(app, client, session, work):
    browser = app.test_client()
    email = add_person(app, (Role.TRANSLATOR, "ko"), name="Mina")
    sign_in(browser, email)
    post(browser, "/account/credit", page="/account/", credited="yes")
    begin_writing(session)
    unit = units_in(session, make_domain(session).id, "ko")[0]
    mina = session.query(Account).filter_by(email=email).one()
    text = make_submitted(session, unit, "청원에 서명하기", by=mina)
    decide(session, text, Decision.APPROVE, by=make_account(session).id, now=NOW)
    session.commit()
    assert named(client) == [("Mina", "3")]
    post(browser, "/account/delete", password=PASSWORD)
    assert named(client) == []
    assert "Former" not in client.get("/en/translators").text


def test_a_name_is_text(client, work):
    work("<b>Yuri</b>", 1)
    assert "&lt;b&gt;Yuri&lt;/b&gt;" in client.get(PAGE).text


@pytest.mark.parametrize("slug", [language.slug for language in LANGUAGES])
def test_both_pages_are_linked_from_where_one_looks_for_them(client, slug):
    for path in (f"/{slug}/help-translate", f"/{slug}/translators"):
        assert f'href="/{slug}/translating"' in client.get(path).text
    appeal = client.get(f"/{slug}/appeals/{SLUG}").text
    assert f'href="/{slug}/translators"' in appeal[appeal.index("<footer") :]
    assert len(parsed(client.get(f"/{slug}/translating").text).findall(".//h2")) == 13


def pictures(client, slug: str) -> list:
    return list(parsed(client.get(f"/{slug}/translating").text).iter("img"))


@pytest.mark.parametrize("slug", [language.slug for language in LANGUAGES])
def test_the_guide_shows_the_pages_in_its_own_language(client, slug):
    found = pictures(client, slug)
    names = [picture.get("src").rpartition("/")[2] for picture in found]
    assert names == [f"{name}-{slug}.png" for name in ("list", "editor", "in-place")]
    for picture in found:
        answer = client.get(picture.get("src"))
        assert answer.status_code == 200
        assert answer.content_type == "image/png"
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.data.startswith(b"\x89PNG\r\n\x1a\n")
        size = [int.from_bytes(answer.data[place : place + 4], "big") for place in (16, 20)]
        assert [picture.get("width"), picture.get("height")] == list(map(str, size))
        assert size[0] <= 900
        assert len(answer.data) <= 90 * 1024
        assert picture.get("loading") == "lazy"


def test_every_picture_is_said_in_words_of_the_language(client):
    said = {
        language.slug: [one.get("alt") for one in pictures(client, language.slug)] for language in LANGUAGES
    }
    words = [text for texts in said.values() for text in texts]
    assert all(len(text) > 10 for text in words)
    assert len(set(words)) == 3 * len(said)


@pytest.mark.parametrize("slug", [language.slug for language in LANGUAGES])
def test_the_guide_without_its_pictures_is_as_light_as_an_appeal(client, slug):
    ask = {"Accept-Encoding": "br"}
    page = client.get(f"/{slug}/translating", headers=ask)
    links = re.findall(
        r'<link rel="(?:stylesheet|icon)" href="([^"]+)"', client.get(f"/{slug}/translating").text
    )
    assert len(links) == 2
    assert len(page.data) + sum(len(client.get(link, headers=ask).data) for link in links) <= 15 * 1024
