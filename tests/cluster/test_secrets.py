"""What somebody finds who takes the machine away."""

import base64
import hashlib
import subprocess
import sys
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from advocacy.config import read_settings
from advocacy.models import Signature
from advocacy.vault.sealing import UnreadableBoxError, unseal
from tests.cluster.test_faults import form_for, post
from tests.factories import SLUG, link_in
from tests.mails import text_of
from tests.servers import platform, postgresql_dump, redis_server, smtp_peer

PATH = f"/ko/appeals/{SLUG}/sign"
NAME, ADDRESS = "Canary Finchley", "canary.finchley@example.org"
CANARIES = [text.encode() for text in ("Canary", "Finchley", "canary.finchley", "finchley@example")]


@pytest.fixture
def served(tmp_path, new_platform):
    with smtp_peer() as (mailbox, smtp_url), redis_server(tmp_path) as redis:
        environ = {"SMTP_URL": smtp_url, "REDIS_URL": redis.url, "ADVOCACY_CALM_FORMS": "1000"}
        with platform(**new_platform(tmp_path / "instance", "secrets"), **environ) as running:
            running.redis = redis
            yield running, mailbox


def found_in(server) -> list[str]:
    """Where a canary can be read: files, database, write-ahead log, logs, dump, Redis."""
    places = {str(path): path.read_bytes() for path in server.instance.rglob("*") if path.is_file()}
    if url := server.environ.get("DATABASE_URL"):
        places["dump"] = postgresql_dump(url)
    places["redis"] = server.redis.saved()
    assert b"advocacy" in places["redis"]  # what was counted is in it
    return [place for place, content in places.items() if any(canary in content for canary in CANARIES)]


def signatures_in(server) -> list[Signature]:
    engine = create_engine(read_settings(server.environ).database_url)
    with Session(engine) as session:
        found = list(session.scalars(select(Signature)))
    engine.dispose()
    return found


def test_nobody_who_takes_the_machine_can_read_who_signed(served):
    server, mailbox = served
    form = form_for(server, ADDRESS) | {"name": NAME, "updates": "yes"}
    assert post(server, PATH, form) == 303
    assert found_in(server) == []
    text = text_of(mailbox.wait_for(ADDRESS)[0])
    assert NAME in text  # the canary is in the mail, so the search below would find it
    assert found_in(server) == []
    assert post(server, link_in(text, "confirm"), {}) == 303
    assert found_in(server) == []
    (signature,) = signatures_in(server)
    assert signature.person is not None
    assert post(server, link_in(text, "withdraw"), {}) == 303
    assert found_in(server) == []
    (left,) = signatures_in(server)
    columns = [column.key for column in left.__table__.columns]
    kept = {name for name in columns if getattr(left, name) not in (None, False)}
    assert kept <= {
        "id",
        "appeal_id",
        "state",
        "language",
        "reference",
        "confirmed_hour",
        "display",
        "name_state",
    }


def test_a_name_that_was_shown_is_nowhere_once_its_owner_has_taken_it_back(served):
    server, mailbox = served
    form = form_for(server, ADDRESS) | {"name": NAME, "display": "name", "public_name": "Canary Public"}
    assert post(server, PATH, form) == 303
    text = text_of(mailbox.wait_for(ADDRESS)[0])
    assert found_in(server) == []
    assert post(server, link_in(text, "confirm"), {}) == 303
    (signature,) = signatures_in(server)
    assert signature.shown_as == "Canary Public"
    assert found_in(server) != []  # she asked for it to be read by everybody
    assert post(server, link_in(text, "withdraw"), {}) == 303
    server.command("signatures", "purge")
    assert found_in(server) == []


def test_everything_that_the_web_can_read_opens_nothing(served):
    server, _ = served
    assert post(server, PATH, form_for(server, ADDRESS) | {"name": NAME, "updates": "yes"}) == 303
    (signature,) = signatures_in(server)
    boxes = {"person": signature.person, "address": signature.address}
    readable = [path for path in server.instance.rglob("*") if path.is_file() and path.suffix != ".private"]
    texts = [line for path in readable for line in path.read_bytes().splitlines()]
    texts += [value.encode() for value in server.environ.values()]
    assert opened_with(texts, signature, boxes) == set()
    private = [path.read_bytes() for path in (server.instance / "keys").glob("*.private")]
    assert opened_with(private, signature, boxes) == {"person", "address"}  # so the search would find a way


def opened_with(texts: list[bytes], signature: Signature, boxes: dict[str, bytes]) -> set[str]:
    """The boxes that any of `texts` opens as a key: itself, its base64, its hash."""
    found = set()
    for text in texts:
        for secret in (text[:32], _decoded(text)[:32], hashlib.sha256(text).digest()):
            if len(secret) != 32:
                continue
            for kind, box in boxes.items():
                with suppress(UnreadableBoxError):
                    key = X25519PrivateKey.from_private_bytes(secret)
                    unseal(key, f"{kind} {SLUG} {signature.reference}", box)
                    found.add(kind)
    return found


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        return b""


def test_in_production_the_web_does_not_start_while_it_could_read_a_private_key(served):
    server, _ = served
    server.stop()
    words = [sys.executable, "-c", "import wsgi"]
    production = {
        **server.environ,
        "ADVOCACY_ENV": "production",
        "ADVOCACY_SECRET_KEY": "k" * 40,
        "ADVOCACY_BASE_URL": server.url,
    }
    refused = subprocess.run(words, env=production, capture_output=True, text=True, check=False, timeout=60)
    assert refused.returncode != 0
    assert f"must not be able to read delivery-{SLUG}.0001.private, mail.0001.private" in refused.stderr
    for path in (server.instance / "keys").glob("*.private"):
        path.unlink()
    subprocess.run(words, env=production, check=True, timeout=60)
