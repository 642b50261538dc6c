"""The front of the house (ASGI): where every request comes in.

It receives a request's body, hands plain checks to their desk, and everything else to
the framework in a thread. It decides nothing and words nothing.
"""

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import perf_counter_ns
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from backend.api.bodies import Bodies, GoneError, Receive, Scope, Send, SlowBodyError
from backend.api.check_desk import METHOD, PATH, CheckDesk, plain_check
from backend.api.headers import usual_headers
from backend.api.limits import JSON
from backend.api.request_log import REQUEST_ID, new_request_id, write_line
from backend.api.rooms import Rooms
from backend.api.wsgi_environ import REFUSED, environ_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 16  # for the framework's doors; the desk of checks has one of its own


class Front:
    """An ASGI application over the framework's, which stays whole behind it."""

    def __init__(
        self, slow: "WSGIApplication", house: Rooms, bodies: Bodies | None = None
    ) -> None:
        self._slow = slow
        self._house = house
        self._bodies = bodies or Bodies()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="doors")
        self._desk = CheckDesk(house, ThreadPoolExecutor(1, thread_name_prefix="desk"))
        usual = usual_headers(house.base_url.startswith("https://"))
        self._usual = _octets({"Content-Type": JSON, **usual}.items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        try:
            octets = await self._bodies.receive(receive)
        except SlowBodyError as error:
            await self._answer_slowly(scope, b"", error, send)
        except GoneError:
            return
        else:
            await self._answer(scope, octets, send)

    async def _answer(self, scope: Scope, octets: bytes, send: Send) -> None:
        is_check = scope["path"] == PATH and scope["method"] == METHOD
        check = plain_check(scope["headers"], octets) if is_check else None
        if check is None:
            await self._answer_slowly(scope, octets, None, send)
            return
        started_ns = perf_counter_ns()
        try:
            body = await self._desk.answer(check)
        except Exception as error:  # the view raises it again, to be worded there
            await self._answer_slowly(scope, octets, error, send)
            return
        name = new_request_id(self._house.random_bytes)
        own = {"Content-Length": str(len(body)), REQUEST_ID: name}
        await _send(send, 200, [*self._usual, *_octets(own.items())], body)
        write_line(METHOD, PATH, 200, started_ns, name)

    async def _answer_slowly(
        self, scope: Scope, octets: bytes, refused: Exception | None, send: Send
    ) -> None:
        environ = environ_of(scope, octets)
        if refused is not None:
            environ[REFUSED] = refused
        call = partial(Response.from_app, self._slow, environ, buffered=True)
        loop = asyncio.get_running_loop()
        response = await loop.run_in_executor(self._threads, call)
        headers = _octets(response.headers.items())
        await _send(send, response.status_code, headers, response.get_data())


def _octets(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers]


async def _send(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
