"""Counting how many forms have something in common, without keeping what: in memory, or shared in Redis.

Counters are named by an HMAC under a salt that is made anew each day and forgotten with it. With REDIS_URL
all processes count together; while Redis is away, or without it, each counts for itself.
"""

import hmac
import secrets
import time
from collections.abc import Iterable

import redis
import structlog
from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import SlidingWindowCounterRateLimiter

from advocacy.rules.pressure import HOLD_FACTOR, LONG_WINDOW, WINDOW, Caution, Trait

_log = structlog.get_logger()

_DAY = 86_400
_PATIENCE = 0.5
"""Seconds that a form waits for Redis before it is counted here instead."""


class _Counters:
    """One place where counts are kept, with its salt."""

    def __init__(self, storage: Storage) -> None:
        self._strategy = SlidingWindowCounterRateLimiter(storage)
        self._salts: dict[int, bytes] = {}

    def caution(self, trait: Trait) -> Caution:
        name = hmac.digest(self._salt(), f"{trait.kind}\0{trait.key}".encode(), "sha256").hex()
        calm = self._strategy.hit(RateLimitItemPerSecond(trait.calm, WINDOW), "work", name)
        tame = self._strategy.test(_hold_limit(trait), "hold", name)
        if trait.holds and not tame:
            return Caution.HOLD
        return Caution.NONE if calm else Caution.WORK

    def note_passed(self, trait: Trait) -> None:
        name = hmac.digest(self._salt(), f"{trait.kind}\0{trait.key}".encode(), "sha256").hex()
        self._strategy.hit(_hold_limit(trait), "hold", name)

    def allows_try(self, what: str, key: str, most: int, seconds: int) -> bool:
        name = hmac.digest(self._salt(), f"{what}\0{key}".encode(), "sha256").hex()
        return self._strategy.hit(RateLimitItemPerSecond(most, seconds), "try", name)

    def _salt(self) -> bytes:
        day = int(time.time()) // _DAY
        if day not in self._salts:
            self._salts = {day: self._salt_of(day)}
        return self._salts[day]

    def _salt_of(self, _day: int) -> bytes:
        return secrets.token_bytes(32)


def _hold_limit(trait: Trait) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(trait.calm * HOLD_FACTOR, LONG_WINDOW)


class _SharedCounters(_Counters):
    """Counts in Redis: the first process of a day makes the salt, the others find it there."""

    def __init__(self, url: str) -> None:
        pool = redis.ConnectionPool.from_url(url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)
        super().__init__(RedisStorage(url, connection_pool=pool, key_prefix="advocacy"))
        self._redis = redis.Redis(connection_pool=pool)

    def _salt_of(self, day: int) -> bytes:
        name = f"advocacy:salt:{day}"
        self._redis.set(name, secrets.token_bytes(32), nx=True, ex=_DAY + LONG_WINDOW)
        found = self._redis.get(name)
        return found if isinstance(found, bytes) else secrets.token_bytes(32)


class Limits:
    """Says how carefully a form is to be taken. With `calm` 0 every form is taken as it comes."""

    def __init__(self, redis_url: str | None, *, calm: int) -> None:
        self.calm = calm
        self._here = _Counters(MemoryStorage())
        self._shared = _SharedCounters(redis_url) if redis_url else None

    def caution(self, found: Iterable[Trait]) -> Caution:
        """Count one form under each of its traits; return what the most telling of them asks for."""
        if not self.calm:
            return Caution.NONE
        return max(self._caution(trait) for trait in found)

    def note_passed(self, found: Iterable[Trait]) -> None:
        """Count one form that has passed under each of its traits.

        Only these bring others near to being held: whoever sends forms without doing the work harms nobody.
        """
        for trait in found if self.calm else ():
            if self._shared:
                try:
                    self._shared.note_passed(trait)
                    continue
                except redis.RedisError as error:
                    _log.warning("limits.redis_away", type=type(error).__qualname__)
            self._here.note_passed(trait)

    def allows_try(self, what: str, key: str, *, most: int, seconds: int) -> bool:
        """Count one try of `what` by `key` and return whether it is among the `most` in so many seconds."""
        if self._shared:
            try:
                return self._shared.allows_try(what, key, most, seconds)
            except redis.RedisError as error:
                _log.warning("limits.redis_away", type=type(error).__qualname__)
        return self._here.allows_try(what, key, most, seconds)

    def _caution(self, trait: Trait) -> Caution:
        if self._shared:
            try:
                return self._shared.caution(trait)
            except redis.RedisError as error:
                _log.warning("limits.redis_away", type=type(error).__qualname__)
        return self._here.caution(trait)
