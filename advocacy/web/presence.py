"""Who has opened which text in the last minutes: in Redis where there is one, else in the database.

Redis forgets by itself; the database forgets at most once a minute when somebody opens a text, and when what
has expired is purged. While Redis is away nobody is said to be there.
"""

from collections.abc import Collection
from datetime import datetime

import redis
import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from advocacy.actions.attend import forget_attendances, note_look
from advocacy.extensions import begin_writing
from advocacy.models.attendance import Attendance
from advocacy.rules.attendance import LOOKING, NOTED_EVERY

_log = structlog.get_logger()

_PATIENCE = 0.5
"""Seconds that a page waits for Redis."""


class Presence:
    """Tells who looks at a unit now."""

    def __init__(self, redis_url: str | None) -> None:
        patience = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE}
        self._redis = redis.Redis.from_url(redis_url, **patience) if redis_url else None
        self._forgot_at: datetime | None = None

    def note(
        self, engine: Engine, unit_id: int, known: Collection[Attendance], *, by: int, now: datetime
    ) -> None:
        """Note that an account (by id) opens a unit; `known` is who the database says is there."""
        if self._redis:
            self._note_in_redis(self._redis, unit_id, by, now)
            return
        mine = next((one.seen_at for one in known if one.account_id == by), None)
        if mine is None or now - mine >= NOTED_EVERY:
            with Session(engine) as own:  # of its own: what the request does may come to nothing
                note_look(begin_writing(own), unit_id, by=by, now=now)
                if self._forgot_at is None or now - self._forgot_at >= NOTED_EVERY:
                    forget_attendances(own, now=now)
                    self._forgot_at = now
                own.commit()

    def looking(
        self, units: Collection[int], known: Collection[Attendance], *, but: int, now: datetime
    ) -> set[int]:
        """Return which of these units (by id) somebody else than this account (by id) looks at."""
        if self._redis and units:
            return self._looking_in_redis(self._redis, list(units), but, now)
        return {one.unit_id for one in known if one.account_id != but and one.looks(now)}

    def _note_in_redis(self, store: redis.Redis, unit_id: int, by: int, now: datetime) -> None:
        try:
            with store.pipeline() as steps:
                steps.zadd(_name(unit_id), {str(by): now.timestamp()})
                steps.zremrangebyscore(_name(unit_id), "-inf", (now - LOOKING).timestamp())
                steps.expire(_name(unit_id), LOOKING)
                steps.execute()
        except redis.RedisError as error:
            _log.warning("presence.redis_away", type=type(error).__qualname__)

    def _looking_in_redis(self, store: redis.Redis, units: list[int], but: int, now: datetime) -> set[int]:
        try:
            with store.pipeline() as steps:
                for unit_id in units:
                    steps.zrangebyscore(_name(unit_id), f"({(now - LOOKING).timestamp()}", "+inf")
                found = steps.execute()
        except redis.RedisError as error:
            _log.warning("presence.redis_away", type=type(error).__qualname__)
            return set()
        me = str(but).encode()
        return {unit_id for unit_id, there in zip(units, found, strict=True) if set(there) - {me}}


def _name(unit_id: int) -> str:
    return f"advocacy:looking:{unit_id}"
