"""A request as the framework takes it: RSGI's scope and body as WSGI's environ."""

import sys
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from granian.rsgi import Scope

REFUSED = "shikaku.refused"
"""Where an environ holds the error that the framework shall raise and word."""

_BARE = {"content-length": "CONTENT_LENGTH", "content-type": "CONTENT_TYPE"}
_QUERY_SIGNS = "!$%&'()*+,/:;=?@[]"


def environ_of(
    scope: "Scope", headers: Sequence[tuple[str, str]], octets: bytes
) -> "WSGIEnvironment":
    """The environ (PEP 3333) of a request whose body is all there.

    A header said twice is joined with a comma (RFC 9110 §5.3), so no single value of
    it is believed.
    """
    host, _, port = scope.server.rpartition(":")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": quote(scope.query_string, _QUERY_SIGNS),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(octets),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in headers:
        if "_" not in name:  # would pass for another header's name
            key = _BARE.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
            said = environ.get(key)
            environ[key] = value if said is None else f"{said},{value}"
    environ.setdefault("CONTENT_LENGTH", str(len(octets)))
    return environ
