"""Style sheets and other static files, served under a hash of their content and cached for ever."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}

SHEETS = {"public.css": ("tokens", "base", "components", "public")}
"""One file a face, made of these at start-up: one request instead of four for a reader far away."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file in memory."""

    name: str
    content: bytes
    content_type: str

    @property
    def digest(self) -> str:
        """The start of the content's SHA-256 (hex), as its address carries it."""
        return hashlib.sha256(self.content).hexdigest()[:16]


class Assets:
    """All static files under `folder`."""

    def __init__(self, folder: Path) -> None:
        sheets = [
            Asset(
                name,
                b"".join((folder / "css" / f"{part}.css").read_bytes() for part in parts),
                _TYPES[".css"],
            )
            for name, parts in SHEETS.items()
        ]
        pictures = [Asset(p.name, p.read_bytes(), _TYPES[p.suffix]) for p in sorted(folder.glob("*.svg"))]
        self._by_name = {asset.name: asset for asset in (*sheets, *pictures)}

    def path(self, name: str) -> str:
        """Return the address of the file called `name`."""
        return f"/static/{self._by_name[name].digest}/{name}"

    def find(self, digest: str, name: str) -> Asset | None:
        """Return the file at this address, or None if there is none or it has changed since."""
        asset = self._by_name.get(name)
        return asset if asset and asset.digest == digest else None
