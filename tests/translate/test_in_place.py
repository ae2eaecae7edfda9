"""Public pages with texts that are not approved: seen by translators of the language, and nowhere else."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from threading import Thread

import pytest
from sqlalchemy import select, update

from advocacy.actions.propose import Proposal, propose
from advocacy.actions.unit_statuses import refresh_status
from advocacy.extensions import begin_writing
from advocacy.models import Message, Sighting, Translation, Unit
from advocacy.models.account import account_by_email
from advocacy.models.domain import INTERFACE, domain_by_name
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from advocacy.rules.review import TranslationState
from tests.actions.test_malice import ATTACKS
from tests.factories import SLUG, filled_form, make_account
from tests.pages import parsed
from tests.people import staff_client

APPEAL = f"/ko/appeals/{SLUG}"
IN_PLACE = f"/translate/ko/in-place/appeals/{SLUG}"
PUBLIC = [
    "",
    f"appeals/{SLUG}",
    f"appeals/{SLUG}/signatures",
    f"appeals/{SLUG}/support",
    f"appeals/{SLUG}/check-mail",
    f"appeals/{SLUG}/withdrawn",
    "privacy",
    "help-translate",
    "leave",
]


@pytest.fixture(autouse=True)
def _no_texts_left(app, session):
    """The units are those that ship: what a test proposed for them goes."""
    newest = session.scalar(select(Translation.id).order_by(Translation.id.desc()).limit(1)) or 0
    session.rollback()
    yield
    begin_writing(session)
    written = session.scalars(select(Translation.unit_id).where(Translation.id > newest).distinct()).all()
    session.query(Translation).filter(Translation.id > newest).delete()
    session.query(Sighting).delete()
    for number in written:
        refresh_status(session, session.get_one(Unit, number))
    session.commit()


@pytest.fixture
def blocks(session) -> list[Unit]:
    """The appeal's units in Korean."""
    return units_in(session, domain_by_name(session, f"appeal-{SLUG}").id, "ko")


@pytest.fixture
def phrase(session):
    """Finds the Korean unit of an interface message."""

    def find(source: str) -> Unit:
        where = Message.domain_id == domain_by_name(session, INTERFACE).id, Message.msgid == source
        return session.scalars(select(Unit).join(Message).where(Unit.language == "ko", *where)).one()

    return find


def write(session, unit: Unit, text: str, *, by: int | None = None, submit: bool = False) -> None:
    number = unit.id
    unit = begin_writing(session).get(Unit, number)
    propose(session, unit, Proposal(texts=[text], submit=submit), by=by, now=datetime.now(UTC))
    session.commit()


def number_of(session, email: str) -> int:
    session.rollback()
    return account_by_email(session, email).id


def seen(client, path: str = IN_PLACE, **asked: str) -> str:
    answer = client.get(path, query_string=asked)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_ones_own_text_comes_first_then_the_newest_that_waits_then_the_approved(
    translator, blocks, session, client
):
    mina, yuri = translator("Mina"), translator("Yuri")
    author = make_account(begin_writing(session)).id
    session.commit()
    block = blocks[3]
    released = client.get(APPEAL).text
    assert "기다리는 글" not in seen(mina.client)
    write(session, block, "기다리는 글 하나", by=author, submit=True)
    write(session, block, "기다리는 글 둘", by=number_of(session, yuri.email), submit=True)
    write(session, block, "미나의 초안", by=number_of(session, mina.email))
    hers, others = seen(mina.client), seen(translator("Rio", (Role.REVIEWER, "ko")).client)
    assert "미나의 초안" in hers
    assert "기다리는 글" not in hers
    assert "기다리는 글 둘" in others
    assert "기다리는 글 하나" not in others
    assert "미나의 초안" not in others  # a draft is its author's alone
    assert client.get(APPEAL).text.split("<form")[0] == released.split("<form")[0]


def test_a_text_for_an_older_source_is_not_shown(translator, blocks, session):
    mina = translator("Mina")
    write(session, blocks[3], "옛 원문의 번역", by=number_of(session, mina.email), submit=True)
    assert "옛 원문의 번역" in seen(mina.client)
    message = begin_writing(session).get(Unit, blocks[3].id).message
    kept = message.source_hash
    message.source_hash = "0" * 64
    session.commit()
    try:
        assert "옛 원문의 번역" not in seen(mina.client)
    finally:
        begin_writing(session)
        message.source_hash = kept
        session.commit()


