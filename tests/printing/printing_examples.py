"""Certificates of made-up people, short and as long as they can be, to be printed."""

from datetime import date

from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials.certificate import CertificateFields, Form, seal_certificate
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.signing import LocalSigner
from backend.domain.charge import CopayRatio, LimitCategory, SpecificDisease
from backend.domain.codes import Relation, Sex
from backend.domain.identifiers import new_serial
from backend.domain.insurer_number import InsurerNumber
from backend.printing.sheets import Printed

NAMES = IssuerNames("https://shikaku.example")
SIGNER = LocalSigner.of(ec.derive_private_key(7, ec.SECP256R1()))
SERIAL = new_serial(lambda length: bytes(range(17, 17 + length)))

SHORT = CertificateFields(
    serial=SERIAL,
    insurer_number=InsurerNumber.parse("33120015"),
    insurer_name="見本広域連合",
    number="00412345",
    name="髙橋 花子",
    kana="ﾀｶﾊｼ ﾊﾅｺ",
    birth_on=date(1948, 4, 12),
    sex=Sex.FEMALE,
    acquired_on=date(2023, 4, 12),
    issued_on=date(2026, 7, 1),
    expires_on=date(2027, 7, 31),
    status_list=1,
    status_index=4711,
)
"""No optional item."""

WHOLE = SHORT._replace(
    insurer_number=InsurerNumber.parse("138057"),
    insurer_name="見本区国民健康保険",
    symbol="文京12",
    branch="01",
    relation=Relation.FAMILY,
    insured_name="髙橋 一郎",
    address="東京都見本区見本町一丁目2番3号 見本荘101号室",
    copay_ratio=CopayRatio.TWO_TENTHS,
    copay_from_on=date(2026, 8, 1),
    limit_category=LimitCategory.LOW_INCOME_2,
    limit_from_on=date(2026, 8, 1),
    specific_diseases=(SpecificDisease.CHRONIC_KIDNEY_FAILURE,),
    is_special_expenses=True,
)
"""Every item."""

LONG = WHOLE._replace(
    insurer_name="関東甲信越静ソフトウェア情報サービス産業健康保険組合連合会",
    symbol="１２３４－東京あいう・第５６７８９号甲乙",
    number="１２３４５６７８９０－１２３４５６７８９",
    name="ＡＬＥＸＡＮＤＲＩＡ　ＣＡＲＯＬＩＮＥ　"
    "ＶＡＮ　ＤＥＮ　ＢＥＲＧ　ＳＭＩＴＨＥＲ",
    kana="ｱﾚｸｻﾝﾄﾞﾘｱ ｷｬﾛﾗｲﾝ ﾌｧﾝ ﾃﾞﾝ ﾍﾞﾙｸﾞ ｽﾐｽ ｼﾞｭﾆｱ",
    birth_on=date(1953, 11, 24),
    acquired_on=date(2019, 10, 17),
    issued_on=date(2028, 11, 23),
    expires_on=date(2031, 11, 22),
    insured_name="ＭＡＸＩＭＩＬＩＡＮ　ＦＲＩＥＤＲＩＣＨ　"
    "ＶＡＮ　ＤＥＮ　ＢＥＲＧ　ＳＭＩＴＨＥ",
    address="東京都千代田区霞が関一丁目２番２号　中央合同庁舎第５号館"
    "マンション霞が関レジデンス西館２３階２３０５号室　架空太様方気付",
    copay_from_on=date(2028, 10, 31),
    limit_category=LimitCategory.LOW_INCOME_1_WELFARE_PENSION,
    limit_from_on=date(2028, 10, 31),
    specific_diseases=tuple(SpecificDisease),
    status_list=65_535,
    status_index=2**32 - 1,
)
"""Every item as long as it may be."""


def printed(fields: CertificateFields, form: Form) -> Printed:
    """The paper, sealed; on card stock without address."""
    if form is Form.CARD:
        fields = fields._replace(address=None)
    return Printed(seal_certificate(fields, form, NAMES, SIGNER))
