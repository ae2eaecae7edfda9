"""Real servers for tests: PostgreSQL, an SMTP peer, and the platform itself as its own process."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import redis
from aiosmtpd.controller import Controller
from click.testing import CliRunner

from advocacy.cli import command

ROOT = Path(__file__).parents[1]
PATIENCE = 60
"""Seconds to wait for a server before a test gives up."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def postgresql(address: str = "127.0.0.1") -> Iterator[str]:
    """A PostgreSQL cluster of our own at `address`, gone afterwards. Yields its URL without a database."""
    binaries = _postgresql_binaries()
    folder = Path(tempfile.mkdtemp(prefix="advocacy-pg-"))
    who = _plain_user(folder)
    data, port = folder / "data", free_port()
    run = {"stdout": subprocess.DEVNULL, "cwd": folder, **who}
    subprocess.run(
        [binaries / "initdb", "-D", data, "-A", "trust", "-U", "advocacy", "-E", "UTF8"], check=True, **run
    )
    with (data / "pg_hba.conf").open("a") as allowed:
        allowed.write(f"host all all {address}/30 trust\n")
    options = f"-c listen_addresses={address} -c port={port} -c unix_socket_directories='' -c fsync=off"
    control = [binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, **run)
    try:
        yield f"postgresql://advocacy@{address}:{port}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, **run)
        shutil.rmtree(folder)


def _postgresql_binaries() -> Path:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    return debian[0] if debian else Path(found or "initdb").parent


def _plain_user(folder: Path) -> dict[str, int]:
    """PostgreSQL refuses to run as root: then it runs as Debian's own user for it."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid}


def postgresql_dump(url: str) -> bytes:
    """Everything in the database, as `pg_dump` writes it."""
    words = [_postgresql_binaries() / "pg_dump", "--inserts", url]
    return subprocess.run(words, check=True, capture_output=True).stdout


@contextmanager
def redis_server(folder: Path, address: str = "127.0.0.1") -> Iterator["RedisServer"]:
    """A Redis of our own at `address`, gone afterwards."""
    server = RedisServer(folder, address)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class RedisServer:
    """Redis as its own process; it can be stopped and started again."""

    def __init__(self, folder: Path, address: str = "127.0.0.1") -> None:
        self.port, self.address = free_port(), address
        self.url = f"redis://{address}:{self.port}/0"
        self.dump = folder / "dump.rdb"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = ["redis-server", "--port", str(self.port), "--bind", self.address, "--save", ""]
        words += ["--protected-mode", "no", "--dir", str(self.dump.parent)]
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        until(self._answers, "Redis to answer")

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(PATIENCE)
            self._process = None

    def saved(self) -> bytes:
        """Everything in it, as it would lie on a disk."""
        with redis.Redis.from_url(self.url) as client:
            client.save()
        return self.dump.read_bytes()

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection((self.address, self.port), 1):
            return True
        return False


class Mailbox:
    """An SMTP server that keeps what it accepts, by recipient. `refuse` holds answers to give first."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuse: list[str] = []
        self.lock = threading.Lock()

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802  aiosmtpd's name for it
        with self.lock:
            if self.refuse:
                return self.refuse.pop(0)
            self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        with self.lock:
            return [message for message in self.messages if message["To"] == address]

    def wait_for(self, address: str, *, count: int = 1) -> list[EmailMessage]:
        until(lambda: len(self.to(address)) >= count, f"{count} mails to {address}")
        return self.to(address)


@contextmanager
def smtp_peer() -> Iterator[tuple[Mailbox, str]]:
    """A real SMTP conversation partner. Yields its mailbox and its URL."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield mailbox, f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


class Platform:
    """`advocacy serve` as its own process group, as `make run` starts it."""

    def __init__(self, **environ: str) -> None:
        self.port = int(environ.get("ADVOCACY_PORT") or free_port())
        self.url = f"http://127.0.0.1:{self.port}"
        self.instance = Path(environ["ADVOCACY_INSTANCE"])
        self.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("ADVOCACY_")},
            "ADVOCACY_PORT": str(self.port),
            "ADVOCACY_CALM_FORMS": "0",  # all that sign in a test come from one machine
            "ADVOCACY_PAGE_SECONDS": "0",  # and look at once at what became of it
            **environ,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def command(self, *words: str, typed: str | None = None) -> str:
        """Run `advocacy WORDS` to its end, in this process, with what is `typed`; return what it printed.

        A process of its own would take longer to start than most commands take.
        """
        nothing_else = dict.fromkeys(os.environ) | self.environ
        done = CliRunner(env=nothing_else).invoke(command, words, input=typed)
        assert done.exit_code == 0, (done.output, done.exception)
        return done.stdout

    def start(self) -> None:
        with (self.instance / "serve.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "advocacy", "serve"],
                env=self.environ,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(self._answers, "the platform to answer")

    def kill(self) -> None:
        """SIGKILL to every process at once, as a power cut or an out-of-memory killer does."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:  # do not leave it running behind the failing test
            os.killpg(self._process.pid, signal.SIGKILL)
            raise
        finally:
            self._process = None

    def _answers(self) -> bool:
        with suppress(OSError):
            return urllib.request.urlopen(f"{self.url}/readyz", timeout=2).status == 200
        return False


@contextmanager
def platform(**environ: str) -> Iterator[Platform]:
    """The platform, up and serving, with these settings."""
    served = Platform(**environ)
    served.instance.mkdir(parents=True, exist_ok=True)
    served.command("up")
    served.start()
    try:
        yield served
    finally:
        served.stop()


def until(true, what: str) -> None:
    """Wait until `true()` is, or fail."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.05)
