"""Load on a server of our own on 127.0.0.1, and what it took: requests a second and their latencies.

Client processes hold connections open; on each, the next request leaves when the last one is answered. So
the rate is what the server manages with that many at a time, and by Little's law the median latency is
about connections / rate: latency without waiting in line is what one connection alone measures.
"""

import re
import selectors
import socket
import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from multiprocessing import get_context

WARM_UP = 1.0
"""Seconds at the start that are not counted: templates compile, pools fill."""

_PATIENCE = 30.0
"""Seconds without any answer after which a run fails."""

_START = 0.5
"""Seconds until all client processes are surely there, so that they begin together."""

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_GAP = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Clients:
    """Who asks: so many processes, each with so many connections."""

    processes: int
    connections: int

    def __str__(self) -> str:
        return f"{self.processes} x {self.connections}"


CROWD = Clients(processes=2, connections=8)
"""As many connections as `advocacy serve` with two workers has threads."""

ALONE = Clients(processes=1, connections=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run measured: answers a second, latencies in ms, and the processor cores its clients used."""

    count: int
    rate: float
    p50: float
    p99: float
    cores: float


@dataclass(frozen=True, slots=True)
class Part:
    """What one process measured: (moment of the answer, latency) in seconds, and its processor time."""

    answers: list[tuple[float, float]]
    busy: float


@dataclass(slots=True)
class _Talk:
    """One connection, when its request left, and what has arrived of the answer."""

    line: socket.socket
    left_at: float
    arrived: bytearray

    def ask(self, request: bytes) -> None:
        self.arrived.clear()
        self.left_at = time.perf_counter()
        self.line.sendall(request)


class UnexpectedAnswerError(Exception):
    """An answer that makes the figures worthless, or none at all."""


def get(port: int, path: str, *, encoding: str = "br") -> bytes:
    """Return a GET request as it goes over the wire."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: {encoding}\r\n\r\n".encode()


def post(port: int, path: str, body: str) -> bytes:
    """Return a POST of a URL-encoded form as it goes over the wire."""
    lines = (
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    )
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode("ascii")


def measure(
    port: int, requests: Sequence[bytes], *, status: int, seconds: float, clients: Clients = CROWD
) -> Figures:
    """Send `requests` for `seconds` and return the figures.

    A single request is sent again and again; of several, each is sent once, and the run ends early when
    they are used up. Raises UnexpectedAnswerError on an answer with another status.
    """
    span = start_and_end(seconds)
    with ProcessPoolExecutor(clients.processes, mp_context=get_context("fork")) as pool:
        shares = [
            requests if len(requests) == 1 else requests[number :: clients.processes]
            for number in range(clients.processes)
        ]
        work = [pool.submit(_drive, port, share, status, span, clients.connections) for share in shares]
        return figures_of([one.result() for one in work], span[0])


def start_and_end(seconds: float) -> tuple[float, float]:
    """Return when a run that is being prepared begins, on every process's clock, and when it ends."""
    start = time.perf_counter() + _START
    return start, start + seconds


def figures_of(parts: Sequence[Part], start: float) -> Figures:
    """Return the figures of processes that began at `start`, leaving out the warm-up."""
    answers = [answer for part in parts for answer in part.answers]
    end = max(moment for moment, _ in answers)
    counted = [latency for moment, latency in answers if moment > start + WARM_UP]
    if len(counted) < 2:  # noqa: PLR2004  two make a quantile
        raise UnexpectedAnswerError("the run was over before the warm-up was")
    percentiles = statistics.quantiles(counted, n=100, method="inclusive")
    return Figures(
        count=len(answers),
        rate=len(counted) / (end - start - WARM_UP),
        p50=percentiles[49] * 1000,
        p99=percentiles[98] * 1000,
        cores=sum(part.busy for part in parts) / (end - start),
    )


def _drive(
    port: int, requests: Sequence[bytes], status: int, span: tuple[float, float], connections: int
) -> Part:
    """Keep `connections` busy from the start of `span` to its end."""
    supply = cycle(requests) if len(requests) == 1 else iter(requests)
    answers: list[tuple[float, float]] = []
    with selectors.DefaultSelector() as waiting:
        talks = [
            _Talk(socket.create_connection(("127.0.0.1", port)), 0.0, bytearray()) for _ in range(connections)
        ]
        time.sleep(max(0.0, span[0] - time.perf_counter()))
        busy = time.process_time()
        for talk in talks:
            waiting.register(talk.line, selectors.EVENT_READ, talk)
            _go_on(talk, supply, waiting)
        while waiting.get_map():
            for talk in _answered(waiting):
                answers.append((time.perf_counter(), _latency(talk, status)))
                _go_on(talk, supply if answers[-1][0] < span[1] else iter(()), waiting)
        return Part(answers, time.process_time() - busy)


def _go_on(talk: _Talk, supply: Iterator[bytes], waiting: selectors.BaseSelector) -> None:
    """Send the next request, or hang up if there is none."""
    request = next(supply, None)
    if request is None:
        waiting.unregister(talk.line)
        talk.line.close()
    else:
        talk.ask(request)


def _answered(waiting: selectors.BaseSelector) -> Iterator[_Talk]:
    """Read whatever has arrived; yield the connections whose answer is complete."""
    ready = waiting.select(_PATIENCE)
    if not ready:
        raise UnexpectedAnswerError(f"no answer for {_PATIENCE:.0f} s")
    for key, _ in ready:
        talk: _Talk = key.data
        data = talk.line.recv(1 << 16)
        if not data:
            raise UnexpectedAnswerError("the server hung up")
        talk.arrived += data
        if _is_whole(talk.arrived):
            yield talk


def _is_whole(answer: bytearray) -> bool:
    end = answer.find(_GAP)
    if end < 0:
        return False
    length = _LENGTH.search(answer, 0, end)
    return len(answer) >= end + len(_GAP) + (int(length[1]) if length else 0)


def _latency(talk: _Talk, status: int) -> float:
    latency = time.perf_counter() - talk.left_at
    line = bytes(talk.arrived.partition(b"\r\n")[0])
    if int(line.split()[1]) != status:
        raise UnexpectedAnswerError(f"{line.decode()} where {status} was expected")
    return latency
