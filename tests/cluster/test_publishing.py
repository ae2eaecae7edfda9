"""Publishing while people read: every process swaps by itself, and nobody sees an error or a mixed page."""

import contextlib
import hashlib
import re
import shutil
import threading
import time

import pytest

from tests.cluster.test_faults import get
from tests.factories import SLUG
from tests.machines import two_machines, why_not
from tests.servers import Platform, platform, postgresql, redis_server

PATH = f"/ko/appeals/{SLUG}"
DOMAIN = f"appeal-{SLUG}"


@pytest.fixture
def served(tmp_path, new_platform):
    environ = new_platform(tmp_path, "publishing")
    with platform(**environ, ADVOCACY_PAGE_SECONDS="1") as running:  # pages are kept
        add_publisher(running)
        yield running


def add_publisher(server) -> None:
    words = ("people", "add", "--name", "pat", "--email", "pat@example.org", "--role", "publisher")
    server.command(*words, "--password-stdin", typed="a long enough password\n")


def retranslate(server, tmp_path, title: str) -> None:
    """Approve another Korean title, as an operator does with a file."""
    file = tmp_path / f"{title}.po"
    server.command("catalogs", "export", "--domain", DOMAIN, "--language", "ko", "--output", str(file))
    text = re.sub(r'(msgctxt "title"\nmsgid .*\nmsgstr ").*"', rf'\g<1>{title}"', file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    options = ("--domain", DOMAIN, "--language", "ko", "--as", "approved", "--conflict", "take")
    assert "1 taken" in server.command("catalogs", "import", str(file), *options)


def publish(server, number: int) -> None:
    options = ("--domain", DOMAIN, "--release", str(number), "--by", "pat@example.org")
    server.command("catalogs", "publish", *options)


def title_now(server) -> str:
    status, page = get(server, PATH)
    assert status == 200
    return re.search(r"<h1>(.*?)</h1>", page).group(1)


def everybody_sees(server, title: str, *, within: float) -> None:
    """All processes show the title before the time (seconds) is over; each answers some of the requests."""
    deadline = time.monotonic() + within
    while {title_now(server) for _ in range(24)} != {title}:
        assert time.monotonic() < deadline, f"not everybody sees {title}"


def test_a_release_is_live_in_every_process_within_two_seconds_and_can_be_taken_back(served, tmp_path):
    first = title_now(served)
    retranslate(served, tmp_path, "둘째 제목")
    assert title_now(served) == first  # approved is not published
    served.command("catalogs", "build", "--domain", DOMAIN)
    assert title_now(served) == first  # built is not confirmed
    publish(served, 2)
    everybody_sees(served, "둘째 제목", within=2 + 1)  # a second for the requests themselves
    publish(served, 1)
    everybody_sees(served, first, within=2 + 1)
    assert get(served, f"{PATH}/text/2")[0] == 200
    assert "둘째 제목" in get(served, f"{PATH}/text/2")[1]
    assert get(served, f"{PATH}/text/9")[0] == 404


@pytest.fixture(params=[True, False], ids=["redis", "no-redis"])
def apart(request, tmp_path, database_server):
    """Two platforms that share a database, the keys and maybe a Redis, each with how to enter its machine.

    With PostgreSQL each has a network of its own, and a cable joins them. SQLite's file is of one machine:
    there they are two folders of it.
    """
    with contextlib.ExitStack() as stack:
        one = other = contextlib.nullcontext
        shared, address = {"DATABASE_URL": f"sqlite:///{tmp_path / 'shared.db'}"}, "127.0.0.1"
        if database_server is not None:
            if reason := why_not():
                pytest.skip(reason)
            machines = stack.enter_context(two_machines())
            one, other, address = machines[0].inside, machines[1].inside, machines[0].address
        with one():
            if database_server is not None:
                shared["DATABASE_URL"] = f"{stack.enter_context(postgresql(address))}/postgres"
            if request.param:
                shared["REDIS_URL"] = stack.enter_context(redis_server(tmp_path, address)).url
            first = stack.enter_context(platform(ADVOCACY_INSTANCE=str(tmp_path / "one"), **shared))
        with other():
            shutil.copytree(first.instance, tmp_path / "other", ignore=shutil.ignore_patterns("*.log"))
            second = Platform(ADVOCACY_INSTANCE=str(tmp_path / "other"), **shared)
            second.start()
            stack.callback(second.stop)
        yield (first, one), (second, other)


def test_a_second_machine_on_the_same_database_follows_within_two_seconds(apart, tmp_path):
    (first, one), (second, other) = apart
    with one():
        add_publisher(first)
        before = title_now(first)
        retranslate(first, tmp_path, "둘째 제목")
        first.command("catalogs", "build", "--domain", DOMAIN)
        publish(first, 2)
    with other():
        everybody_sees(second, "둘째 제목", within=2 + 1)
        publish(second, 1)
    with one():
        everybody_sees(first, before, within=2 + 1)


def hash_of(page: str) -> str:
    """What tells a page from another; the form's stamp is another each time."""
    return hashlib.sha256(re.sub(r'(name="stamp" value=")[^"]*', r"\1", page).encode()).hexdigest()


def page_hash(server) -> str:
    status, page = get(server, PATH)
    assert status == 200
    return hash_of(page)


def test_nobody_sees_an_error_or_a_mixed_page_while_ten_releases_come_and_go(served, tmp_path):
    whole, first = {page_hash(served)}, title_now(served)
    retranslate(served, tmp_path, "둘째 제목")
    served.command("catalogs", "build", "--domain", DOMAIN)
    publish(served, 2)
    everybody_sees(served, "둘째 제목", within=2 + 1)
    whole.add(page_hash(served))
    publish(served, 1)
    everybody_sees(served, first, within=2 + 1)
    stop, seen, failures = threading.Event(), set(), []

    def read() -> None:
        while not stop.is_set():
            status, page = get(served, PATH)
            if status == 200:
                seen.add(hash_of(page))
            else:
                failures.append(status)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number, title in ((2, "둘째 제목"), (1, first)) * 5:
        publish(served, number)
        everybody_sees(served, title, within=2 + 1)
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert seen == whole  # each page that anybody got is wholly of one release
