"""The key folder: public halves to seal with, private halves to open with, peppers for digests.

Files in the folder, each one line of base64 and readable by its owner only:

    mail.0001.public               every web process seals mail with the newest
    mail.0001.private              for the mail worker alone
    delivery-<appeal>.0001.public  every web process seals what signers give with the newest
    delivery-<appeal>.0001.private belongs on no server at all
    exports/signing.private, .public   signs exports, where they are made; nothing can be opened with it
    pepper-<appeal>                what addresses are digested under, gone once the appeal is closed

A rotation adds a number; older private halves open what was sealed before it.
"""

import base64
import os
import re
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from advocacy.vault.sealing import key_id

MAIL = "mail"
"""The purpose of the key that mail is sealed to."""

_FILE = re.compile(r"(?P<purpose>mail|delivery-[a-z0-9-]+)\.(?P<number>\d{4})\.(?P<half>public|private)")


class NoKeyError(Exception):
    """A key or pepper that is not in the folder, or cannot be read from it; the message says which."""


def delivery(appeal: str) -> str:
    """Return the purpose of the key that the signatures of `appeal` (a slug) are sealed to."""
    return f"delivery-{appeal}"


class KeyFolder:
    """The keys in `folder`. Public halves are read once and kept; nothing secret is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._public: dict[str, X25519PublicKey] = {}

    def make(self, purpose: str) -> bytes:
        """Make a new pair for `purpose`, which is the current one from then on. Returns its id."""
        number = max((n for n, _ in self._files(purpose, "public")), default=0) + 1
        private = X25519PrivateKey.generate()
        self._write(f"{purpose}.{number:04}.private", private.private_bytes_raw())
        self._write(f"{purpose}.{number:04}.public", private.public_key().public_bytes_raw())
        self._public.pop(purpose, None)
        return key_id(private.public_key())

    def public(self, purpose: str) -> X25519PublicKey:
        """Return the current public half for `purpose`. Raises NoKeyError."""
        if purpose not in self._public:
            files = self._files(purpose, "public")
            if not files:
                name = purpose.removeprefix("delivery-")
                raise NoKeyError(f"There is no public key for {purpose}: run advocacy keys new {name}.")
            self._public[purpose] = X25519PublicKey.from_public_bytes(self._read(max(files)[1]))
        return self._public[purpose]

    def private(self, purpose: str, identity: bytes) -> X25519PrivateKey:
        """Return the private half with this id. Raises NoKeyError."""
        return X25519PrivateKey.from_private_bytes(self._read(self._private_file(purpose, identity)))

    def remove_private(self, purpose: str, identity: bytes) -> None:
        """Delete the private half with this id. Raises NoKeyError."""
        self._private_file(purpose, identity).unlink()

    def restore(self, purpose: str, key: X25519PrivateKey) -> bytes:
        """Put a private half beside its public one. Returns its id. Raises NoKeyError if it has none here."""
        identity = key_id(key.public_key())
        for number, path in self._files(purpose, "public"):
            if self._read(path) == key.public_key().public_bytes_raw():
                self._write(f"{purpose}.{number:04}.private", key.private_bytes_raw())
                return identity
        raise NoKeyError(f"The key {identity.hex()} is none of {purpose}.")

    def signing_key(self) -> Ed25519PrivateKey:
        """Return the key that exports are signed with, made on first use; its public half lies beside it."""
        path = self._folder / "exports" / "signing.private"
        if not path.exists():
            key = Ed25519PrivateKey.generate()
            self._write("exports/signing.private", key.private_bytes_raw())
            self._write("exports/signing.public", key.public_key().public_bytes_raw())
        return Ed25519PrivateKey.from_private_bytes(self._read(path))

    def readable_private_files(self) -> list[str]:
        """Return the names of the private halves that this process could read."""
        private = [path for path in self._folder.glob("*.private") if os.access(path, os.R_OK)]
        return sorted(path.name for path in private)

    def known(self) -> list[tuple[str, int, str, bool]]:
        """Return (purpose, number, id as hex, whether the private half is here) of every pair."""
        found = []
        for path in sorted(self._folder.glob("*.public")):
            if name := _FILE.fullmatch(path.name):
                identity = key_id(X25519PublicKey.from_public_bytes(self._read(path))).hex()
                here = path.with_suffix(".private").exists()
                found.append((name["purpose"], int(name["number"]), identity, here))
        return found

    def pepper(self, appeal: str) -> bytes:
        """Return the 32 bytes that addresses on `appeal` are digested under. Raises NoKeyError."""
        return self._read(self._folder / f"pepper-{appeal}")

    def make_pepper(self, appeal: str) -> None:
        """Make the pepper of `appeal` unless it has one: another would make every signer unknown."""
        if not (self._folder / f"pepper-{appeal}").exists():
            self._write(f"pepper-{appeal}", secrets.token_bytes(32))

    def destroy_pepper(self, appeal: str) -> None:
        """Make it impossible, from now on, to say whether an address has signed `appeal`."""
        (self._folder / f"pepper-{appeal}").unlink(missing_ok=True)

    def _private_file(self, purpose: str, identity: bytes) -> Path:
        for _, path in self._files(purpose, "private"):
            if key_id(X25519PrivateKey.from_private_bytes(self._read(path)).public_key()) == identity:
                return path
        raise NoKeyError(f"The private key {identity.hex()} for {purpose} is not in {self._folder.name}/.")

    def _files(self, purpose: str, half: str) -> list[tuple[int, Path]]:
        names = ((path, _FILE.fullmatch(path.name)) for path in self._folder.glob(f"*.{half}"))
        return [(int(name["number"]), path) for path, name in names if name and name["purpose"] == purpose]

    def _read(self, path: Path) -> bytes:
        try:
            return base64.b64decode(path.read_text("ascii"))
        except OSError as error:
            raise NoKeyError(f"{path.name} cannot be read: {error.strerror}.") from None

    def _write(self, name: str, content: bytes) -> None:
        """Write a new file, whole and for its owner's eyes only; two processes cannot both."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(content) + b"\n")
            file.flush()
            os.fsync(file.fileno())
