"""POST /v1/clinic/checks without the framework around it: a plain request's short way.

It asks what the view behind asks, through the same functions. Whatever is not plain,
and every refusal, is left to the framework: so refusals are worded in one place only.
"""

from collections.abc import Iterable
from io import BytesIO
from time import perf_counter_ns
from typing import TYPE_CHECKING

from backend.api.auth import Knock, recogniser
from backend.api.clinic_checks import answer_check
from backend.api.headers import usual_headers
from backend.api.limits import JSON, USUAL_BODY
from backend.api.request_log import REQUEST_ID, new_request_id, write_line
from backend.api.rooms import Rooms
from backend.storage.rows import ClientKind

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REFUSED = "shikaku.refused"
"""Where a request's environ holds the error that the view shall raise."""

_METHOD, _PATH = "POST", "/v1/clinic/checks"
_LONGEST_LENGTH = len(str(USUAL_BODY))


class FastDoor:
    """A WSGI application in front of the framework's, which stays whole behind it."""

    def __init__(self, slow: "WSGIApplication", house: Rooms) -> None:
        self.slow = slow
        self._house = house
        usual = usual_headers(house.base_url.startswith("https://"))
        self._headers = [("Content-Type", JSON), *usual.items()]

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a good plain check; hand everything else on."""
        started_ns = perf_counter_ns()
        octets = _plain_body(environ)
        if octets is None:
            return self.slow(environ, start_response)
        try:
            body = self._answer(environ, octets)
        except Exception as error:  # the view raises it again, to be worded there
            environ[REFUSED] = error
            return self.slow(environ, start_response)
        name = new_request_id(self._house.random_bytes)
        write_line(_METHOD, _PATH, 200, started_ns, name)
        own = [("Content-Length", str(len(body))), (REQUEST_ID, name)]
        start_response("200 OK", self._headers + own)
        return [body]

    def _answer(self, environ: "WSGIEnvironment", octets: bytes) -> bytes:
        said = environ.get
        knock = Knock(_METHOD, _PATH, said("HTTP_AUTHORIZATION"), said("HTTP_DPOP"))
        recognise = recogniser(self._house, ClientKind.CLINIC, knock)
        key = said("HTTP_IDEMPOTENCY_KEY", "")
        return answer_check(self._house, recognise, octets, key)


def _plain_body(environ: "WSGIEnvironment") -> bytes | None:
    """The body of a request for this door, of a declared and bearable length.

    None for every other request, whose body is still to be read then.
    """
    if environ["PATH_INFO"] != _PATH or environ["REQUEST_METHOD"] != _METHOD:
        return None
    length = environ.get("CONTENT_LENGTH") or ""
    if (
        environ.get("CONTENT_TYPE") != JSON
        or "HTTP_TRANSFER_ENCODING" in environ
        or not (length.isascii() and length.isdecimal())
        or len(length) > _LONGEST_LENGTH
        or int(length) > USUAL_BODY
    ):
        return None
    octets: bytes = environ["wsgi.input"].read(int(length))
    if len(octets) != int(length):
        environ["wsgi.input"] = BytesIO(octets)
        return None
    return octets