def test_every_block_leads_to_its_text_and_says_in_words_how_it_stands(translator, blocks, session):
    mina = translator("Mina")
    write(session, blocks[3], "미나의 초안", by=number_of(session, mina.email))
    write(session, blocks[4], "기다리는 글", by=number_of(session, translator("Yuri").email), submit=True)
    page = seen(mina.client, language="en")
    links = {link.get("id"): link for link in parsed(page).iter("a") if link.get("class") == "handle noprint"}
    assert len(links) == len(blocks)
    for unit in blocks:
        assert links[f"unit-{unit.id}"].get("href") == f"/translate/ko/appeal-{SLUG}/{unit.id}"
    said = {number: "".join(link.itertext()) for number, link in links.items()}
    assert said[f"unit-{blocks[3].id}"] == "Open this text: Draft · yours"
    assert said[f"unit-{blocks[4].id}"] == "Open this text: Waits for review"
    assert said[f"unit-{blocks[0].id}"] == "Open this text: Approved"
    assert {link.get("lang") for link in links.values()} == {"en"}


def test_the_messages_that_a_page_used_stand_below_it_in_their_order(translator, phrase, session):
    mina = translator("Mina")
    unit = phrase("Read the original")
    write(session, unit, "원문 <b>보기</b>", by=number_of(session, mina.email))
    page = seen(mina.client, language="en")
    listed = page[page.index('id="in-place-texts"') :]
    assert f'<li id="unit-{unit.id}"><a href="/translate/ko/messages/{unit.id}"' in listed
    assert "Draft · yours" in listed
    assert listed.index("Read the original") < listed.index("Pass this letter on")
    assert "원문 &lt;b&gt;보기&lt;/b&gt;" in page
    numbers = re.findall(r'<li id="unit-(\d+)"', listed)
    assert len(numbers) == len(set(numbers)) > 20


def test_its_own_words_are_the_live_ones_in_the_language_of_who_looks(translator, phrase, session):
    """Else a text that is not approved could say to its readers at work what we say to them."""
    mina = translator("Mina")
    write(session, phrase("My languages"), "속임수", by=number_of(session, mina.email))
    assert "속임수" not in seen(mina.client, language="ko")
    page = seen(mina.client, language="zh-hant")
    tree = parsed(page)
    assert tree.get("lang") == "ko"
    assert tree.find(".//aside[@id='in-place-texts']").get("lang") == "zh-Hant"
    assert mina.client.get("/account/").text.count('lang="zh-Hant"')


@pytest.mark.parametrize("path", PUBLIC)
def test_nothing_can_be_sent_from_any_page(translator, path):
    answer = translator().client.get(f"/translate/ko/in-place/{path}")
    assert answer.status_code == 200
    page, tree = answer.text, parsed(answer.text)
    assert list(tree.iter("form")) == list(tree.iter("script")) == []
    fields = [*tree.iter("input"), *tree.iter("button"), *tree.iter("select"), *tree.iter("textarea")]
    assert fields
    assert all("disabled" in one.attrib for one in fields)
    assert [one for one in fields if one.get("type") == "hidden" or one.get("name") or one.get("form")] == []
    assert "stamp" not in re.findall(r'(?:name|value)="([^"]*)"', page)
    assert [one for one in tree.iter() if one.get("action") or one.get("formaction")] == []
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert len(tree.findall(".//main")) == len(tree.findall(".//h1")) == 1


@pytest.mark.parametrize("path", PUBLIC)
def test_no_cache_keeps_it_and_no_robot_reads_it(translator, path):
    answer = translator().client.get(f"/translate/ko/in-place/{path}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Content-Language"] == "ko"
    assert "Clear-Site-Data" not in answer.headers
    assert "Onion-Location" not in answer.headers
    assert answer.headers.get("Content-Encoding") is None
    assert answer.text.count('<meta name="robots"') == 1
    assert not re.search(r'rel="(canonical|alternate)"|property="og:', answer.text)


