"""The one place that a signer's personal data passes on its way to the tables and back."""

import hmac

from advocacy.vault.keys import MAIL, KeyFolder, delivery
from advocacy.vault.sealing import seal, sealed_to, unseal


class Safe:
    """Seals what signers give, and digests their addresses; opens mail where the mail key is at hand.

    A record is named by its appeal and its own random reference, and boxes are bound to that name.
    Every method raises NoKeyError where a key or pepper is missing.
    """

    def __init__(self, keys: KeyFolder) -> None:
        self._keys = keys

    def check(self, appeal: str) -> None:
        """Raise NoKeyError unless everything is there that signing `appeal` needs."""
        for purpose in (MAIL, delivery(appeal)):
            self._keys.public(purpose)
        self._keys.pepper(appeal)

    def seal_person(self, appeal: str, reference: str, data: dict[str, str]) -> bytes:
        """Return what the signer gave, sealed to the appeal's delivery key: no server opens it again."""
        return seal(self._keys.public(delivery(appeal)), f"person {appeal} {reference}", data)

    def seal_address(self, appeal: str, reference: str, address: str) -> bytes:
        """Return the mail address sealed to the mail key, for news that were asked for."""
        return seal(self._keys.public(MAIL), f"address {appeal} {reference}", {"address": address})

    def seal_mail(self, message_id: str, contents: dict[str, str]) -> bytes:
        """Return what a mail is written from, sealed to the mail key."""
        return seal(self._keys.public(MAIL), f"mail {message_id}", contents)

    def open_mail(self, message_id: str, box: bytes) -> dict[str, str]:
        """Return what `seal_mail` sealed; for the mail worker. Raises UnreadableBoxError too."""
        return unseal(self._keys.private(MAIL, sealed_to(box)), f"mail {message_id}", box)

    def digest(self, appeal: str, kind: str, text: str) -> bytes:
        """Return 32 bytes that find `text` again without telling it: HMAC-SHA-256 under the appeal's pepper.

        `kind` keeps digests of different things apart: an address, its domain, a form's contents.
        """
        return hmac.digest(self._keys.pepper(appeal), f"{kind}\0{text}".encode(), "sha256")


def open_person(keys: KeyFolder, appeal: str, reference: str, box: bytes) -> dict[str, str]:
    """Return what a signer gave, where the delivery key is at hand. Raises NoKeyError, UnreadableBoxError."""
    key = keys.private(delivery(appeal), sealed_to(box))
    return unseal(key, f"person {appeal} {reference}", box)
