import os
import stat

import pytest

from advocacy.vault.keys import MAIL, KeyFolder, NoKeyError, delivery
from advocacy.vault.safe import Safe
from advocacy.vault.sealing import UnreadableBoxError, key_id, sealed_to


@pytest.fixture
def folder(tmp_path):
    return KeyFolder(tmp_path / "keys")


def test_a_key_is_kept_for_its_owner_alone(folder, tmp_path):
    identity = folder.make(MAIL)
    assert key_id(folder.public(MAIL)) == identity
    assert key_id(folder.private(MAIL, identity).public_key()) == identity
    folder.make_pepper("small")
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()} == {0o600}


def test_after_a_rotation_the_new_key_seals_and_the_old_one_still_opens(folder):
    folder.make(MAIL)
    folder.make_pepper("small")
    safe = Safe(folder)
    before = safe.seal_mail("<1@x>", {"address": "a@example.org"})
    folder.make(MAIL)
    after = safe.seal_mail("<2@x>", {"address": "b@example.org"})
    assert sealed_to(before) != sealed_to(after)
    assert safe.open_mail("<1@x>", before) == {"address": "a@example.org"}
    assert safe.open_mail("<2@x>", after) == {"address": "b@example.org"}
    assert [(purpose, number, here) for purpose, number, _, here in folder.known()] == [
        (MAIL, 1, True),
        (MAIL, 2, True),
    ]


def test_mail_moved_to_another_row_does_not_open(folder):
    folder.make(MAIL)
    safe = Safe(folder)
    with pytest.raises(UnreadableBoxError):
        safe.open_mail("<2@x>", safe.seal_mail("<1@x>", {"address": "a@example.org"}))


def test_what_is_missing_is_named(folder):
    with pytest.raises(NoKeyError, match="advocacy keys new mail"):
        folder.public(MAIL)
    with pytest.raises(NoKeyError, match="advocacy keys new small"):
        folder.public(delivery("small"))
    with pytest.raises(NoKeyError, match="pepper-small"):
        folder.pepper("small")
    with pytest.raises(NoKeyError, match="not in keys/"):
        folder.private(MAIL, b"12345678")


def test_keys_of_different_appeals_are_different(folder):
    assert len({folder.make(delivery(slug)) for slug in ("small", "small-too", "large")}) == 3
    assert key_id(folder.public(delivery("small"))) != key_id(folder.public(delivery("small-too")))


def test_a_pepper_is_made_once_and_can_be_destroyed(folder):
    folder.make_pepper("small")
    digest = Safe(folder).digest("small", "address", "a@example.org")
    folder.make_pepper("small")
    assert Safe(folder).digest("small", "address", "a@example.org") == digest
    folder.destroy_pepper("small")
    with pytest.raises(NoKeyError):
        Safe(folder).digest("small", "address", "a@example.org")
    folder.make_pepper("small")
    assert Safe(folder).digest("small", "address", "a@example.org") != digest


def test_digests_depend_on_the_appeal_and_the_kind(folder):
    for slug in ("one", "two"):
        folder.make_pepper(slug)
    safe = Safe(folder)
    digests = {safe.digest(slug, kind, "x") for slug in ("one", "two") for kind in ("address", "domain")}
    assert len(digests) == 4
    assert {len(digest) for digest in digests} == {32}


def test_private_halves_that_could_be_read_are_named(folder, tmp_path, monkeypatch):
    folder.make(MAIL)
    folder.make(delivery("small"))
    assert folder.readable_private_files() == ["delivery-small.0001.private", "mail.0001.private"]
    (tmp_path / "keys" / "delivery-small.0001.private").unlink()
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert folder.readable_private_files() == []


def test_a_key_is_never_written_over(folder, tmp_path):
    folder.make(MAIL)
    (tmp_path / "keys" / "mail.0001.public").unlink()
    with pytest.raises(FileExistsError):
        folder.make(MAIL)
