"""The ceiling of every writer: one INSERT and COMMIT of so many bytes, with nothing around it."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import get_context

import psycopg
from load import CROWD, Figures, Part, figures_of, start_and_end

_Writer = Callable[[bytes], None]


def bare_writes(url: str, size: int, *, seconds: float) -> Figures:
    """Insert rows of `size` random bytes, each in its own transaction, and return the figures.

    As many writers work at a time as a CROWD has connections. `url` is sqlite:///... or
    postgresql://..., of an empty database.
    """
    with _writer(url):  # makes the table, before the writers come
        pass
    span = start_and_end(seconds)
    with ProcessPoolExecutor(CROWD.processes, mp_context=get_context("fork")) as pool:
        work = [pool.submit(_write_in_threads, url, size, span) for _ in range(CROWD.processes)]
        return figures_of([one.result() for one in work], span[0])


def _write_in_threads(url: str, size: int, span: tuple[float, float]) -> Part:
    with ThreadPoolExecutor(CROWD.connections) as pool:
        work = [pool.submit(_write, url, size, span) for _ in range(CROWD.connections)]
        return Part([answer for one in work for answer in one.result()], time.process_time())


def _write(url: str, size: int, span: tuple[float, float]) -> list[tuple[float, float]]:
    """Insert until the time is over; return (moment, latency) of each."""
    answers = []
    with _writer(url) as write:
        time.sleep(max(0.0, span[0] - time.perf_counter()))
        while (left_at := time.perf_counter()) < span[1]:
            write(os.urandom(size))
            answers.append((time.perf_counter(), time.perf_counter() - left_at))
    return answers


def _writer(url: str) -> AbstractContextManager[_Writer]:
    """Return what inserts one row and commits, on a connection of its own."""
    return _sqlite(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else _postgresql(url)


@contextmanager
def _sqlite(path: str) -> Iterator[_Writer]:
    connection = sqlite3.connect(path, timeout=15, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):  # as advocacy.extensions sets them
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE IF NOT EXISTS ceiling (content BLOB)")

    def insert(content: bytes) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO ceiling VALUES (?)", [content])
        connection.execute("COMMIT")

    yield insert
    connection.close()


@contextmanager
def _postgresql(url: str) -> Iterator[_Writer]:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS ceiling (content BYTEA)")
        connection.commit()

        def insert(content: bytes) -> None:
            connection.execute("INSERT INTO ceiling VALUES (%s)", [content])
            connection.commit()

        yield insert
