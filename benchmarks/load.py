"""A bounded load on loopback: every request is answered with 200, or the run ends.

One thread and as little of it as can be: the server must never wait for the client.
"""

import re
import selectors
import socket
import time
from collections.abc import Iterator

_LENGTH = re.compile(rb"^content-length: *([0-9]+)", re.I | re.M)

Request = tuple[str, dict[str, str], bytes]


def send_all(port: int, requests: list[Request], connections: int) -> list[bytes]:
    """Send every request over keep-alive connections; their bodies, in any order."""
    waiting = iter([_octets(port, *request) for request in requests])
    answers: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            _Caller(port, waiting, answers).begin(selector)
        while selector.get_map():
            ready = selector.select(timeout=30)
            if not ready:
                raise RuntimeError("the load was not answered within 30 seconds")
            for key, _ in ready:
                key.data.read(selector)
    return answers


class _Caller:
    """One connection: a request, its answer, the next request."""

    def __init__(
        self, port: int, waiting: Iterator[bytes], answers: list[bytes]
    ) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._waiting, self._answers = waiting, answers
        self._got = b""

    def begin(self, selector: selectors.BaseSelector) -> None:
        selector.register(self._socket, selectors.EVENT_READ, self)
        self._send_next(selector)

    def read(self, selector: selectors.BaseSelector) -> None:
        octets = self._socket.recv(65536)
        self._got += octets
        head, end, body = self._got.partition(b"\r\n\r\n")
        if not octets or (end and b" 200 " not in head[:16]):
            raise RuntimeError(f"the load was not answered: {self._got[:300]!r}")
        if end and len(body) == _length(head):
            self._got = b""
            self._answers.append(body)
            self._send_next(selector)

    def _send_next(self, selector: selectors.BaseSelector) -> None:
        octets = next(self._waiting, None)
        if octets is not None:
            self._socket.sendall(octets)
            return
        selector.unregister(self._socket)
        self._socket.close()


def _octets(port: int, path: str, headers: dict[str, str], body: bytes) -> bytes:
    told = {"Host": f"127.0.0.1:{port}", **headers, "Content-Length": str(len(body))}
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {it}" for name, it in told.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _length(head: bytes) -> int:
    found = _LENGTH.search(head)
    if found is None:
        raise RuntimeError(f"an answer without a length: {head[:300]!r}")
    return int(found[1])


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_up(port: int, seconds: float = 20) -> None:
    """Return once someone listens; raises TimeoutError."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on port {port}")
