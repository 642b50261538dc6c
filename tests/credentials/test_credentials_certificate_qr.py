"""The certificate's code: the same JWT byte for byte, and small enough to scan."""

import base64
import zlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import segno
from credentials_examples import a_signer
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.credentials import base64url
from backend.credentials.certificate import (
    CertificateFields,
    Form,
    open_certificate,
    seal_certificate,
)
from backend.credentials.certificate_qr import from_qr, to_qr
from backend.credentials.certificate_template import MAX_INFLATED, write_fields
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.key_set import KeySet
from backend.credentials.signing import LocalSigner
from backend.credentials.transport import CodeKind, pack, unpack
from backend.domain.charge import CopayRatio, LimitCategory, SpecificDisease
from backend.domain.codes import Relation, Sex
from backend.domain.errors import MalformedError
from backend.domain.insurer_number import InsurerNumber
from tests.whole_certificate import one_field_changed

BUDGET = {Form.A4: 17, Form.POSTCARD: 17, Form.CARD: 14}
NAMES = IssuerNames("https://shikaku.example")


def version_of(text: str) -> int:
    symbol = segno.make(
        text, mode="alphanumeric", error="m", boost_error=False, micro=False
    )
    return int(symbol.version)


def printed_on(form: Form, fields: CertificateFields) -> CertificateFields:
    return fields._replace(address=None) if form is Form.CARD else fields


# The longest that real papers carry, all at once: 20 characters of symbol and number
# (full-width, the national interface's limit), 40 of each name, 60 of address.
_ALL = {
    "insurer_name": "関東甲信越静ソフトウェア情報サービス産業健康保険組合連合会",
    "symbol": "１２３４－東京あいう・第５６７８９号甲乙",
    "number": "１２３４５６７８９０－１２３４５６７８９",
}
LONGEST = {
    "Latin letters, as foreign residents are registered": {
        **_ALL,
        "name": "ＡＬＥＸＡＮＤＲＩＡ　ＣＡＲＯＬＩＮＥ　"
        "ＶＡＮ　ＤＥＮ　ＢＥＲＧ　ＳＭＩＴＨＥＲ",
        "kana": "ｱﾚｸｻﾝﾄﾞﾘｱ ｷｬﾛﾗｲﾝ ﾌｧﾝ ﾃﾞﾝ ﾍﾞﾙｸﾞ ｽﾐｽ ｼﾞｭﾆｱ",
        "insured_name": "ＭＡＸＩＭＩＬＩＡＮ　ＦＲＩＥＤＲＩＣＨ　"
        "ＶＡＮ　ＤＥＮ　ＢＥＲＧ　ＳＭＩＴＨＥ",
        "address": "東京都千代田区霞が関一丁目２番２号　中央合同庁舎第５号館"
        "マンション霞が関レジデンス西館２３階２３０５号室　架空太様方気付",
    },
    "katakana": {
        **_ALL,
        "name": "マリアクリスティーナ　フェルナンデス　"
        "デ　ラ　クルス　サントス　オリヴェイラエス",
        "kana": "ﾏﾘｱｸﾘｽﾃｨｰﾅ ﾌｪﾙﾅﾝﾃﾞｽ ﾃﾞ ﾗ ｸﾙｽ ｻﾝﾄｽ ｵﾘｳﾞｪｲ",
        "insured_name": "ジョゼアントニオダシルバ　フェルナンデス　"
        "デ　ラ　クルス　サントス　オリヴェイラ",
        "address": "愛知県名古屋市中村区名駅南二丁目１４番１９号　架空ビルディング"
        "アネックスタワーレジデンス３４階３４０１号室北側住戸東北端",
    },
    "kanji: the longest names of families, a Kyoto address": {
        **_ALL,
        "name": "勘解由小路　寿限無左衛門之助",
        "kana": "ｶﾃﾞﾉｺｳｼﾞ ｼﾞｭｹﾞﾑｻﾞｴﾓﾝﾉｽｹ",
        "insured_name": "勘解由小路　右衛門三郎",
        "address": "京都府京都市東山区三条通南裏二筋目白川筋西入二丁目南側"
        "南木之元町５２４番地の３　東山三条白川橋西詰京町家長屋南棟弐階西側",
    },
}


