"""資格確認書: the paper certificate, signed exactly as printed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from backend.credentials import base64url, jose, strict_json
from backend.credentials.certificate_mould import fixed
from backend.credentials.claims import (
    as_day,
    as_flag,
    as_one_of,
    as_text,
    optional,
    required,
)
from backend.credentials.issuer_names import IssuerNames, parse_issuer
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.key_set import FindRecord, KeyPurpose, keys_for
from backend.credentials.signing import Signer
from backend.credentials.status_list import read_reference
from backend.domain.charge import CopayRatio, LimitCategory, SpecificDisease
from backend.domain.codes import Relation, Sex
from backend.domain.errors import MalformedError
from backend.domain.insurer_number import InsurerNumber
from backend.domain.japan_time import start_of_day
from backend.domain.words import Words

CERTIFICATE_TYP = "shikaku-certificate+jwt"


class Form(Enum):
    """What the certificate is printed on."""

    A4 = "a4"
    POSTCARD = "postcard"
    """はがき."""
    CARD = "card"
    """Card stock: too small for the address, which it never carries."""


class CertificateFields(NamedTuple):
    """What stands on the paper, and where its status stands.

    `expires_on` is 有効期限, the last day. `insured_name` is the 被保険者氏名
    (世帯主氏名) where it is printed beside the person's own. `copay_from_on` and
    `limit_from_on` are the 発効期日 of ratio and category; `is_special_expenses` is
    特別療養費の支給対象. `status_list` and `status_index` place the paper in its
    insurer's status lists; they are not printed in letters, only in the code.
    """

    serial: str
    insurer_number: InsurerNumber
    insurer_name: str
    number: str
    name: str
    kana: str
    birth_on: date
    sex: Sex
    acquired_on: date
    issued_on: date
    expires_on: date
    status_list: int
    status_index: int
    symbol: str | None = None
    branch: str | None = None
    relation: Relation | None = None
    insured_name: str | None = None
    address: str | None = None
    copay_ratio: CopayRatio | None = None
    copay_from_on: date | None = None
    limit_category: LimitCategory | None = None
    limit_from_on: date | None = None
    specific_diseases: tuple[SpecificDisease, ...] = ()
    is_special_expenses: bool = False


@dataclass(frozen=True, slots=True)
class Certificate:
    """A genuine certificate: still to be judged are its time, status and coverage.

    `expires_at` is `exp`: the first instant at which the paper is no longer valid.
    """

    fields: CertificateFields
    form: Form
    expires_at: datetime
    kid: str
    signing_input: bytes


def certificate_payload(
    fields: CertificateFields, form: Form, names: IssuerNames
) -> bytes:
    """The claims, byte for byte as they are signed: one spelling for one paper.

    Raises `MalformedError` for an address on card stock.
    """
    head, printed = frame_payload(fields, form, names)
    serial = strict_json.write(fields.serial).decode("utf-8")[1:-1]
    place = fields.status_index, fields.status_list
    return f"{head % (serial, *place)}{printed}".encode()


def frame_payload(
    fields: CertificateFields, form: Form, names: IssuerNames
) -> tuple[str, str]:
    """The claims up to the status place, and those of what is printed.

    The first part has places for what is given out last: serial (`%s`), index in the
    status list and the list's number (`%d`). Raises as `certificate_payload` does.
    """
    if form is Form.CARD and fields.address is not None:
        raise MalformedError(
            "address",
            Words("カード型に住所は載せられません", "card stock carries no address"),
            Words("A4かはがきに印刷してください", "print it on A4 or a postcard"),
        )
    iss, lists = _addresses(names, fields.insurer_number.digits)
    head = (
        f'{{"iss":"{iss}","jti":"%s","exp":{_expiry(fields.expires_on)},"status":'
        f'{{"status_list":{{"idx":%d,"uri":"{lists}%d"}}}},'
    )
    printed = strict_json.write({"form": form.value} | _printed(fields))
    return head, printed[1:].decode("utf-8")


@lru_cache(4096)
def _addresses(names: IssuerNames, insurer: str) -> tuple[str, str]:
    """An insurer's own address and its status lists', as a part of `frame_payload`."""
    return _spelled(names.issuer(insurer)), _spelled(names.status_lists(insurer))


def _spelled(address: str) -> str:
    return fixed(strict_json.write(address).decode("utf-8")[1:-1])


def seal_certificate(
    fields: CertificateFields, form: Form, names: IssuerNames, signer: Signer
) -> str:
    """The signed certificate, a compact JWT. Raises as `certificate_payload` does."""
    payload = certificate_payload(fields, form, names)
    return jose.seal(payload, CERTIFICATE_TYP, signer)


def open_certificate(token: str, find: FindRecord) -> Certificate:
    """Read a certificate that one of its insurer's own keys signed.

    `find` is `KeySet.find`. Raises `NotGenuineError`, also for claims that spell a
    paper in any other way than `certificate_payload` does.
    """
    keys = keys_for(KeyPurpose.ISSUING, find)
    opened = jose.open_sealed(token, CERTIFICATE_TYP, keys)
    fields, form, names = read_fields(opened.claims)
    record = find(opened.kid)
    if record is None or record.insurer != fields.insurer_number.digits:
        raise NotGenuineError(NotGenuine.UNKNOWN_KEY, "another insurer's key")
    _require_own_spelling(opened.signing_input, fields, form, names)
    expires_at = jose.instant(opened.claims, "exp")
    return Certificate(fields, form, expires_at, opened.kid, opened.signing_input)


def read_fields(
    claims: Mapping[str, Any],
) -> tuple[CertificateFields, Form, IssuerNames]:
    """What a certificate's claims say, form only; raises `NotGenuineError`."""
    names, _ = required(claims, "iss", lambda iss: parse_issuer(as_text(iss)))
    status = read_reference(claims)
    try:
        fields = CertificateFields(
            serial=required(claims, "jti", as_text),
            status_list=status.list_number,
            status_index=status.index,
            **{
                name: value
                for name, read in _PRINTED.items()
                if (value := optional(claims, name, read)) is not None
            },
        )
    except TypeError:
        raise NotGenuineError(
            NotGenuine.MISSING_CLAIM, "a printed field is missing"
        ) from None
    return fields, required(claims, "form", as_one_of(Form)), names


