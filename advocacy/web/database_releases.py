"""Releases from the database, on a connection of their own: a page's transaction does not see them."""

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from advocacy.actions.live_domains import LiveDomain, live_domain
from advocacy.extensions import db
from advocacy.models.release import live_versions


class DatabaseReleases:
    """What is live according to the database of `app`."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._engine: Engine | None = None

    def versions(self) -> dict[str, tuple[int, int]]:
        """Return release id and version of every live domain."""
        with self._session() as session:
            return live_versions(session)

    def load(self, name: str) -> LiveDomain:
        """Return what is live of a domain. Raises NotLiveError, CorruptReleaseError."""
        with self._session() as session:
            return live_domain(session, name)

    def _session(self) -> Session:
        if self._engine is None:  # not in the constructor: then the database is not bound yet
            with self._app.app_context():
                self._engine = db.engine
        return Session(self._engine)
