"""Structured logs: one JSON line an event, without personal data, addresses of machines or secrets."""

import sys
import time
import traceback
from types import TracebackType

import structlog
from flask import Flask, Response, g, request

_ExcInfo = tuple[type, BaseException, TracebackType] | tuple[None, None, None]
_log = structlog.get_logger()


def set_up_logs() -> None:
    """Make every log line JSON on standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


def log_requests(app: Flask) -> None:
    """Log each answer: the route, never the address (which can carry a secret), status and time in ms."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        _log.info(
            "request",
            method=request.method,
            route=str(request.url_rule) if request.url_rule else "unknown",
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
        )
        return response


def log_fault(error: BaseException) -> None:
    """Log an unforeseen error: its type and where it arose. Its message stays out, for it may quote data."""
    frames = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    _log.error("fault", type=type(error).__qualname__, frames=frames[-12:])


class LoggedFlask(Flask):
    """Flask, logging unforeseen errors our way: its own log line would hold the address."""

    def log_exception(self, exc_info: _ExcInfo) -> None:
        """Log an unforeseen error."""
        if exc_info[1] is not None:
            log_fault(exc_info[1])
