"""Lets the framework's test client knock at the front (RSGI), as a server would."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from granian.rsgi import ProtocolClosed
from werkzeug.datastructures import EnvironHeaders
from werkzeug.wrappers import Request, Response

from backend.api.front import Front


class Headers:
    """Request headers as the server gives them: some perhaps said twice."""

    def __init__(self, said: list[tuple[str, str]]) -> None:
        self.said = said

    def __contains__(self, name: str) -> bool:
        return name in dict(self.said)

    def get(self, name: str, default: Any = None) -> Any:
        return dict(reversed(self.said)).get(name, default)

    def items(self) -> list[tuple[str, str]]:
        return list(self.said)


@dataclass
class Scope:
    """What the server tells of a request before its body."""

    method: str
    path: str
    query_string: str
    headers: Headers
    client: str = "127.0.0.1:50000"
    proto: str = "http"
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    scheme: str = "http"


@dataclass
class Protocol:
    """The server's end of one request; its body comes in time, late, or is cut off."""

    body: bytes = b""
    comes: bool = True
    is_cut_off: bool = False
    answer: Response | None = field(default=None, init=False)

    async def __call__(self) -> bytes:
        await asyncio.sleep(0 if self.comes else 3600)
        if self.is_cut_off:
            raise ProtocolClosed
        return self.body

    def response_bytes(
        self, status: int, headers: list[tuple[str, str]], body: bytes
    ) -> None:
        assert self.answer is None
        told = [(name.lower(), value) for name, value in headers]
        self.answer = Response(body, status, told)


def through(front: Front) -> Any:
    """A WSGI application, for a test client, that sends every request to the front."""

    def application(environ: Any, start_response: Any) -> Any:
        body = Protocol(Request(environ).get_data())
        answer = asyncio.run(ask(front, scope_of(environ), body))
        return answer(environ, start_response)

    return application


def scope_of(environ: Any) -> Scope:
    """The scope of a request that is in WSGI's form, a body in chunks included."""
    said = [
        (name.lower(), value)
        for name, value in EnvironHeaders(environ)
        if value != "" and value.isascii()  # the server drops any other
    ]
    if environ.get("wsgi.input_terminated") and not environ.get("CONTENT_LENGTH"):
        said.append(("transfer-encoding", "chunked"))
    return Scope(
        environ["REQUEST_METHOD"],
        environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
        environ["QUERY_STRING"],
        Headers(said),
        f"{environ.get('REMOTE_ADDR', '127.0.0.1')}:50000",
        scheme=environ["wsgi.url_scheme"],
    )


async def ask(front: Front, scope: Scope, body: bytes | Protocol) -> Any:
    """The answer.

    The length of a body given as bytes is told, as every client of ours tells it.
    """
    protocol = body if isinstance(body, Protocol) else Protocol(body)
    if isinstance(body, bytes) and body and "content-length" not in scope.headers:
        scope.headers.said.append(("content-length", str(len(body))))
    await front(scope, protocol)
    return protocol.answer
