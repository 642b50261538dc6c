"""A request as the framework takes it: ASGI's scope and body as WSGI's environ."""

import sys
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes

from backend.api.bodies import Scope

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

REFUSED = "shikaku.refused"
"""Where an environ holds the error that the framework shall raise and word."""

_BARE = {"content-length": "CONTENT_LENGTH", "content-type": "CONTENT_TYPE"}
_QUERY_SIGNS = "!$%&'()*+,/:;=?@[]"


def environ_of(scope: Scope, octets: bytes) -> "WSGIEnvironment":
    """The environ (PEP 3333) of a request whose body is all there.

    A header said twice is joined with a comma (RFC 9110 §5.3), so no single value of
    it is believed.
    """
    host, port = scope.get("server") or ("localhost", 0)
    caller, _ = scope.get("client") or ("", 0)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": quote_from_bytes(scope["query_string"], _QUERY_SIGNS),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": caller,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(octets),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in _headers(scope):
        said = environ.get(name)
        environ[name] = value if said is None else f"{said},{value}"
    environ.setdefault("CONTENT_LENGTH", str(len(octets)))
    return environ


def _headers(scope: Scope) -> list[tuple[str, str]]:
    return [
        (
            _BARE.get(name) or f"HTTP_{name.upper().replace('-', '_')}",
            value.decode("latin-1"),
        )
        for name, value in (
            (name.decode("latin-1"), value) for name, value in scope["headers"]
        )
        if "_" not in name  # would pass for another header's name
    ]