@pytest.fixture(params=LONGEST)
def longest(request: pytest.FixtureRequest) -> CertificateFields:
    return CertificateFields(
        serial="ABCD-EFGH-IJKL-MNOV",
        insurer_number=InsurerNumber.parse("33120015"),
        branch="01",
        birth_on=date(1953, 11, 24),
        sex=Sex.FEMALE,
        relation=Relation.FAMILY,
        acquired_on=date(2019, 10, 17),
        issued_on=date(2026, 11, 23),
        expires_on=date(2031, 11, 22),
        copay_ratio=CopayRatio.THREE_TENTHS,
        copay_from_on=date(2026, 8, 1),
        limit_category=LimitCategory.ACTIVE_1,
        limit_from_on=date(2026, 9, 1),
        specific_diseases=tuple(SpecificDisease),
        is_special_expenses=True,
        status_list=65_535,
        status_index=2**32 - 1,
        **LONGEST[request.param],
    )


@pytest.mark.parametrize("form", Form)
def test_the_longest_real_values_fit_the_budget(
    longest: CertificateFields, insurer_signer: LocalSigner, keys: KeySet, form: Form
) -> None:
    fields = printed_on(form, longest)
    token = seal_certificate(fields, form, NAMES, insurer_signer)
    text = to_qr(token)
    assert version_of(text) <= BUDGET[form]
    assert open_certificate(from_qr(text, NAMES), keys.find).fields == fields


def test_the_longest_real_values_are_as_long_as_the_design_says(
    longest: CertificateFields,
) -> None:
    assert len(longest.symbol or "") == len(longest.number) == 20
    assert len(longest.address or "") == 60
    if "小路" not in longest.name:  # no kanji name is so long
        assert len(longest.name) == len(longest.insured_name or "") == 40
        assert len(longest.kana) == 40


@pytest.mark.parametrize(
    "text", ["魑魅魍魎", "﨑𠮷邊齋", "辻󠄀"], ids=["rare", "variants", "selectors"]
)
def test_what_does_not_fit_is_an_error_and_never_left_out(
    fields: CertificateFields, insurer_signer: LocalSigner, text: str
) -> None:
    long = fields._replace(name=text * 60, insured_name=text[::-1] * 60)
    long = long._replace(address="".join(chr(0x4E00 + 97 * n) for n in range(200)))
    token = seal_certificate(long, Form.A4, NAMES, insurer_signer)
    with pytest.raises(MalformedError) as raised:
        to_qr(token)
    assert raised.value.field == "qr"


@pytest.mark.parametrize(
    "changes",
    [
        {"status_list": 2**16},
        {"status_index": 2**32},
        {"birth_on": date(1899, 12, 31)},
        {"birth_on": date(1850, 1, 1)},
        {"expires_on": date(2079, 6, 6)},
        {"serial": "0189-0189-0189-0189"},
        {"address": "丁" * 3_000},
    ],
    ids=lambda changes: str(changes)[:40],
)
def test_a_value_that_has_no_room_is_an_error(
    fields: CertificateFields, insurer_signer: LocalSigner, changes: dict[str, Any]
) -> None:
    token = seal_certificate(fields._replace(**changes), Form.A4, NAMES, insurer_signer)
    with pytest.raises(MalformedError) as raised:
        to_qr(token)
    assert raised.value.field == "qr"


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"symbol": None, "branch": None, "relation": None, "insured_name": None},
        {"copay_ratio": None, "copay_from_on": None, "limit_category": None},
        {"limit_from_on": None, "specific_diseases": (), "is_special_expenses": False},
        {"name": "𠮷田　辻󠄀子", "insured_name": "邊見・㈱ 'ﾊﾝｶｸ' ~～"},
        {"insurer_number": InsurerNumber.parse("138057")},
        {"birth_on": date(1900, 1, 1), "expires_on": date(2079, 6, 5)},
    ],
    ids=str,
)
def test_the_jwt_is_rebuilt_byte_for_byte(
    fields: CertificateFields,
    insurer_signer: LocalSigner,
    form: Form,
    changes: dict[str, Any],
) -> None:
    printed = printed_on(form, fields._replace(**changes))
    token = seal_certificate(printed, form, NAMES, insurer_signer)
    assert from_qr(to_qr(token), NAMES) == token


