"""POST /v1/clinic/checks: the busiest door, so it goes straight to its use case.

It reads with the same strict reader and shapes as every other door and is described
by them in OpenAPI. Two ways lead here, with the same question to the same use case:
`check_desk` for a plain request, the framework's view for every other (docs/adr).
"""

import re
from datetime import date
from hashlib import sha256
from typing import Any

from marshmallow import ValidationError

from backend.api.complaints import (
    Complaint,
    FieldComplaint,
    InvalidFieldsError,
    complaints_in,
)
from backend.api.json_body import read_json
from backend.api.schemas.checks import AnswerShape, QuestionShape
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber
from backend.domain.my_number import refuse_my_number
from backend.domain.words import Words
from backend.verifying.question import (
    CodeShown,
    NumbersShown,
    PaperShown,
    Question,
    Shown,
)

_QUESTION = QuestionShape()
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_KEY_RULE = Complaint(
    Words(
        "Idempotency-Key ヘッダーに8〜64文字の英数字・-・_ が必要です",
        "the header Idempotency-Key must hold 8 to 64 letters, digits, - or _",
    ),
    Words(
        "確認のたびに新しい値を送り、再送のときだけ同じ値にしてください",
        "send a new one for each check, and the same one only to repeat it",
    ),
)

CHECK_DOC: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": True,
            "schema": {"type": "string", "pattern": f"^{_KEY.pattern}$"},
            "description": _KEY_RULE.fix.en,
        }
    ],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": _QUESTION}},
    },
    "responses": {
        "200": {
            "description": "資格確認の回答 / the answer",
            "content": {"application/json": {"schema": AnswerShape()}},
        },
        "400": "BAD_REQUEST",
        "401": "UNAUTHORIZED",
        "403": "FORBIDDEN",
        "409": "CONFLICT",
        "422": "UNPROCESSABLE_ENTITY",
        "429": "TOO_MANY_REQUESTS",
        "503": "SERVICE_UNAVAILABLE",
    },
}


def question_of(octets: bytes, idempotency_key: str) -> Question:
    """A clinic's question (資格確認) as it was sent.

    Raises MalformedJsonError, InvalidFieldsError, MalformedError.
    """
    try:
        asked = _QUESTION.load(read_json(octets))
    except ValidationError as error:
        raise InvalidFieldsError(complaints_in(error.messages_dict)) from None
    if not _KEY.fullmatch(idempotency_key):
        raise InvalidFieldsError([FieldComplaint("Idempotency-Key", _KEY_RULE)])
    return Question(
        shown=_shown(asked["shown"]),
        idempotency_key=idempotency_key,
        digest=sha256(octets).digest(),
        on=asked.get("on"),
        claim_reason=asked.get("claim_reason"),
        agreed=frozenset(asked.get("agreed", ())),
    )


def _shown(shown: dict[str, Any]) -> Shown:
    if "code" in shown:
        return CodeShown(shown["code"])
    if "certificate" in shown:
        return PaperShown(shown["certificate"])
    return _numbers(**shown["numbers"])


def _numbers(
    insurer_number: str,
    number: str,
    birth_on: date,
    symbol: str | None = None,
    branch: str | None = None,
) -> NumbersShown:
    refuse_my_number(symbol or "", "symbol")
    refuse_my_number(number, "number")
    insurer = InsurerNumber.parse(insurer_number)
    identity = InsuredIdentity.parse(symbol, number, branch, insurer)
    return NumbersShown(insurer, identity, birth_on)
