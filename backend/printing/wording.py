"""The items of certificates and notices in the words that stand on them."""

import unicodedata
from datetime import date
from typing import Protocol

from backend.credentials.certificate import CertificateFields
from backend.domain.charge import CopayRatio
from backend.domain.codes import Relation, Sex
from backend.domain.insurer_number import InsurerNumber
from backend.domain.wareki import format_wareki

SEX = {Sex.MALE: "男", Sex.FEMALE: "女", Sex.UNSET: "未設定"}
# A voiced mark on a kana that takes none (ア゛) would stand on the next kana.
_SPACED = str.maketrans("\u3099\u309a", "\u309b\u309c")
_RELATION = {Relation.INSURED: "本人", Relation.FAMILY: "家族"}


class Identity(Protocol):
    """What a certificate and a notice have alike."""

    @property
    def insurer_number(self) -> InsurerNumber: ...
    @property
    def insurer_name(self) -> str: ...
    @property
    def symbol(self) -> str | None: ...
    @property
    def number(self) -> str: ...
    @property
    def branch(self) -> str | None: ...
    @property
    def name(self) -> str: ...
    @property
    def kana(self) -> str: ...
    @property
    def birth_on(self) -> date: ...
    @property
    def relation(self) -> Relation | None: ...
    @property
    def acquired_on(self) -> date: ...
    @property
    def issued_on(self) -> date: ...
    @property
    def copay_ratio(self) -> CopayRatio | None: ...
    @property
    def copay_from_on(self) -> date | None: ...


def identity(of: Identity) -> dict[str, str]:
    """The items that certificates and notices share; "" for one that is not there.

    Names and numbers stand exactly as recorded; of kana alone the width changes, to
    full, as on every such paper. Days stand by era.
    """
    return {
        "name": of.name,
        "kana": unicodedata.normalize("NFKC", of.kana).translate(_SPACED),
        "birth_on": format_wareki(of.birth_on),
        "relation": _RELATION[of.relation] if of.relation else "",
        "symbol": of.symbol or "",
        "number": _with_branch(of.number, of.branch),
        "insurer_number": of.insurer_number.digits,
        "insurer_name": of.insurer_name,
        "acquired_on": format_wareki(of.acquired_on),
        "issued_on": format_wareki(of.issued_on),
        "copay_ratio": of.copay_ratio.label if of.copay_ratio else "",
        "copay_from_on": day(of.copay_from_on),
    }


def certificate(fields: CertificateFields) -> dict[str, str]:
    """Every item of a certificate, as `identity`; the address as recorded."""
    category = fields.limit_category
    return identity(fields) | {
        "sex": SEX[fields.sex],
        "insured_name": fields.insured_name or "",
        "address": fields.address or "",
        "expires_on": format_wareki(fields.expires_on),
        "limit_category": category.label if category else "",
        "limit_from_on": day(fields.limit_from_on),
        "specific_diseases": "・".join(it.label for it in fields.specific_diseases),
        "special_expenses": "対象" if fields.is_special_expenses else "",
        "serial": fields.serial,
    }


def day(on: date | None) -> str:
    """A day by era; "" for none."""
    return format_wareki(on) if on else ""


def _with_branch(number: str, branch: str | None) -> str:
    return f"{number}（枝番）{branch}" if branch else number
