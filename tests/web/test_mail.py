"""Mail by a real SMTP conversation."""

import smtplib
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from threading import Event, Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from advocacy.actions import outbox
from advocacy.extensions import begin_writing, db
from advocacy.models import OutgoingMail
from advocacy.public.mails import compose
from advocacy.web.letters import POLICY
from advocacy.web.postman import Postman
from advocacy.web.transports import FolderTransport, NotNowError, RefusedError, SmtpTransport, transport_for
from tests.factories import SLUG, filled_form
from tests.mails import html_of, sent_mails, text_of
from tests.pages import parsed
from tests.servers import Mailbox, free_port, smtp_peer, until

TELLING = ("서명", "청원", "签", "请愿", "簽", "請願", "petition", "signature", "appeal")
SUBJECTS = {
    "ko": "서명을 확인해 주세요",
    "en": "Please confirm your signature",
    "zh-hans": "请确认您的签名",
    "zh-hant": "請確認您的簽署",
}


@pytest.fixture
def peer():
    with smtp_peer() as (mailbox, url):
        yield mailbox, SmtpTransport(url)


@pytest.fixture
def signed(client, app):
    """Signs with an address; returns the address."""

    def sign(address="minjung@example.org", language="ko", **changes) -> str:
        answer = client.post(
            f"/{language}/appeals/{SLUG}/sign", data=filled_form(app, email=address, **changes)
        )
        assert answer.status_code == 303
        return address

    return sign


def waiting(session) -> list[OutgoingMail]:
    session.rollback()
    return list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


@pytest.mark.parametrize("language", SUBJECTS)
def test_a_mail_is_in_the_signers_language_plain_text_first(app, signed, peer, language):
    mailbox, transport = peer
    address = signed(language=language)
    assert Postman(app, transport, compose).deliver_due() == 1
    (mail,) = mailbox.to(address)
    assert mail["Subject"] == SUBJECTS[language]
    assert mail["From"].addresses[0].addr_spec == "post@127.0.0.1"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail["Content-Language"].lower() == language
    tree = parsed(html_of(mail))
    assert tree.get("lang").lower() == language
    assert list(tree.iter("img")) == list(tree.iter("script")) == []
    links = {anchor.get("href") for anchor in tree.iter("a")}
    assert len(links) == 3  # to confirm, to delete, and to the very text
    assert all(link in text_of(mail) for link in links)


def test_a_name_is_text_in_the_mail_too(app, signed, peer):
    mailbox, transport = peer
    address = signed(name="O’Brien '' Ko", language="en")
    Postman(app, transport, compose).deliver_due()
    mail = mailbox.to(address)[0]
    assert "Dear O’Brien '' Ko," in text_of(mail)
    assert "O’Brien &#39;&#39; Ko" in html_of(mail)


@pytest.mark.parametrize("language", SUBJECTS)
def test_a_discreet_mail_names_neither_the_appeal_nor_the_signer(app, client, signed, language):
    title = client.get(f"/{language}/appeals/{SLUG}").text.split("<h1>")[1].split("</h1>")[0]
    signed(language=language, discreet="yes", name="Canary")
    client.post(text_of(sent_mails(app)[0]).split("http://127.0.0.1:8000")[1].split()[0])
    signed(language=language)
    first, second = sent_mails(app)
    assert first["Subject"] == second["Subject"]
    for mail in (first, second):
        seen = f"{mail['Subject']} {mail['From']} {text_of(mail)} {html_of(mail)}"
        for word in (title, "Canary", "김민정", *TELLING):
            assert word not in seen


def test_a_server_that_is_busy_gets_the_same_mail_later(app, session, signed, peer):
    mailbox, transport = peer
    mailbox.refuse = ["451 try later"]
    address = signed()
    message_id = waiting(session)[0].message_id
    postman = Postman(app, transport, compose)
    assert postman.deliver_due() == 1
    (mail,) = waiting(session)
    assert mail.attempts == 1
    assert datetime.now(UTC) < mail.due_at < datetime.now(UTC) + timedelta(minutes=1)
    session.execute(update(OutgoingMail).values(due_at=datetime.now(UTC)))
    session.commit()
    postman.deliver_due()
    assert [message["Message-ID"] for message in mailbox.to(address)] == [message_id]
    assert waiting(session) == []


def test_a_server_that_refuses_for_good_is_not_asked_again(app, session, signed, peer):
    mailbox, transport = peer
    mailbox.refuse = ["550 no such user"]
    signed()
    Postman(app, transport, compose).deliver_due()
    assert waiting(session) == []
    assert mailbox.messages == []


def test_a_server_that_is_away_keeps_nothing_from_being_sent_later(app, session, signed):
    signed("a@example.org")
    signed("b@example.org")
    Postman(app, SmtpTransport(f"smtp://127.0.0.1:{free_port()}"), compose).deliver_due()
    assert [mail.attempts for mail in waiting(session)] == [1, 1]


def test_one_unwritable_mail_does_not_keep_back_the_others(app, session, signed, peer):
    mailbox, transport = peer
    signed("a@example.org")
    signed("b@example.org")
    first = waiting(session)[0]
    session.execute(update(OutgoingMail).where(OutgoingMail.id == first.id).values(contents=b"damaged"))
    session.commit()
    Postman(app, transport, compose).deliver_due()
    assert len(mailbox.to("b@example.org")) == 1
    assert [mail.id for mail in waiting(session)] == [first.id]


