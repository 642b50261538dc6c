"""A made-up certificate with everything on it, and one that differs in every field."""

from dataclasses import fields
from datetime import date

from backend.credentials.certificate import CertificateFields
from backend.credentials.eligibility_token import TokenClaims
from backend.domain.charge import CopayRatio, LimitCategory, SpecificDisease
from backend.domain.codes import Relation, Sex
from backend.domain.insurer_number import InsurerNumber

INSURER = "33120015"
OTHER_INSURER = "138057"

WHOLE = CertificateFields(
    serial="ABCD-EFGH-IJKL-MNOV",
    insurer_number=InsurerNumber.parse(INSURER),
    insurer_name="架空市国民健康保険組合",
    symbol="架空２１",
    number="１２３４５６７",
    branch="02",
    name="髙橋　花子",
    kana="ﾀｶﾊｼ ﾊﾅｺ",
    birth_on=date(1954, 2, 28),
    sex=Sex.FEMALE,
    relation=Relation.FAMILY,
    insured_name="髙橋　太郎",
    address="東京都架空市霞が関一丁目２番３号",
    acquired_on=date(2020, 4, 1),
    issued_on=date(2026, 8, 1),
    expires_on=date(2027, 7, 31),
    copay_ratio=CopayRatio.TWO_TENTHS,
    copay_from_on=date(2026, 8, 1),
    limit_category=LimitCategory.GENERAL,
    limit_from_on=date(2026, 8, 2),
    specific_diseases=(SpecificDisease.CHRONIC_KIDNEY_FAILURE,),
    is_special_expenses=True,
    status_list=3,
    status_index=123_456,
)
OTHER = CertificateFields(
    serial="ABCD-EFGH-IJKL-MNPT",
    insurer_number=InsurerNumber.parse(OTHER_INSURER),
    insurer_name="架空市国民健康保険組台",
    symbol="架空２２",
    number="１２３４５６８",
    branch=None,
    name="高橋　花子",
    kana="ﾀｶﾊｼ ﾊﾅｴ",
    birth_on=date(1954, 3, 1),
    sex=Sex.MALE,
    relation=Relation.INSURED,
    insured_name="髙橋　次郎",
    address="東京都架空市霞が関一丁目２番４号",
    acquired_on=date(2020, 4, 2),
    issued_on=date(2026, 8, 2),
    expires_on=date(2030, 7, 31),
    copay_ratio=CopayRatio.ONE_TENTH,
    copay_from_on=None,
    limit_category=LimitCategory.LOW_INCOME_1,
    limit_from_on=date(2026, 8, 1),
    specific_diseases=(),
    is_special_expenses=False,
    status_list=4,
    status_index=123_457,
)


def one_field_changed() -> dict[str, CertificateFields]:
    """By a field's name: the whole certificate with that field of the other one."""
    changed = OTHER._asdict().items()
    return {name: WHOLE._replace(**{name: value}) for name, value in changed}


def on_a_phone(certificate: CertificateFields) -> TokenClaims:
    """What a phone's token says of the same person."""
    names = [field.name for field in fields(TokenClaims)]
    return TokenClaims(**{name: getattr(certificate, name) for name in names})
