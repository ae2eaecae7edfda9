"""A security key in software: makes and shows passkeys as a browser would send them."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

_PRESENT, _MADE = 0x01, 0x40


def b64(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def from_b64(text: str) -> bytes:
    return urlsafe_b64decode(f"{text}==")


@dataclass
class SecurityKey:
    """One key. `origin` and `party` are where its browser believes to be; `count` how often it was used."""

    origin: str = "http://127.0.0.1:8000"
    party: str = "127.0.0.1"
    count: int = 0
    counts: bool = True
    called: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: str) -> str:
        """The answer to what navigator.credentials.create is asked."""
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        made = bytes(16) + len(self.called).to_bytes(2, "big") + self.called + public
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(_PRESENT | _MADE) + made}
        said = self._client_data("webauthn.create", options)
        return self._answer(clientDataJSON=said, attestationObject=cbor2.dumps(attestation))

    def show(self, options: str) -> str:
        """The answer to what navigator.credentials.get is asked."""
        self.count += self.counts
        data, said = self._data(_PRESENT), self._client_data("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature)

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.party.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client_data(self, kind: str, options: str) -> bytes:
        said = {"type": kind, "challenge": json.loads(options)["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _answer(self, **response: bytes) -> str:
        texts = {name: b64(content) for name, content in response.items()}
        called = b64(self.called)
        return json.dumps({"id": called, "rawId": called, "type": "public-key", "response": texts})
