"""A scripted server on loopback, which remembers what it heard."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

Answer = tuple[int, dict[str, Any]]


@dataclass
class Heard:
    """One request as the desk heard it."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


Scripted = Answer | None | Callable[[Heard], Answer]


@dataclass
class Desk:
    """A scripted server on loopback: answers from `answers`, else 200 {}."""

    url: str = ""
    heard: list[Heard] = field(default_factory=list)
    answers: list[Scripted] = field(default_factory=list)

    def calls(self, path: str) -> list[Heard]:
        return [h for h in self.heard if h.path.partition("?")[0] == path]


def handler(desk: Desk) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length).decode()
            desk.heard.append(Heard(self.command, self.path, dict(self.headers), body))
            status, told = 200, {}
            if self.path == "/oauth/token":
                number = len(desk.calls("/oauth/token"))
                told = {"access_token": f"token-{number}", "expires_in": 300}
            elif desk.answers:
                scripted = desk.answers.pop(0)
                if callable(scripted):
                    scripted = scripted(desk.heard[-1])
                if scripted is None:
                    self.close_connection = True
                    return
                status, told = scripted
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = _answer

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
