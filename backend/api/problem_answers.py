"""Every error becomes a problem document (RFC 9457), or OAuth's own shape at its doors.

What we did not raise on purpose answers a bare 500: nothing of it leaves the house.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException, InternalServerError

from backend.admitting.errors import BadProofError, UnauthenticatedError
from backend.api.complaints import Complaint, FieldComplaint, InvalidFieldsError
from backend.api.oauth_errors import is_oauth, oauth_error
from backend.api.problem import Problem
from backend.api.problems import INTERNAL, PROBLEMS
from backend.api.request_log import log_fault, request_id
from backend.api.rooms import rooms
from backend.domain.errors import MalformedError, ShikakuError, UnavailableError
from backend.domain.words import Words

PROBLEM_JSON = "application/problem+json"
METADATA_PATH = "/.well-known/oauth-protected-resource"
_MOMENT_SECONDS = 1
_OF_STATUS = {
    404: PROBLEMS["not-found"],
    405: PROBLEMS["method-not-allowed"],
    411: PROBLEMS["length-required"],
    413: PROBLEMS["too-large"],
    415: PROBLEMS["wrong-media-type"],
}
"""For refusals that the web framework makes; other 4xx are a bad request."""
_PASSED_ON = ("Allow", "Retry-After")  # what the framework's refusals may say


def register_problem_answers(app: Flask) -> None:
    """Answer every error of the application."""
    app.register_error_handler(Exception, answer_error)


def answer_error(error: Exception) -> Response:
    """The answer to an error, whoever raised it."""
    if isinstance(error, HTTPException):
        problem = _problem_of_status(error.code or 500)
        told = dict(error.get_headers())
        headers = {name: told[name] for name in _PASSED_ON if name in told}
    else:
        code = error.code if isinstance(error, ShikakuError) else ""
        problem = PROBLEMS.get(code, INTERNAL)
        headers = _headers(error)
    if problem is INTERNAL:
        log_fault(error)
        error = InternalServerError()  # whatever it says stays in the house
    if is_oauth(request.path):
        return oauth_error(problem, error, headers)
    return problem_answer(problem, _detail(error), _complaints(error), headers)


def _problem_of_status(status: int) -> Problem:
    if status >= 500:
        return INTERNAL
    return _OF_STATUS.get(status, PROBLEMS["bad-request"])


def problem_answer(
    problem: Problem,
    detail: Words | None = None,
    complaints: Sequence[FieldComplaint] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem document; `detail` is the problem's own meaning unless given.

    `said` is `detail` in each language apart, for pages that show one.
    """
    said = detail or problem.meaning
    document: dict[str, Any] = {
        "type": f"{rooms().base_url}/problems/{problem.code}",
        "title": str(problem.title),
        "status": problem.status,
        "detail": str(said),
        "instance": f"urn:uuid:{request_id()}",
        "code": problem.code,
        "said": words(said),
        "remedy": words(problem.remedy),
    }
    if complaints:
        document["errors"] = [_spelled(found) for found in complaints]
    return Response(
        json.dumps(document, ensure_ascii=False),
        problem.status,
        headers,
        content_type=PROBLEM_JSON,
    )


def words(sentence: Words) -> dict[str, str]:
    """A sentence as it stands in every answer."""
    return {"ja": sentence.ja, "en": sentence.en}


def _spelled(found: FieldComplaint) -> dict[str, Any]:
    return {
        "field": found.field,
        "reason": words(found.complaint.reason),
        "fix": words(found.complaint.fix),
    }


def _detail(error: Exception) -> Words | None:
    reason = getattr(error, "reason", None)
    return reason if isinstance(reason, Words) else None


def _complaints(error: Exception) -> Sequence[FieldComplaint]:
    if isinstance(error, InvalidFieldsError):
        return error.complaints
    if isinstance(error, MalformedError):
        return [FieldComplaint(error.field, Complaint(error.reason, error.fix))]
    return ()


def _headers(error: Exception) -> dict[str, str]:
    if isinstance(error, UnauthenticatedError):
        return _challenge("invalid_token" if error.has_token else None)
    if isinstance(error, BadProofError):
        return _challenge("invalid_dpop_proof")
    seconds = getattr(error, "retry_after_seconds", None)
    if isinstance(error, UnavailableError):
        seconds = _MOMENT_SECONDS
    return {} if seconds is None else {"Retry-After": str(seconds)}


def _challenge(error: str | None) -> dict[str, str]:
    """RFC 9449 §7.1 and RFC 9728 §5.1: where to learn how to get in."""
    parts = [f'error="{error}"'] if error else []
    parts += ['algs="ES256"', f'resource_metadata="{rooms().base_url}{METADATA_PATH}"']
    return {"WWW-Authenticate": "DPoP " + ", ".join(parts)}
