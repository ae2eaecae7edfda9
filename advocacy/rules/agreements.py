"""What whoever works here agrees to, where an operator asks for it: texts by language, with their hash."""

import hashlib
from collections.abc import Mapping

LONGEST_AGREEMENT = 20_000
"""Characters in one language."""


class SourceMissingError(ValueError):
    """There are texts, and none in the source language, which everybody can be shown."""


class SameAgreementError(ValueError):
    """The texts are those that are in force."""


def tidy_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts by language (BCP 47 tag) as they are kept: lines ended alike, none that is empty."""
    tidy = {tag: "\n".join(text.strip().splitlines()) for tag, text in texts.items()}
    return {tag: text for tag, text in sorted(tidy.items()) if text}


def agreement_hash(texts: Mapping[str, str]) -> str:
    """Return the SHA-256 (hex) of an agreement: each language and its text, NUL after either."""
    digest = hashlib.sha256()
    for tag, text in sorted(texts.items()):
        digest.update(f"{tag}\0{text}\0".encode())
    return digest.hexdigest()
