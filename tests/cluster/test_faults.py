"""The platform as processes: many at once, and killed at the worst moment."""

import http.client
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from urllib.parse import urlencode

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from advocacy.config import read_settings
from advocacy.extensions import begin_writing
from advocacy.models import OutgoingMail, Signature
from advocacy.public.mails import compose
from advocacy.rules.signing import MAILS_PER_DAY, SignatureState
from advocacy.web.postman import Postman
from advocacy.web.transports import SmtpTransport
from tests.factories import SLUG, filled_form, link_in
from tests.mails import text_of
from tests.servers import Platform, platform, smtp_peer, until

PATH = f"/ko/appeals/{SLUG}/sign"


@pytest.fixture
def served(tmp_path, new_platform):
    """The platform with a mail server, both real."""
    with (
        smtp_peer() as (mailbox, smtp_url),
        platform(**new_platform(tmp_path, "cluster"), SMTP_URL=smtp_url) as running,
    ):
        yield running, mailbox


@pytest.fixture
def database(served):
    engine = create_engine(read_settings(served[0].environ).database_url)
    yield engine
    engine.dispose()


def post(server: Platform, path: str, form: dict[str, str]) -> int | None:
    """The status, or None if the server died before it answered."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", path, urlencode(form), kind)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def get(server: Platform, path: str) -> tuple[int, str]:
    """Status and page."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def form_for(server: Platform, address: str) -> dict[str, str]:
    return filled_form((server.instance / "secret.key").read_text("ascii"), email=address)


def addresses_of(mails) -> set[str]:
    return {mail["To"] for mail in mails}


def test_two_hundred_posts_of_one_address_leave_one_signature(served, database):
    server, mailbox = served
    form = form_for(server, "same@example.org")
    with ThreadPoolExecutor(20) as people:
        statuses = list(people.map(lambda _: post(server, PATH, form), range(200)))
    assert set(statuses) == {303}
    with Session(database) as session:
        found = session.scalars(select(Signature)).all()
        assert len(found) == 200  # each one an attempt: what is written tells nobody anything
    link = link_in(text_of(mailbox.wait_for("same@example.org")[0]), "confirm")
    with ThreadPoolExecutor(10) as people:
        assert set(people.map(lambda _: post(server, link, {}), range(20))) == {303}
    assert server.command("appeals", "list") == f"{SLUG}\topen\t1 of 5000\n"
    # Forms of the same instant do not see each other: one more mail for each other worker at most.
    assert len(mailbox.to("same@example.org")) <= MAILS_PER_DAY + 3
    assert server.command("signatures", "recount") == "0 tallies corrected\n"


def test_people_who_confirm_at_once_are_all_counted(served):
    server, mailbox = served
    people = [f"signer{number}@example.org" for number in range(60)]
    with ThreadPoolExecutor(12) as crowd:
        assert set(crowd.map(lambda one: post(server, PATH, form_for(server, one)), people)) == {303}
        links = [link_in(text_of(mailbox.wait_for(one)[0]), "confirm") for one in people]
        assert set(crowd.map(lambda link: post(server, link, {}), links)) == {303}
    assert "60 of 5000" in server.command("appeals", "list")
    assert server.command("signatures", "recount") == "0 tallies corrected\n"


def test_killing_everything_under_load_loses_no_acknowledged_signature_or_mail(served, database):
    server, mailbox = served
    acknowledged: list[str] = []
    numbers = count(1)
    for _ in range(3):
        stop = threading.Event()
        crowd = [
            threading.Thread(target=_keep_signing, args=(server, numbers, acknowledged, stop))
            for _ in range(6)
        ]
        before = len(acknowledged)
        for person in crowd:
            person.start()
        until(lambda: len(acknowledged) > before + 40, "forty signatures")  # noqa: B023  used at once
        server.kill()
        stop.set()
        for person in crowd:
            person.join()
        server.start()
    with Session(database) as session:  # what dead workers had taken is due again, as after their lease
        begin_writing(session).execute(update(OutgoingMail).values(due_at=datetime.now(UTC)))
        session.commit()
    until(lambda: set(acknowledged) <= addresses_of(mailbox.messages), "a mail for every signature")
    with Session(database) as session:
        states = session.scalars(select(Signature.state)).all()
    assert len(states) >= len(acknowledged) > 120
    assert set(states) == {SignatureState.PENDING}
    for address in acknowledged[:5] + acknowledged[-5:]:
        mails = mailbox.to(address)
        assert len({mail["Message-ID"] for mail in mails}) == 1
        assert post(server, link_in(text_of(mails[-1]), "confirm"), {}) == 303


def _keep_signing(server: Platform, numbers, acknowledged: list[str], stop: threading.Event) -> None:
    while not stop.is_set():
        address = f"signer{next(numbers)}@example.org"
        if post(server, PATH, form_for(server, address)) == 303:
            acknowledged.append(address)


def test_several_workers_share_the_outbox_and_send_each_mail_once(app, client):
    people = [f"signer{number}@example.org" for number in range(90)]
    for address in people:
        assert client.post(PATH, data=filled_form(app, email=address)).status_code == 303
    with smtp_peer() as (mailbox, url):

        def work() -> int:
            postman = Postman(app, SmtpTransport(url), compose)
            return sum(iter(postman.deliver_due, 0))

        with ThreadPoolExecutor(4) as pool:
            sent = [worker.result() for worker in [pool.submit(work) for _ in range(4)]]
        assert sum(sent) == len(people)
        assert sorted(mail["To"] for mail in mailbox.messages) == sorted(people)