def test_links_stay_in_place_where_there_is_one(translator):
    mina = translator()
    page = seen(mina.client)
    assert 'href="/translate/ko/in-place/privacy#delete"' in page
    assert 'href="/translate/ko/in-place/leave"' in page
    assert f'href="/en/appeals/{SLUG}"' in page  # the original is nobody's translation
    assert 'href="#sign"' in page
    assert f'href="{IN_PLACE}" lang="ko"' in page
    assert 'hreflang="zh-Hant"' not in page  # not one of hers
    assert f'href="{APPEAL}"' in page[: page.index("<main")]  # the page as readers see it


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "appeals/nothing",
        "confirm/x",
        "withdraw/x",
        "question/x",
        f"appeals/{SLUG}/text/1",
        f"appeals/{SLUG}/sign",
        "remember",
        "/translate/",
        "../staff/",
        "translate/ko/messages",
    ],
)
def test_what_is_no_page_for_everybody_is_not_there(translator, path):
    assert translator().client.get(f"/translate/ko/in-place/{path}").status_code in (404, 308)


def test_only_who_works_in_the_language_sees_it(app, client, translator):
    strangers = client.get(IN_PLACE)
    assert strangers.headers["Location"] == f"/account/sign-in?next={IN_PLACE}"
    elsewhere = translator("", (Role.TRANSLATOR, "zh-Hant")).client
    assert elsewhere.get(IN_PLACE).status_code == 403
    for role in Role:
        if role.is_staff:
            assert staff_client(app, role).get(IN_PLACE).status_code == 403
    assert translator("", (Role.REVIEWER, "ko")).client.get(IN_PLACE).status_code == 200
    assert translator().client.post(IN_PLACE, data=filled_form(app)).status_code == 405


def test_it_speaks_every_language_and_in_the_source_there_is_nothing_to_translate(translator):
    mina = translator("", *((Role.TRANSLATOR, one.tag) for one in LANGUAGES))
    for one in LANGUAGES:
        for path in PUBLIC:
            page = seen(mina.client, f"/translate/{one.slug}/in-place/{path}")
            assert parsed(page).get("lang") == one.tag
    assert "There is nothing to translate" in seen(mina.client, "/translate/en/in-place/", language="en")


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_whatever_a_draft_says_is_text(translator, blocks, phrase, session, attack):
    """Drafts pass no check: they are shown as they are, in a title, a block, a phrase, a filled one."""
    mina = translator("Mina")
    number, text = number_of(session, mina.email), attack.text[:20_000]
    sources = ("Read the original", "Sign the petition", "Pass this letter on", "Posted on %(date)s.")
    for unit in (blocks[0], blocks[3], *(phrase(source) for source in sources)):
        begin_writing(session)
        session.add(
            Translation(
                unit_id=unit.id,
                texts=[text],
                author_id=number,
                state=TranslationState.DRAFT,
                msgid=unit.message.msgid,
                source_hash=unit.message.source_hash,
                content_hash=unit.message.content_hash([text]),
                created_at=datetime.now(UTC),
            )
        )
        session.commit()
    for path in ("", f"appeals/{SLUG}", f"appeals/{SLUG}/signatures"):
        page = seen(mina.client, f"/translate/ko/in-place/{path}")
        tree = parsed(page) if not re.search(r"[\x00-\x08\x1b]", page) else None
        assert "<script" not in page
        assert not re.search(r"<[^>]*\s(style|on\w+)=", re.sub(r'"[^"]*"', '""', page))
        assert "evil" not in "".join(re.findall(r'(?:href|src)="([^"]*)"', page))
        if tree is not None:
            assert list(tree.iter("img")) == list(tree.iter("form")) == []
    assert text.strip() in unescape(seen(mina.client)) or not text.strip()


MARKS = ("몰래블록", "몰래문구", "몰래각주")
LEAST = 40
"""Pages of each kind that are asked for."""


class Crowd:
    """Browsers that ask for pages until enough have been answered; `wrong` is what should not have been."""

    def __init__(self, app) -> None:
        self.app, self.wrong, self.answers = app, [], {"public": 0, "in place": 0}

    def ask(self, kind: str, *paths: str, cookie: str | None = None) -> None:
        browser = self.app.test_client()
        if cookie:
            browser.set_cookie("session", cookie)
        while min(self.answers.values()) < LEAST and not self.wrong:
            for path in paths:
                answer = browser.get(path)
                found = [mark for mark in MARKS if mark in answer.text]
                kept = answer.headers["Cache-Control"].startswith("public")
                if answer.status_code != 200 or kept is bool(cookie) or bool(found) is kept:
                    self.wrong.append((path, answer.status_code, found))
                self.answers[kind] += 1


