"""One line of log a request: method, rule, status, microseconds, request id.

The rule is `/v1/insurer/members/<name:person_id>`, never the path: paths hold ids.
Bodies, queries, headers and addresses are never written.
"""

import logging
import traceback
from collections.abc import Callable
from time import perf_counter_ns
from uuid import UUID

from flask import Flask, Response, g, request

ACCESS_LOG = logging.getLogger("shikaku.access")
REQUEST_ID = "X-Request-Id"
_FAULT_LOG = logging.getLogger("shikaku.fault")


def register_request_log(app: Flask, random_bytes: Callable[[int], bytes]) -> None:
    """Name every request and write its line when it is answered."""

    @app.before_request
    def start() -> None:
        g.started_ns = perf_counter_ns()
        g.request_id = new_request_id(random_bytes)

    @app.after_request
    def write(response: Response) -> Response:
        response.headers[REQUEST_ID] = request_id()
        method = request.method if request.method.isalpha() else "?"
        rule = str(request.url_rule or "-")
        write_line(method, rule, response.status_code, g.started_ns, request_id())
        return response


def new_request_id(random_bytes: Callable[[int], bytes]) -> str:
    """A name for a request: a random UUID."""
    return str(UUID(bytes=random_bytes(16), version=4))


def write_line(
    method: str, rule: str, status: int, started_ns: int, request_id: str
) -> None:
    """The line of an answered request; `started_ns` is of `perf_counter_ns`."""
    taken = (perf_counter_ns() - started_ns) // 1000
    ACCESS_LOG.info("%s %s %d %d %s", method, rule, status, taken, request_id)


def request_id() -> str:
    """The present request's name: a random UUID, told to the caller as well."""
    return str(g.request_id)


def log_fault(error: BaseException) -> None:
    """Where an unexpected error arose and of which type: its text may be personal."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{f.filename}:{f.lineno}" for f in reversed(frames[-8:]))
    _FAULT_LOG.error("%s %s at %s", request_id(), type(error).__name__, places)
    _FAULT_LOG.debug("with its text, which may be personal", exc_info=error)