@lru_cache(4096)  # the papers of a run expire on few days
def _expiry(expires_on: date) -> int:
    """`exp`: the first instant at which the paper is no longer valid, in seconds."""
    return int(start_of_day(expires_on + timedelta(days=1)).timestamp())


def _printed(fields: CertificateFields) -> dict[str, Any]:
    """The printed claims in the order of `_PRINTED`: days as ISO text, codes as such.

    What is absent has no claim; days and codes are spelled by the serialiser.
    """
    diseases = {disease.value for disease in fields.specific_diseases}
    printed = {
        "insurer_number": fields.insurer_number.digits,
        "insurer_name": fields.insurer_name,
        "symbol": fields.symbol,
        "number": fields.number,
        "branch": fields.branch,
        "name": fields.name,
        "kana": fields.kana,
        "birth_on": fields.birth_on,
        "sex": fields.sex,
        "relation": fields.relation,
        "insured_name": fields.insured_name,
        "address": fields.address,
        "acquired_on": fields.acquired_on,
        "issued_on": fields.issued_on,
        "expires_on": fields.expires_on,
        "copay_ratio": fields.copay_ratio,
        "copay_from_on": fields.copay_from_on,
        "limit_category": fields.limit_category,
        "limit_from_on": fields.limit_from_on,
        "specific_diseases": sorted(diseases) if diseases else None,
        "is_special_expenses": fields.is_special_expenses or None,
    }
    return {name: value for name, value in printed.items() if value is not None}


def _require_own_spelling(
    signing_input: bytes, fields: CertificateFields, form: Form, names: IssuerNames
) -> None:
    """A code rebuilds this text from the fields, so no other text may be signed."""
    try:
        payload = base64url.encode(certificate_payload(fields, form, names))
    except (MalformedError, OverflowError):
        payload = ""
    if signing_input.partition(b".")[2] != payload.encode("ascii"):
        raise NotGenuineError(NotGenuine.MALFORMED, "not the template's claims")


def _as_insurer(value: Any) -> InsurerNumber:
    try:
        return InsurerNumber.parse(as_text(value))
    except MalformedError:
        raise ValueError("not an insurer number") from None


def _as_diseases(value: Any) -> tuple[SpecificDisease, ...]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return tuple(map(as_one_of(SpecificDisease), value))


# How each printed claim is read; the order is that in which they are written.
_PRINTED: dict[str, Callable[[Any], Any]] = {
    "insurer_number": _as_insurer,
    "insurer_name": as_text,
    "symbol": as_text,
    "number": as_text,
    "branch": as_text,
    "name": as_text,
    "kana": as_text,
    "birth_on": as_day,
    "sex": as_one_of(Sex),
    "relation": as_one_of(Relation),
    "insured_name": as_text,
    "address": as_text,
    "acquired_on": as_day,
    "issued_on": as_day,
    "expires_on": as_day,
    "copay_ratio": as_one_of(CopayRatio),
    "copay_from_on": as_day,
    "limit_category": as_one_of(LimitCategory),
    "limit_from_on": as_day,
    "specific_diseases": _as_diseases,
    "is_special_expenses": as_flag,
}
