"""The front of the house (RSGI): where every request comes in.

It receives a request's body, hands plain checks to their desk, and everything else to
the framework in a thread. It decides nothing and words nothing.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import perf_counter_ns
from typing import TYPE_CHECKING, TypeVar

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from backend.api.auth import is_known
from backend.api.bodies import Bodies, declared_length, is_large
from backend.api.check_desk import METHOD, PATH, CheckDesk, plain_check
from backend.api.headers import usual_headers
from backend.api.limits import JSON
from backend.api.request_log import REQUEST_ID, new_request_id, write_line
from backend.api.rooms import Rooms
from backend.api.wsgi_environ import REFUSED, environ_of
from backend.domain.errors import ShikakuError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from granian.rsgi import Headers as RequestHeaders
    from granian.rsgi import HTTPProtocol, Scope

THREADS = 16  # for the framework's doors; the desk of checks has one of its own

T = TypeVar("T")
Headers = Sequence[tuple[str, str]]


class Front:
    """An RSGI application over the framework's, which stays whole behind it."""

    def __init__(
        self, slow: "WSGIApplication", house: Rooms, bodies: Bodies | None = None
    ) -> None:
        self._slow = slow
        self._house = house
        self._bodies = bodies or Bodies()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="doors")
        self._desk = CheckDesk(house, ThreadPoolExecutor(1, thread_name_prefix="desk"))
        usual = usual_headers(house.base_url.startswith("https://"))
        self._usual = [("Content-Type", JSON), *usual.items()]

    async def __call__(self, scope: "Scope", protocol: "HTTPProtocol") -> None:
        """Answer one HTTP request."""
        headers = scope.headers.items()
        try:
            octets = await self._receive(scope.headers, protocol)
        except (HTTPException, ShikakuError) as error:
            await self._answer_slowly(scope, headers, b"", error, protocol)
        else:
            await self._answer(scope, headers, octets, protocol)

    async def _receive(
        self, headers: "RequestHeaders", protocol: "HTTPProtocol"
    ) -> bytes:
        """The body; of a large one by a stranger, nothing.

        Strangers could hold all places for large ones: they are refused by their heads.
        """
        length = declared_length(headers)
        authorization = headers.get("authorization")
        if is_large(length) and not await self._in_thread(
            partial(is_known, self._house, authorization)
        ):
            return b""
        return await self._bodies.receive(length, protocol)

    async def _answer(
        self, scope: "Scope", headers: Headers, octets: bytes, protocol: "HTTPProtocol"
    ) -> None:
        is_check = scope.path == PATH and scope.method == METHOD
        check = plain_check(headers, octets) if is_check else None
        if check is None:
            await self._answer_slowly(scope, headers, octets, None, protocol)
            return
        started_ns = perf_counter_ns()
        try:
            body = await self._desk.answer(check)
        except Exception as error:  # the view raises it again, to be worded there
            await self._answer_slowly(scope, headers, octets, error, protocol)
            return
        name = new_request_id(self._house.random_bytes)
        own = [("Content-Length", str(len(body))), (REQUEST_ID, name)]
        protocol.response_bytes(200, [*self._usual, *own], body)
        write_line(METHOD, PATH, 200, started_ns, name)

    async def _answer_slowly(
        self,
        scope: "Scope",
        headers: Headers,
        octets: bytes,
        refused: Exception | None,
        protocol: "HTTPProtocol",
    ) -> None:
        environ = environ_of(scope, headers, octets)
        if refused is not None:
            environ[REFUSED] = refused
        answer = await self._in_thread(
            partial(Response.from_app, self._slow, environ, buffered=True)
        )
        told = answer.headers.to_wsgi_list()
        protocol.response_bytes(answer.status_code, told, answer.get_data())

    async def _in_thread(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)
