"""Lets the framework's test client knock at the front (ASGI), as a server would."""

import asyncio
from typing import Any

from werkzeug.datastructures import EnvironHeaders
from werkzeug.wrappers import Request, Response

from backend.api.front import Front


def through(front: Front) -> Any:
    """A WSGI application, for a test client, that sends every request to the front."""

    def application(environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        answer = asyncio.run(ask(front, scope_of(environ), [request.get_data()]))
        return answer(environ, start_response)

    return application


def scope_of(environ: Any) -> dict[str, Any]:
    """The ASGI scope of a request that is in WSGI's form."""
    headers = [
        (name.lower().encode(), value.encode("latin-1"))
        for name, value in EnvironHeaders(environ)
        if value != ""
    ]
    return {
        "type": "http",
        "http_version": "1.1",
        "method": environ["REQUEST_METHOD"],
        "path": environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
        "query_string": environ["QUERY_STRING"].encode("latin-1"),
        "scheme": environ["wsgi.url_scheme"],
        "server": ("shikaku.example", 443),
        "client": (environ.get("REMOTE_ADDR", "127.0.0.1"), 50000),
        "headers": headers,
    }


async def ask(front: Front, scope: dict[str, Any], parts: list[bytes | None]) -> Any:
    """The answer to a body that comes in parts; None: nothing more comes."""
    coming = list(parts)
    answer = Response()
    body = b""

    async def receive() -> dict[str, Any]:
        part = coming.pop(0)
        if part is None:
            await asyncio.sleep(3600)
        return {"type": "http.request", "body": part, "more_body": bool(coming)}

    async def send(message: dict[str, Any]) -> None:
        nonlocal body
        if message["type"] == "http.response.start":
            answer.status_code = message["status"]
            for name, value in message["headers"]:
                answer.headers[name.decode()] = value.decode()
        body += message.get("body", b"")

    await front(scope, receive, send)
    answer.data = body
    return answer
