"""What a door takes at all: how large a body, and of which media type."""

from collections.abc import Sequence

from flask import Request

from backend.domain.errors import ShikakuError
from backend.domain.words import Words

JSON = "application/json"
_KIB = 1024
_MIB = 1024 * _KIB
USUAL_BODY = 32 * _KIB
LARGEST_BODY = 32 * _MIB
_BODIES = {
    "insurer_lists.upload_list": LARGEST_BODY,  # about 200,000 lines of a member list
    "insurer_runs.begin_run": LARGEST_BODY,
    "insurer_previews.preview_list": LARGEST_BODY,
    "insurer_previews.plan_run": LARGEST_BODY,
    "insurer_previews.preview_withdrawal": LARGEST_BODY,
    "insurer_previews.plan_withdrawal": LARGEST_BODY,
    "insurer_runs.begin_withdrawal": LARGEST_BODY,
    "insurer_papers.issue": 512 * _KIB,  # 10,000 person ids
    "insurer_papers.activate": 512 * _KIB,
}
MOST_PERSONS = 10_000


class WrongMediaTypeError(ShikakuError):
    """A body of another media type than the door takes."""

    code = "wrong-media-type"

    def __init__(self, expected: str) -> None:
        super().__init__(f"send {expected}")
        self.reason = Words(
            f"Content-Type: {expected} で送ってください",
            f"send it as Content-Type: {expected}",
        )


def bound_body(request: Request) -> None:
    """Refuse a body that declares itself larger than the door takes (413)."""
    request.max_content_length = _BODIES.get(request.endpoint or "", USUAL_BODY)
    request.max_form_memory_size = USUAL_BODY
    request.max_form_parts = 20


def require_one_of(request: Request, expected: Sequence[str]) -> None:
    """Raises WrongMediaTypeError, which names them, for any other media type."""
    if request.mimetype not in expected:
        raise WrongMediaTypeError(", ".join(expected))


def require_media_type(request: Request, expected: str) -> None:
    """Raises WrongMediaTypeError; a parameter such as a charset is not looked at."""
    if request.mimetype != expected:
        raise WrongMediaTypeError(expected)
