"""What is new: the page, the mail as often as one wants it, and an end to it by one press."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from advocacy.account.news import no_mail_token
from advocacy.actions.decide import decide
from advocacy.actions.join import apply_to_translate
from advocacy.actions.releases import build_release
from advocacy.cli.mail import compose
from advocacy.models import Account, Grant, Notice
from advocacy.models.account import account_by_email
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.notices import Rhythm
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision
from advocacy.web.postman import Postman
from advocacy.web.transports import SmtpTransport
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import NOW, make_account, make_approved, make_domain, make_submitted
from tests.mails import html_of, text_of
from tests.pages import parsed, value_of
from tests.people import add_person, make_wish, post, sign_in, staff_client
from tests.servers import smtp_peer

NEWS = "/account/news"
REASON = "높임말로 써 주세요."


@pytest.fixture
def email(app):
    return add_person(app, (Role.TRANSLATOR, "ko"))


@pytest.fixture
def person(client, email):
    sign_in(client, email)
    return client


def send_back(session, email: str, *, times: int = 1) -> None:
    """A text of the account is sent back, so many times."""
    author = account_by_email(session, email)
    unit = units_in(session, make_domain(session, name="news").id, "ko")[0]
    for number in range(times):
        text = make_submitted(session, unit, f"서명 {number}", by=author)
        decide(session, text, Decision.CHANGES, by=make_account(session).id, now=NOW, reason=REASON)
    session.commit()


def account_of(session, email: str) -> Account:
    session.rollback()
    return session.scalar(select(Account).where(Account.email == email))


def test_the_page_shows_what_was_decided_why_and_what_it_was_about(person, email, session):
    assert "Nothing is new." in person.get(f"{NEWS}?language=en").text
    send_back(session, email)
    page = person.get(f"{NEWS}?language=ko").text
    assert REASON in page
    assert "Sign the petition" in page
    assert "(1)" in person.get("/account/").text
    answer = person.post(NEWS, data={"csrf_token": value_of(page, "csrf_token"), "newest": "99999999"})
    assert answer.headers["Location"] == NEWS
    assert REASON in person.get(NEWS).text
    assert "(1)" not in person.get("/account/").text


def test_what_came_after_the_page_was_shown_stays_unread(person, email, session):
    send_back(session, email)
    seen = value_of(person.get(NEWS).text, "newest")
    send_back(session, email)
    post(person, NEWS, newest=seen)
    assert "(1)" in person.get(NEWS).text


def test_nobody_sees_or_marks_what_is_new_for_others(app, person, email, session):
    send_back(session, email)
    other = app.test_client()
    sign_in(other, add_person(app, (Role.TRANSLATOR, "ko")))
    assert REASON not in other.get(NEWS).text
    post(other, NEWS, "/account/", newest="99999999")
    assert "(1)" in person.get(NEWS).text


def test_older_news_are_a_page_away(person, email, session):
    send_back(session, email, times=35)
    page = person.get(f"{NEWS}?language=en")
    assert len(list(parsed(page.text).iter("section"))) == 30
    older = re.search(r'href="(/account/news\?before=\d+)"', page.text).group(1)
    assert len(list(parsed(person.get(older).text).iter("section"))) == 5
    assert person.get(f"{NEWS}?before=x").status_code == 200


def test_what_waits_for_staff_is_on_top_and_leads_to_where_it_is_done(app, session):
    admin = staff_client(app, Role.ADMINISTRATOR)
    apply_to_translate(session, make_wish(), now=datetime.now(UTC))
    session.commit()
    page = admin.get(f"{NEWS}?language=en").text
    assert '<a class="inlink" href="/staff/people/">1 application waits for an answer.</a>' in page


def test_everybody_chooses_how_often_mail_comes_and_its_language(person, email, session):
    assert account_of(session, email).rhythm is Rhythm.DAILY
    post(person, "/account/mail", "/account/", rhythm="weekly", mail_language="zh-Hant")
    account = account_of(session, email)
    assert (account.rhythm, account.mail_language) == (Rhythm.WEEKLY, "zh-Hant")
    assert "設定" in person.get("/account/?language=zh-hant").text
    post(person, "/account/mail", "/account/", rhythm="nonsense", mail_language="xx")
    assert account_of(session, email).rhythm is Rhythm.WEEKLY


def digest_for(app, session, email: str, language: str):
    """The mail about a text that was sent back, by a real SMTP conversation."""
    values = {"rhythm": Rhythm.AT_ONCE, "mail_language": language}
    session.execute(update(Account).where(Account.email == email).values(**values))
    send_back(session, email)
    session.execute(update(Notice).values(made_at=datetime.now(UTC) - timedelta(minutes=5)))
    session.commit()
    with smtp_peer() as (mailbox, url):
        postman = Postman(app, SmtpTransport(url), compose)
        assert postman.write_digests() == 1
        assert postman.write_digests() == 0
        while postman.deliver_due():
            pass
        (mail,) = mailbox.to(email)
    return mail


@pytest.mark.parametrize(
    ("language", "subject"),
    [("ko", "새 소식"), ("en", "What is new"), ("zh-Hans", "新动态"), ("zh-Hant", "新動態")],
)
def test_a_digest_is_in_ones_language_and_tells_nothing(app, session, email, language, subject):
    mail = digest_for(app, session, email, language)
    assert mail["Subject"] == subject
    assert mail["Content-Language"] == language
    parsed(html_of(mail))
    for text in (text_of(mail), html_of(mail)):
        assert REASON not in text
        assert "Sign the petition" not in text
        assert email not in text
    slug = LANGUAGES.by_tag(language).slug
    assert f"http://127.0.0.1:8000/account/news?language={slug}" in text_of(mail)


def test_one_press_in_the_mail_program_ends_it(app, client, session, email):
    mail = digest_for(app, session, email, "ko")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.fullmatch(r"<http://127\.0\.0\.1:8000(\S+)>", mail["List-Unsubscribe"]).group(1)
    assert link in text_of(mail)
    assert "그만 받기" in client.get(link).text  # a scanner that opens links ends nothing
    assert account_of(session, email).rhythm is Rhythm.AT_ONCE
    assert client.post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert account_of(session, email).rhythm is Rhythm.OFF


@pytest.mark.parametrize("token", ["x", "MQ.nonsense", "1"])
def test_nobody_ends_the_mail_of_others(app, client, email, session, token):
    assert client.get(f"/account/no-more-mail/{token}").status_code == 404
    assert client.post(f"/account/no-more-mail/{token}").status_code == 404
    assert account_of(session, email).rhythm is Rhythm.DAILY


def test_a_link_to_an_account_that_is_gone_is_no_fault(app, client, email, session):
    with app.app_context():
        token = no_mail_token(2147483647)
    assert client.post(f"/account/no-more-mail/{token}").status_code == 200


def test_a_release_that_waits_leads_to_where_it_is_confirmed(app, session):
    publisher = staff_client(app, Role.PUBLISHER)
    domain = make_domain(session, name="news")
    make_approved(session, units_in(session, domain.id, "ko")[0], "청원에 서명하기")
    build_release(session, domain, LANGUAGES, by=make_account(session, (Role.PUBLISHER, None)).id, now=NOW)
    session.commit()
    assert 'href="/staff/releases/news"' in publisher.get(NEWS).text


def test_a_text_is_opened_from_the_news_by_those_who_may_read_it(app, person, email, session):
    send_back(session, email)
    path = re.search(r'href="(/translate/ko/news/\d+)"', person.get(NEWS).text).group(1)
    assert person.get(path).status_code == 200
    session.execute(delete(Grant).where(Grant.account_id == account_of(session, email).id))
    session.commit()
    page = person.get(NEWS).text
    assert REASON in page
    assert path not in page
