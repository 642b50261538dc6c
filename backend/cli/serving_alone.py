"""Exactly one server: on a database, since one process commits; and on a port."""

import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.domain.errors import UnavailableError
from backend.domain.words import Words

LOCK = "serve.lock"


@contextmanager
def alone_on(data_dir: Path) -> Iterator[None]:
    """Hold the data folder for this server and its worker, also one left behind.

    Raises UnavailableError while another holds it. The lock goes with its last holder,
    however that one ends.
    """
    path = data_dir / LOCK
    with path.open("w") as lock:
        path.chmod(0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UnavailableError(_served(path)) from None
        yield


def require_free(host: str, port: int) -> None:
    """Raises UnavailableError where nobody can listen, or somebody does already.

    Two servers could share a port, each answering half of the callers.
    """
    try:
        (family, kind, protocol, _, address), *_ = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise UnavailableError(_not_free(host, port)) from error


def _served(path: Path) -> Words:
    return Words(
        f"このデータを使うサーバーがすでに動いています（{path}）。"
        "先に止めるか、SHIKAKU_DATA_DIR を変えてください。",
        f"A server already runs on this data ({path}): stop it first, or set"
        " SHIKAKU_DATA_DIR to other data.",
    )


def _not_free(host: str, port: int) -> Words:
    return Words(
        f"{host} のポート {port} で待ち受けられません。使用中か、存在しないアドレスか、"
        "権限がありません。--host と --port を確かめてください。",
        f"Cannot listen on {host}, port {port}: it is in use, does not exist or may"
        " not be used. See --host and --port.",
    )