def test_a_mail_whose_link_has_expired_is_not_sent(app, session, signed, peer):
    mailbox, transport = peer
    signed()
    session.execute(update(OutgoingMail).values(expires_at=datetime.now(UTC)))
    session.commit()
    Postman(app, transport, compose).deliver_due()
    assert (waiting(session), mailbox.messages) == ([], [])


def test_a_worker_that_dies_while_sending_gives_the_mail_back(app, session, signed, peer):
    mailbox, transport = peer
    address = signed()
    with app.app_context():  # what a worker has done when it is killed: taken, not sent
        session = begin_writing(db.session())
        taken = outbox.take(session, now=datetime.now(UTC), most=10, lease=timedelta(seconds=0))
        session.commit()
    assert len(taken) == 1
    Postman(app, transport, compose).deliver_due()
    assert len(mailbox.to(address)) == 1


def test_many_mails_share_few_connections(app, signed, peer):
    mailbox, transport = peer
    for number in range(25):
        signed(f"signer{number}@example.com")
    postman = Postman(app, transport, compose)
    assert [postman.deliver_due(), postman.deliver_due(), postman.deliver_due()] == [20, 5, 0]
    assert len({message["Message-ID"] for message in mailbox.messages}) == 25


def test_the_worker_works_until_told_to_stop_and_outlives_a_database_that_is_away(
    app, signed, peer, monkeypatch
):
    mailbox, transport = peer
    postman = Postman(app, transport, compose)
    away = iter([OperationalError("SELECT", {}, Exception())])

    def taking(*args, **kwargs):
        for error in away:
            raise error
        return take(*args, **kwargs)

    take = outbox.take
    monkeypatch.setattr(outbox, "take", taking)
    stop = Event()
    worker = Thread(target=postman.work, args=(stop,))
    worker.start()
    address = signed()
    until(lambda: mailbox.to(address), "the worker's mail")
    stop.set()
    worker.join(10)
    assert not worker.is_alive()


class Old(SMTP):
    """A server from before RFC 6152."""

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802
        self.session.host_name = hostname
        self.session.extended_smtp = False
        await self.push("250 old.example.org")


class OldController(Controller):
    def factory(self):
        return Old(self.handler)


def test_a_server_that_takes_seven_bits_only_gets_seven_bits(app, signed):
    mailbox = Mailbox()
    controller = OldController(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        address = signed()
        Postman(app, SmtpTransport(f"smtp://127.0.0.1:{controller.port}"), compose).deliver_due()
    finally:
        controller.stop()
    (mail,) = mailbox.to(address)
    assert mail.get_body(("plain",))["Content-Transfer-Encoding"] in ("base64", "quoted-printable")
    assert "안녕하세요" in text_of(mail)


def message(to: str = "a@example.org") -> EmailMessage:
    mail = EmailMessage(policy=POLICY)
    mail["From"], mail["To"], mail["Message-ID"] = "post@example.org", to, "<one@example.org>"
    mail.set_content("Text")
    return mail


def test_tls_is_demanded_where_it_is_required(peer):
    _, transport = peer
    url = transport._url.geturl()
    with pytest.raises(NotNowError), SmtpTransport(f"{url}?tls=require").open():
        pass


def test_a_wrong_password_is_for_the_operator_and_loses_no_mail(peer):
    _, transport = peer
    with (
        pytest.raises(NotNowError),
        SmtpTransport(f"smtp://user:wrong@127.0.0.1:{transport._url.port}").open(),
    ):
        pass


def test_a_server_without_tls_does_not_answer_smtps(peer):
    _, transport = peer
    with pytest.raises(NotNowError), SmtpTransport(f"smtps://127.0.0.1:{transport._url.port}").open():
        pass


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"unknown")}), RefusedError),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"greylisted")}), NotNowError),
        (smtplib.SMTPDataError(554, b"refused"), RefusedError),
        (smtplib.SMTPSenderRefused(550, b"no", "post@example.org"), NotNowError),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), RefusedError),
        (smtplib.SMTPServerDisconnected("gone"), NotNowError),
        (TimeoutError(), NotNowError),
    ],
)
def test_what_a_server_says_decides_whether_it_is_asked_again(peer, monkeypatch, problem, expected):
    _, transport = peer

    def fail(*_args, **_kwargs):
        raise problem

    monkeypatch.setattr(smtplib.SMTP, "send_message", fail)
    with transport.open() as line, pytest.raises(expected):
        line.send(message())


def test_hanging_up_on_a_server_that_is_gone_is_no_error(peer):
    _, transport = peer
    with transport.open() as line:
        line._server.close()


def test_a_full_disk_keeps_the_mail_for_later(tmp_path, monkeypatch):
    with FolderTransport(tmp_path / "mail").open() as line:
        monkeypatch.setattr("pathlib.Path.write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(NotNowError):
            line.send(message())


def test_the_settings_choose_the_transport(app):
    settings = app.extensions["advocacy"].settings
    assert isinstance(transport_for(settings), FolderTransport)


def test_mail_of_development_is_shown_to_the_developer(app, client, signed):
    signed()
    sent_mails(app)
    page = client.get("/dev/mailbox").text
    assert "minjung@example.org" in page
    assert "/ko/confirm/" in page
    html = client.get(page.split('href="/dev/mailbox/')[1].split('"')[0].join(["/dev/mailbox/", ""]))
    assert html.status_code == 200
    assert "style-src 'unsafe-inline'" in html.headers["Content-Security-Policy"]
    assert client.get("/dev/mailbox/nothing.html").status_code == 404
