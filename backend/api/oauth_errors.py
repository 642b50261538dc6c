"""Errors at the OAuth doors keep OAuth's own shape (RFC 6749 §5.2, RFC 9449 §5)."""

from collections.abc import Mapping

from flask import Response, json

from backend.admitting.errors import BadProofError, InvalidClientError
from backend.api.complaints import Complaint, FieldComplaint, InvalidFieldsError
from backend.api.problem import Problem
from backend.domain.errors import UnavailableError
from backend.domain.words import Words

_DOORS = "/oauth/"
_HEADERS = ("Allow", "Retry-After")


_ONLY_GRANT = Complaint(
    Words("client_credentials だけです", "only client_credentials is known here"),
    Words("client_credentials を送ってください", "send client_credentials"),
)


class UnsupportedGrantError(InvalidFieldsError):
    """A grant type that we do not have."""

    def __init__(self) -> None:
        super().__init__([FieldComplaint("grant_type", _ONLY_GRANT)])


def is_oauth(path: str) -> bool:
    """Whether errors at this path have OAuth's shape."""
    return path.startswith(_DOORS)


def oauth_error(
    problem: Problem, error: Exception, headers: Mapping[str, str]
) -> Response:
    """The error document of RFC 6749; the description is for developers."""
    code, status = _code(problem, error)
    body = {"error": code, "error_description": _description(problem, error)}
    kept = {name: value for name, value in headers.items() if name in _HEADERS}
    return Response(json.dumps(body), status, kept, content_type="application/json")


def _code(problem: Problem, error: Exception) -> tuple[str, int]:
    if isinstance(error, InvalidClientError):
        return "invalid_client", 401
    if isinstance(error, BadProofError):
        return "invalid_dpop_proof", 400
    if isinstance(error, UnsupportedGrantError):
        return "unsupported_grant_type", 400
    if isinstance(error, UnavailableError):
        return "temporarily_unavailable", 503
    if problem.status >= 500:
        return "server_error", 500
    is_plain = problem.status in (404, 405, 413, 429)
    return "invalid_request", problem.status if is_plain else 400


def _description(problem: Problem, error: Exception) -> str:
    """ASCII without quotes or backslashes (RFC 6749 §5.2)."""
    if isinstance(error, InvalidClientError):
        return "the client assertion is not accepted"
    if isinstance(error, InvalidFieldsError):
        return "; ".join(
            f"{found.field}: {found.complaint.reason.en}" for found in error.complaints
        )
    return problem.meaning.en.replace('"', "'").replace("`", "'")
