"""Certificates and activation codes, as their insurer orders and withdraws them."""

from collections.abc import Mapping
from typing import Any

from backend.api.complaints import Complaint
from backend.api.limits import MOST_PERSONS
from backend.api.schemas.fields import (
    Bilingual,
    Choice,
    Day,
    Flag,
    Instant,
    Part,
    Plain,
    Several,
    Shape,
    Text,
)
from backend.credentials.certificate import Form
from backend.domain.words import Words
from backend.issuing.withdrawals import WithdrawalReason

EVERYONE = "entitled"
_LONGEST_JWT = 4_000
_LONGEST_CODE = 2_000

_PERSONS = {
    "type": "object",
    "required": ["person_ids"],
    "additionalProperties": False,
    "properties": {
        "person_ids": {
            "type": "array",
            "maxItems": MOST_PERSONS,
            "items": {"type": "string", "maxLength": 40},
        }
    },
}
_WHOM = Complaint(
    Words(
        f'"{EVERYONE}" でも {{"person_ids": [...]}} でもありません',
        f'it is neither "{EVERYONE}" nor {{"person_ids": [...]}}',
    ),
    Words("どちらかを送ってください", "send one of the two"),
)
_ONE_OF_TWO = Complaint(
    Words(
        'person_ids か "all": true のどちらか一つを送ってください',
        'send exactly one of person_ids and "all": true',
    ),
    Words("一つだけにしてください", "keep one of them"),
)


class PersonsShape(Shape):
    """Certain people."""

    person_ids = Several(Text(40), MOST_PERSONS, required=True)


class Whom(Plain):
    """Everyone entitled, or certain people; loads as None or their ids."""

    def __init__(self, **more: Any) -> None:
        choices = [{"type": "string", "enum": [EVERYONE]}, _PERSONS]
        super().__init__(_WHOM, {"oneOf": choices}, **more)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[str] | None:
        if value == EVERYONE:
            return None
        if not isinstance(value, dict):
            raise self.refuse()
        persons: list[str] = _PERSONS_SHAPE.load(value)["person_ids"]
        return persons


_PERSONS_SHAPE = PersonsShape()


class IssueShape(Shape):
    """資格確認書の交付."""

    whom = Whom(required=True)
    form = Choice(Form, required=True)


class IssuedShape(Shape):
    """A new certificate: its code to print, and the signed certificate itself.

    Both are left out if the person has been erased, or the address withheld, since.
    """

    person_id = Text(40, required=True)
    serial = Text(19, required=True)
    qr = Text(_LONGEST_CODE)
    jwt = Text(_LONGEST_JWT)
    expires_on = Day(required=True)


class SkippedShape(Shape):
    """Someone who got none, and why."""

    person_id = Text(40, required=True)
    reason = Bilingual(required=True)


class IssueRunShape(Shape):
    """Whom a run gave certificates, and whom not."""

    issued = Several(Part(IssuedShape()), 1_000_000, required=True)
    skipped = Several(Part(SkippedShape()), 1_000_000, required=True)


class CertificateShape(Shape):
    """A certificate as recorded; its texts only where they may still be shown."""

    serial = Text(19, required=True)
    person_id = Text(40, required=True)
    coverage_id = Text(40, required=True)
    issued_on = Day(required=True)
    expires_on = Day(required=True)
    state = Text(10, required=True)
    reason = Text(20, required=True, allow_none=True)
    qr = Text(_LONGEST_CODE)
    jwt = Text(_LONGEST_JWT)


class WithdrawShape(Shape):
    """失効・停止・停止の解除."""

    reason = Choice(WithdrawalReason, required=True)


class StateShape(Shape):
    """Where a certificate stands now: valid, suspended or revoked."""

    state = Text(10, required=True)


class ActivateShape(Shape):
    """Whose phones may be activated: certain people's, or everyone's."""

    person_ids = Several(Text(40), MOST_PERSONS)
    all = Flag()

    def complaint(self, loaded: Mapping[str, Any]) -> Complaint | None:
        """Exactly one member, and `all` only as true."""
        is_one = len(loaded) == 1 and loaded.get("all") is not False
        return None if is_one else _ONE_OF_TWO


class ActivationCodeShape(Shape):
    """A one-time code for one person's phone."""

    person_id = Text(40, required=True)
    code = Text(14, required=True)
    expires_at = Instant(required=True)


class ActivationCodesShape(Shape):
    """The new codes: shown once."""

    codes = Several(Part(ActivationCodeShape()), 1_000_000, required=True)
