"""A line between a browser and the house: it can fall silent, or bring another file."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import requests

_PATIENCE_SECONDS = 30
_OURS = {"host", "if-none-match", "if-modified-since"}
_PER_HOP = {"connection", "transfer-encoding", "content-encoding", "content-length"}


class SlowLine:
    """Hands on what the house says, as long as it is neither silent nor told otherwise.

    `instead` maps a path to the text that is brought in its place.
    """

    def __init__(self, house: str) -> None:
        self.house = house
        self.instead: dict[str, str] = {}
        self.speaks = Event()
        self.speaks.set()
        self._server = _Quiet(("127.0.0.1", 0), partial(_Hop, self))
        self.address = f"http://localhost:{self._server.server_address[1]}"

    @contextmanager
    def open(self) -> Iterator["SlowLine"]:
        """Works until the end."""
        Thread(target=self._server.serve_forever, daemon=True).start()
        yield self
        self.speaks.set()
        self._server.shutdown()
        self._server.server_close()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A browser that hung up is nothing to tell of."""


class _Hop(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, line: SlowLine, *rest: object, **more: object) -> None:
        self._line = line
        super().__init__(*rest, **more)  # type: ignore[arg-type] # as the server calls

    def do_GET(self) -> None:
        self._line.speaks.wait(_PATIENCE_SECONDS)
        length = int(self.headers.get("Content-Length") or 0)
        told = requests.request(
            self.command,
            self._line.house + self.path,
            headers={k: v for k, v in self.headers.items() if k.lower() not in _OURS},
            data=self.rfile.read(length),
            timeout=_PATIENCE_SECONDS,
        )
        instead = self._line.instead.get(self.path)
        content = told.content if instead is None else instead.encode()
        self.send_response(200 if instead is not None else told.status_code)
        for name, value in told.headers.items():
            if name.lower() not in _PER_HOP and (instead is None or name != "ETag"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_DELETE = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the browser notices what is wrong."""
