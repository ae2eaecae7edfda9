"""Style sheets and other static files, served under a hash of their content and cached for ever."""

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".js": "text/javascript; charset=utf-8",
}

SHEETS = {
    "public.css": ("tokens", "base", "components", "public"),
    "in-place.css": ("in-place",),  # beside a public page's own
    "translate.css": ("tokens", "base", "components", "translate"),
    "staff.css": ("tokens", "base", "components", "public", "staff"),
}
"""One file a face, made of these at start-up: one request instead of four for a reader far away."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file in memory; `digest` is the start of its content's SHA-256 (hex)."""

    name: str
    content: bytes
    content_type: str
    digest: str


class Assets:
    """All static files under `folder`."""

    def __init__(self, folder: Path) -> None:
        sheets = [
            _asset(name, b"".join((folder / "css" / f"{part}.css").read_bytes() for part in parts))
            for name, parts in SHEETS.items()
        ]
        paths = [*sorted(folder.glob("*.svg")), *sorted((folder / "pictures").glob("*.png"))]
        pictures = [_asset(path.name, path.read_bytes()) for path in paths]
        modules = [_asset(path.name, path.read_bytes()) for path in sorted((folder / "js").glob("*.js"))]
        self._by_name = {asset.name: asset for asset in (*sheets, *pictures, *modules)}

    def path(self, name: str) -> str:
        """Return the address of the file called `name`."""
        return f"/static/{self._by_name[name].digest}/{name}"

    def has(self, name: str) -> bool:
        """Return whether there is a file called `name`."""
        return name in self._by_name

    def size(self, name: str) -> tuple[int, int]:
        """Return the width and height (pixels) of the PNG called `name`, as its header says."""
        width, height = struct.unpack_from(">II", self._by_name[name].content, 16)
        return width, height

    def find(self, digest: str, name: str) -> Asset | None:
        """Return the file at this address, or None if there is none or it has changed since."""
        asset = self._by_name.get(name)
        return asset if asset and asset.digest == digest else None


def _asset(name: str, content: bytes) -> Asset:
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(name, content, _TYPES[Path(name).suffix], digest)
