"""Pages that are kept for a moment, each with the catalogs that it was written from."""

import threading
import time
from dataclasses import dataclass

from flask import Response

from advocacy.web.live_catalogs import Snapshot

Key = tuple[str, bytes, str]
"""A path, what was asked for with it, and which encodings the browser takes."""

_MOST = 128


@dataclass(frozen=True, slots=True)
class _Kept:
    until: float
    catalogs: Snapshot
    body: bytes
    headers: list[tuple[str, str]]


class PageCache:
    """The pages of one process, each kept for so many seconds; with 0, none is."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._kept: dict[Key, _Kept] = {}
        self._lock = threading.Lock()

    def find(self, key: Key, catalogs: Snapshot) -> Response | None:
        """Return the page if it is kept and written from these catalogs."""
        kept = self._kept.get(key)
        if kept is None or kept.catalogs is not catalogs or time.monotonic() >= kept.until:
            return None
        return Response(kept.body, headers=kept.headers)

    def keep(self, key: Key, catalogs: Snapshot, response: Response) -> None:
        """Keep the page for a moment."""
        kept = _Kept(time.monotonic() + self.seconds, catalogs, response.get_data(), list(response.headers))
        with self._lock:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[key] = kept