printable = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Cf", "Zl", "Zp")),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60)
@given(printable, printable, printable)
def test_any_printable_text_is_rebuilt(name: str, symbol: str, address: str) -> None:
    fields = CertificateFields(
        serial="ABCD-EFGH-IJKL-MNOV",
        insurer_number=InsurerNumber.parse("33120015"),
        insurer_name="架空健康保険組合",
        symbol=symbol,
        number="1",
        name=name,
        kana="ｱ",
        birth_on=date(2000, 2, 29),
        sex=Sex.UNSET,
        address=address,
        acquired_on=date(2000, 2, 29),
        issued_on=date(2026, 1, 1),
        expires_on=date(2026, 12, 31),
        status_list=0,
        status_index=0,
    )
    token = seal_certificate(fields, Form.POSTCARD, NAMES, a_signer(31))
    assert from_qr(to_qr(token), NAMES) == token


def repacked(text: str, octets: bytes) -> str:
    """The same template, key and signature over other fields."""
    return pack(CodeKind.CERTIFICATE, unpack(text)[1][:70] + octets)


@pytest.mark.parametrize(
    "altered", one_field_changed().values(), ids=one_field_changed()
)
def test_altering_any_printed_field_is_detected(
    fields: CertificateFields,
    insurer_signer: LocalSigner,
    keys: KeySet,
    altered: CertificateFields,
) -> None:
    assert altered != fields
    text = to_qr(seal_certificate(fields, Form.A4, NAMES, insurer_signer))
    forged = from_qr(repacked(text, write_fields(altered, Form.A4)), NAMES)
    with pytest.raises(NotGenuineError) as raised:
        open_certificate(forged, keys.find)
    assert raised.value.reason in (NotGenuine.BAD_SIGNATURE, NotGenuine.UNKNOWN_KEY)


@pytest.mark.parametrize("form", [Form.POSTCARD, Form.CARD])
def test_altering_the_form_is_detected(
    fields: CertificateFields, insurer_signer: LocalSigner, keys: KeySet, form: Form
) -> None:
    printed = fields._replace(address=None)
    text = to_qr(seal_certificate(printed, Form.A4, NAMES, insurer_signer))
    other = to_qr(seal_certificate(printed, form, NAMES, insurer_signer))
    mixed = unpack(other)[1][:1] + unpack(text)[1][1:70] + unpack(other)[1][70:]
    with pytest.raises(NotGenuineError) as raised:
        open_certificate(from_qr(pack(CodeKind.CERTIFICATE, mixed), NAMES), keys.find)
    assert raised.value.reason is NotGenuine.BAD_SIGNATURE


def test_another_place_in_the_web_is_another_issuer(
    fields: CertificateFields, insurer_signer: LocalSigner, keys: KeySet
) -> None:
    text = to_qr(seal_certificate(fields, Form.A4, NAMES, insurer_signer))
    elsewhere = from_qr(text, IssuerNames("https://evil.example"))
    with pytest.raises(NotGenuineError) as raised:
        open_certificate(elsewhere, keys.find)
    assert raised.value.reason is NotGenuine.BAD_SIGNATURE


