"""Mail addresses: what is one, which two are the same, and how one is shown to its owner."""

import unicodedata
from enum import StrEnum

from email_validator import EmailNotValidError, validate_email

LONGEST_ADDRESS = 254
"""Characters (RFC 5321, 4.5.3.1.3)."""


class AddressFault(StrEnum):
    """Why a text is not accepted as a mail address."""

    EMPTY = "empty"
    NO_AT = "no_at"
    MALFORMED = "malformed"


class AddressRefusedError(ValueError):
    """A text that is not a mail address, with its fault."""

    def __init__(self, fault: AddressFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_address(text: str) -> str:
    """Return the mail address in `text` as it is written to: trimmed, full-width forms folded.

    Whether it receives mail is for the confirmation to find out: no name server is asked.
    Raises AddressRefusedError.
    """
    address = unicodedata.normalize("NFKC", text).strip()
    if not address:
        raise AddressRefusedError(AddressFault.EMPTY)
    if "@" not in address:
        raise AddressRefusedError(AddressFault.NO_AT)
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        raise AddressRefusedError(AddressFault.MALFORMED) from None


def same_owner_key(address: str) -> str:
    """Return the text that two spellings of one address share: case folded, in NFKC before and after.

    Nothing else is folded: `a+b@` and `a@` can be two people at some hosts, and refusing the second
    would cost a signature that nobody sees missing.
    """
    folded = unicodedata.normalize("NFKC", address).strip().casefold()
    return unicodedata.normalize("NFKC", folded)  # folding can leave a letter and its accent apart


def host_of(address: str) -> str:
    """Return the part of the address behind its last @, in the spelling that equal hosts share."""
    return same_owner_key(address).rpartition("@")[2]


def masked(address: str) -> str:
    """Return the address with all but its first character and host hidden: `m***@example.com`.

    Of a local part that is one character only, that is hidden too.
    """
    local, _, host = address.rpartition("@")
    first = local[0] if len(local) > 1 else ""
    return f"{first}***@{host}"
