"""The items of a certificate in the words that stand on it."""

import unicodedata
from datetime import date

from backend.credentials.certificate import CertificateFields
from backend.domain.codes import Relation, Sex
from backend.domain.wareki import format_wareki

_SEX = {Sex.MALE: "男", Sex.FEMALE: "女", Sex.UNSET: "未設定"}
_RELATION = {Relation.INSURED: "本人", Relation.FAMILY: "家族"}


def wording(fields: CertificateFields) -> dict[str, str]:
    """Each item by its name; "" where the certificate does not have it.

    Names, numbers and addresses stand exactly as recorded; kana in full width, which
    alone changes, as on every such paper. Days stand by era.
    """
    ratio, category = fields.copay_ratio, fields.limit_category
    return {
        "name": fields.name,
        "kana": unicodedata.normalize("NFKC", fields.kana),
        "birth_on": format_wareki(fields.birth_on),
        "sex": _SEX[fields.sex],
        "relation": _RELATION[fields.relation] if fields.relation else "",
        "symbol": fields.symbol or "",
        "number": _with_branch(fields.number, fields.branch),
        "insurer_number": fields.insurer_number.digits,
        "insurer_name": fields.insurer_name,
        "insured_name": fields.insured_name or "",
        "address": fields.address or "",
        "acquired_on": format_wareki(fields.acquired_on),
        "issued_on": format_wareki(fields.issued_on),
        "expires_on": format_wareki(fields.expires_on),
        "copay_ratio": ratio.label if ratio else "",
        "copay_from_on": _day(fields.copay_from_on),
        "limit_category": category.label if category else "",
        "limit_from_on": _day(fields.limit_from_on),
        "specific_diseases": "・".join(it.label for it in fields.specific_diseases),
        "special_expenses": "対象" if fields.is_special_expenses else "",
        "serial": fields.serial,
    }


def _with_branch(number: str, branch: str | None) -> str:
    return f"{number}（枝番）{branch}" if branch else number


def _day(on: date | None) -> str:
    return format_wareki(on) if on else ""