def test_drafts_and_public_pages_asked_for_at_once_never_mix(
    app, translator, blocks, phrase, session, client
):
    """A draft is in one request; whatever else the process answers meanwhile is as it was released."""
    mina = translator("Mina")
    number = number_of(session, mina.email)
    for unit, mark in zip((blocks[3], phrase("Read the original"), phrase("Privacy")), MARKS, strict=True):
        write(session, unit, mark, by=number)
    cookie, crowd = mina.client.get_cookie("session").value, Crowd(app)
    public = [APPEAL, "/ko/", f"{APPEAL}/signatures"]
    people = [Thread(target=crowd.ask, args=("public", *public)) for _ in range(3)]
    for _ in range(2):
        drafts = ("in place", IN_PLACE, "/translate/ko/in-place/")
        people.append(Thread(target=crowd.ask, args=drafts, kwargs={"cookie": cookie}))
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert crowd.wrong == []
    assert crowd.answers["public"] >= LEAST <= crowd.answers["in place"]
    assert not any(mark in client.get(APPEAL).text for mark in MARKS)


def test_after_it_the_request_is_as_before(app, translator, session, phrase):
    """The 404 that a public view answers is told by the live catalogs in the language of who asked."""
    mina = translator("Mina")
    write(session, phrase("Skip to the text"), "몰래", by=number_of(session, mina.email))
    answer = mina.client.get("/translate/ko/in-place/appeals/nothing?language=zh-hant")
    assert answer.status_code == 404
    assert parsed(answer.text).get("lang") == "zh-Hant"
    assert "몰래" not in answer.text


def test_the_editor_leads_to_the_block_and_to_the_page_where_a_message_was_last_seen(
    translator, blocks, phrase, session
):
    mina = translator("Mina")
    mina.at = f"/translate/ko/appeal-{SLUG}"
    assert f'href="{IN_PLACE}#unit-{blocks[3].id}"' in mina.open(blocks[3])
    unit = phrase("Read the original")
    mina.at = "/translate/ko/messages"
    assert "See it in place" not in mina.open(unit)
    seen(mina.client)
    page = mina.open(unit)
    assert "See it in place" in page
    assert f'href="{IN_PLACE}#unit-{unit.id}"' in page
    session.rollback()
    first = {one.message_id: one.seen_at for one in session.scalars(select(Sighting))}
    privacy = phrase("Privacy")
    seen(mina.client, "/translate/ko/in-place/privacy")
    assert f'href="{IN_PLACE}#unit-{privacy.id}"' in mina.open(privacy)  # seen there today already
    session.rollback()
    begin_writing(session).execute(update(Sighting).values(seen_at=datetime.now(UTC) - timedelta(days=2)))
    session.commit()
    seen(mina.client, "/translate/ko/in-place/privacy")
    assert f'href="/translate/ko/in-place/privacy#unit-{privacy.id}"' in mina.open(privacy)
    session.rollback()
    assert session.get(Sighting, privacy.message_id).seen_at > first[privacy.message_id]


def test_a_message_that_no_page_showed_says_where_it_stands_in_the_code(translator, phrase):
    mina = translator()
    mina.at = "/translate/ko/messages"
    page = mina.open(phrase("Read the original"))
    assert "public/appeal.html" in page


def test_from_a_text_under_review_it_is_one_link_to_how_the_page_will_look(translator, blocks, session):
    author = make_account(begin_writing(session)).id
    session.commit()
    write(session, blocks[3], "기다리는 글입니다.", by=author, submit=True)
    number = session.scalar(select(Translation.id).order_by(Translation.id.desc()))
    session.rollback()
    rio = translator("Rio", (Role.REVIEWER, "ko")).client
    page = rio.get(f"/staff/review/{number}").text
    (link,) = re.findall(rf'href="(/translate/ko/in-place/[^"#]*)#unit-{blocks[3].id}"', page)
    there = rio.get(link).text
    assert "기다리는 글입니다." in there
    assert f'id="unit-{blocks[3].id}"' in there