def test_the_payload_is_as_described(
    fields: CertificateFields, insurer_signer: LocalSigner
) -> None:
    token = seal_certificate(fields, Form.POSTCARD, NAMES, insurer_signer)
    kind, payload = unpack(to_qr(token))
    assert kind is CodeKind.CERTIFICATE
    assert payload[0] == 0x12
    assert base64.b32encode(payload[1:6]).decode() == insurer_signer.kid
    assert base64url.encode(payload[6:70]) == token.rpartition(".")[2]
    assert payload[70:] == write_fields(fields, Form.POSTCARD)


def bomb() -> bytes:
    deflating = zlib.compressobj(level=9, wbits=-15)
    return deflating.compress(bytes(MAX_INFLATED * 50)) + deflating.flush()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda p: b"",
        lambda p: p[:1],
        lambda p: p[:70],
        lambda p: p[:-1],
        lambda p: p + b"\0",
        lambda p: b"\x13" + p[1:],
        lambda p: p[:108],
        lambda p: p[:70] + bytes(38) + p[108:],
        lambda p: p[:108] + b"\xff" * 40,
        lambda p: p[:108] + bomb(),
        lambda p: p[:108] + deflated(zlib.decompress(p[108:], wbits=-15) + b"\x02"),
        lambda p: p[:108] + b"\x03\x00",
    ],
)
def test_other_bytes_are_malformed(
    fields: CertificateFields,
    insurer_signer: LocalSigner,
    spoil: Callable[[bytes], bytes],
) -> None:
    text = to_qr(seal_certificate(fields, Form.A4, NAMES, insurer_signer))
    with pytest.raises(NotGenuineError) as raised:
        from_qr(pack(CodeKind.CERTIFICATE, spoil(unpack(text)[1])), NAMES)
    assert raised.value.reason is NotGenuine.MALFORMED


def deflated(octets: bytes) -> bytes:
    deflating = zlib.compressobj(wbits=-15)
    return deflating.compress(octets) + deflating.flush()


@settings(max_examples=300)
@given(st.data(), st.booleans())
def test_no_bytes_break_the_reader(data: st.DataObject, in_texts: bool) -> None:
    """Bytes changed, dropped or added: an answer or a refusal, no crash."""
    numbers, texts = EXAMPLE[:38], zlib.decompress(EXAMPLE[38:], wbits=-15)
    octets = bytearray(texts if in_texts else numbers)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, max(0, len(octets) - 1)))
        added = data.draw(st.binary(max_size=3))
        octets[place : place + data.draw(st.integers(0, 3))] = added
    spoilt = numbers + deflated(octets) if in_texts else octets + deflated(texts)
    text = pack(CodeKind.CERTIFICATE, b"\x11" + bytes(69) + spoilt)
    try:
        rebuilt = from_qr(text, NAMES)
    except NotGenuineError as error:
        rebuilt = error.reason.value
    assert rebuilt == "malformed" or rebuilt.count(".") == 2


EXAMPLE = write_fields(
    CertificateFields(
        serial="ABCD-EFGH-IJKL-MNOV",
        insurer_number=InsurerNumber.parse("33120015"),
        insurer_name="架空健康保険組合",
        number="１２３",
        name="架空　一郎",
        kana="ｶｸｳ ｲﾁﾛｳ",
        birth_on=date(2000, 2, 29),
        sex=Sex.MALE,
        acquired_on=date(2020, 4, 1),
        issued_on=date(2026, 1, 1),
        expires_on=date(2026, 12, 31),
        limit_category=LimitCategory.A_A,
        status_list=1,
        status_index=1,
    ),
    Form.A4,
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("4901234567894", NotGenuine.WRONG_KIND),
        ("eyJhbGciOiJFUzI1NiJ9.e30.AAAA", NotGenuine.WRONG_KIND),
        (pack(CodeKind.PHONE, bytes(81)), NotGenuine.WRONG_KIND),
        (pack(CodeKind.CERTIFICATE, bytes(81))[:-1], NotGenuine.MALFORMED),
    ],
)
def test_other_codes_say_what_they_are(text: str, reason: NotGenuine) -> None:
    with pytest.raises(NotGenuineError) as raised:
        from_qr(text, NAMES)
    assert raised.value.reason is reason
