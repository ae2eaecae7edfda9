"""The one place that a signer's personal data passes on its way to the table and back.

A packed record is one version byte and a body. Version 1 is JSON in the clear; a sealed version
replaces `pack` and `unpack` here and nothing elsewhere. `context` names the record the box belongs to,
so that a box moved to another record is noticed.
"""

import json
from collections.abc import Mapping

_PLAIN = b"\x01"


class UnreadableBoxError(Exception):
    """A box that cannot be opened: unknown version, damaged, or moved from another record."""


def pack(context: str, data: Mapping[str, str]) -> bytes:
    """Return `data` (texts by field) as the bytes to store for the record that `context` names."""
    body = json.dumps({"context": context, "data": dict(data)}, ensure_ascii=False, separators=(",", ":"))
    return _PLAIN + body.encode()


def unpack(context: str, box: bytes) -> dict[str, str]:
    """Return the data that `pack` put into `box` for `context`. Raises UnreadableBoxError."""
    if box[:1] != _PLAIN:
        raise UnreadableBoxError("unknown version")
    try:
        content = json.loads(box[1:])
        if content["context"] != context:
            raise UnreadableBoxError("belongs to another record")
        return {str(field): str(text) for field, text in content["data"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableBoxError("damaged") from None
