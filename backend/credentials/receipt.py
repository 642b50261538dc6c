"""資格確認の控え: the signed receipt that a clinic keeps as evidence for its claim."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from backend.credentials import jose, strict_json
from backend.credentials.claims import (
    as_day,
    as_flag,
    as_object,
    as_one_of,
    as_text,
    as_whole,
    optional,
    required,
)
from backend.credentials.key_set import FindRecord, KeyPurpose, keys_for
from backend.credentials.presentation import PresentationKind
from backend.credentials.signing import Signer
from backend.domain.codes import QualificationValidity
from backend.domain.delegation import DelegateRelation
from backend.domain.outcome import Outcome

RECEIPT_TYP = "shikaku-receipt+jwt"
# The furthest day that may be asked about, and five years in which it can be claimed.
RECEIPT_LIFE = timedelta(days=31 + 5 * 366)


@dataclass(frozen=True, slots=True)
class Bearer:
    """A delegate who showed the code: the id of their phone's key, and the relation.

    No name: whoever must know it finds it by the key, until the person is erased.
    """

    phone: str
    relation: DelegateRelation


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What we answered to whom, and when; no name and no number of a person.

    `object_id` is the certificate's serial or the phone token's handle; absent for
    keyed numbers, or where nothing could be read. `presentation_kind` is the value of
    `PresentationKind` for a phone. `validity` is absent where coverage was not asked.
    `on` is the day asked, `at` the instant of the answer; `is_copy` tells that not the
    paper but its copy (写し) on a phone was shown; `shown_by` is the delegate who
    showed it, if one did.
    """

    check_id: str
    clinic: str
    terminal: str
    outcome: Outcome
    on: date
    at: datetime
    validity: QualificationValidity | None = None
    object_id: str | None = None
    presentation_kind: int | None = None
    is_copy: bool = False
    shown_by: Bearer | None = None


def seal_receipt(receipt: Receipt, signer: Signer) -> str:
    """The signed receipt, a compact JWT."""
    claims = {
        "jti": receipt.check_id,
        "iat": int(receipt.at.timestamp()),
        "clinic": receipt.clinic,
        "terminal": receipt.terminal,
        "outcome": receipt.outcome.value,
        "on": receipt.on.isoformat(),
        "validity": receipt.validity.value if receipt.validity else None,
        "object_id": receipt.object_id,
        "presentation_kind": receipt.presentation_kind,
        "is_copy": receipt.is_copy,
    }
    if receipt.shown_by is not None:
        bearer = receipt.shown_by
        claims["shown_by"] = {"phone": bearer.phone, "relation": bearer.relation.value}
    return jose.seal(strict_json.write(claims), RECEIPT_TYP, signer)


def open_receipt(token: str, find: FindRecord) -> Receipt:
    """Read a receipt of ours; `find` is `KeySet.find`. Raises `NotGenuineError`."""
    keys = keys_for(KeyPurpose.SERVICE, find)
    claims = jose.open_sealed(token, RECEIPT_TYP, keys).claims
    return Receipt(
        check_id=required(claims, "jti", as_text),
        clinic=required(claims, "clinic", as_text),
        terminal=required(claims, "terminal", as_text),
        outcome=required(claims, "outcome", as_one_of(Outcome)),
        on=required(claims, "on", as_day),
        at=jose.instant(claims, "iat"),
        validity=optional(claims, "validity", as_one_of(QualificationValidity)),
        object_id=optional(claims, "object_id", as_text),
        presentation_kind=optional(claims, "presentation_kind", _as_kind),
        is_copy=required(claims, "is_copy", as_flag),
        shown_by=optional(claims, "shown_by", _as_bearer),
    )


def _as_bearer(value: Any) -> Bearer:
    said = as_object(value)
    return Bearer(
        phone=required(said, "phone", as_text),
        relation=required(said, "relation", as_one_of(DelegateRelation)),
    )


def _as_kind(value: Any) -> int:
    return PresentationKind(as_whole(value)).value
