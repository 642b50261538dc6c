"""The certificate: signed as printed, read only as signed."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from credentials_examples import INSURER

from backend.credentials import base64url, jose, strict_json
from backend.credentials.certificate import (
    CERTIFICATE_TYP,
    CertificateFields,
    Form,
    certificate_payload,
    open_certificate,
    seal_certificate,
)
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.key_set import KeyRecord, KeySet, KeyState
from backend.credentials.signing import LocalSigner
from backend.domain.errors import MalformedError
from backend.domain.insurer_number import InsurerNumber

OPTIONAL = {
    "symbol": None,
    "branch": None,
    "relation": None,
    "insured_name": None,
    "address": None,
    "copay_ratio": None,
    "copay_from_on": None,
    "limit_category": None,
    "limit_from_on": None,
    "specific_diseases": (),
    "is_special_expenses": False,
}


@pytest.fixture
def claims(fields: CertificateFields, names: IssuerNames) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(certificate_payload(fields, Form.A4, names))
    return loaded


def reason_of(token: str, keys: KeySet) -> NotGenuine:
    with pytest.raises(NotGenuineError) as raised:
        open_certificate(token, keys.find)
    return raised.value.reason


def test_the_claims_are_spelt_in_one_way(
    fields: CertificateFields, names: IssuerNames
) -> None:
    payload = certificate_payload(fields, Form.A4, names).decode("utf-8")
    assert payload == (
        '{"iss":"https://shikaku.example/insurers/33120015",'
        '"jti":"ABCD-EFGH-IJKL-MNOV","exp":1817046000,'
        '"status":{"status_list":{"idx":123456,'
        '"uri":"https://shikaku.example/status/33120015/3"}},"form":"a4",'
        '"insurer_number":"33120015","insurer_name":"架空市国民健康保険組合",'
        '"symbol":"架空２１","number":"１２３４５６７","branch":"02",'
        '"name":"髙橋　花子","kana":"ﾀｶﾊｼ ﾊﾅｺ","birth_on":"1954-02-28","sex":"2",'
        '"relation":"2","insured_name":"髙橋　太郎",'
        '"address":"東京都架空市霞が関一丁目２番３号","acquired_on":"2020-04-01",'
        '"issued_on":"2026-08-01","expires_on":"2027-07-31","copay_ratio":"020",'
        '"copay_from_on":"2026-08-01","limit_category":"B04",'
        '"limit_from_on":"2026-08-02","specific_diseases":["1"],'
        '"is_special_expenses":true}'
    )


@pytest.mark.parametrize("form", Form)
def test_what_is_sealed_is_opened(
    fields: CertificateFields,
    names: IssuerNames,
    insurer_signer: LocalSigner,
    keys: KeySet,
    form: Form,
) -> None:
    printed = fields._replace(address=None)
    token = seal_certificate(printed, form, names, insurer_signer)
    paper = open_certificate(token, keys.find)
    assert (paper.fields, paper.form, paper.kid) == (printed, form, insurer_signer.kid)
    assert jose.attach(paper.signing_input, b"").rstrip(".") == token.rpartition(".")[0]


@pytest.mark.parametrize("name", OPTIONAL)
def test_what_is_not_printed_is_not_claimed(
    fields: CertificateFields,
    names: IssuerNames,
    insurer_signer: LocalSigner,
    keys: KeySet,
    name: str,
) -> None:
    changes: dict[str, Any] = {name: OPTIONAL[name]}
    printed = fields._replace(**changes)
    token = seal_certificate(printed, Form.A4, names, insurer_signer)
    assert name not in jose.peek_claims(token)
    assert open_certificate(token, keys.find).fields == printed


@pytest.mark.parametrize(
    ("expires_on", "expires_at"),
    [
        (date(2027, 7, 31), datetime(2027, 7, 31, 15, tzinfo=UTC)),
        (date(2028, 2, 28), datetime(2028, 2, 28, 15, tzinfo=UTC)),
        (date(2028, 2, 29), datetime(2028, 2, 29, 15, tzinfo=UTC)),
        (date(2030, 12, 31), datetime(2030, 12, 31, 15, tzinfo=UTC)),
    ],
)
def test_it_expires_when_the_day_after_begins_in_japan(
    fields: CertificateFields,
    names: IssuerNames,
    insurer_signer: LocalSigner,
    keys: KeySet,
    expires_on: date,
    expires_at: datetime,
) -> None:
    printed = fields._replace(expires_on=expires_on)
    token = seal_certificate(printed, Form.A4, names, insurer_signer)
    assert open_certificate(token, keys.find).expires_at == expires_at


def test_card_stock_never_carries_an_address(
    fields: CertificateFields, names: IssuerNames
) -> None:
    with pytest.raises(MalformedError) as raised:
        certificate_payload(fields, Form.CARD, names)
    assert raised.value.field == "address"


def test_nothing_is_printed_that_is_not_claimed(claims: dict[str, Any]) -> None:
    elsewhere = {"serial": "jti", "status_list": "status", "status_index": "status"}
    assert {elsewhere.get(name, name) for name in CertificateFields._fields} == (
        claims.keys() - {"iss", "exp", "form"}
    )


ALTERED: dict[str, Any] = {
    "insurer_name": "架空市国民健康保険組台",
    "symbol": "架空２２",
    "number": "１２３４５６８",
    "branch": "01",
    "name": "高橋　花子",
    "kana": "ﾀｶﾊｼ ﾊﾅｴ",
    "birth_on": "1954-03-01",
    "sex": "1",
    "relation": "1",
    "insured_name": "髙橋　次郎",
    "address": "東京都架空市霞が関一丁目２番４号",
    "acquired_on": "2020-04-02",
    "issued_on": "2026-08-02",
    "expires_on": "2030-07-31",
    "copay_ratio": "010",
    "copay_from_on": "2026-08-02",
    "limit_category": "B06",
    "limit_from_on": "2026-08-01",
    "specific_diseases": ["1", "2"],
    "is_special_expenses": None,
    "insurer_number": "138057",
    "jti": "ABCD-EFGH-IJKL-MNPT",
    "exp": 1899999999,
    "form": "postcard",
    "iss": "https://evil.example/insurers/33120015",
    "status": {
        "status_list": {"idx": 123457, "uri": "https://x.example/status/33120015/3"}
    },
}


@pytest.mark.parametrize("name", ALTERED)
def test_altering_any_claim_is_detected(
    fields: CertificateFields,
    names: IssuerNames,
    insurer_signer: LocalSigner,
    keys: KeySet,
    claims: dict[str, Any],
    name: str,
) -> None:
    assert claims.keys() == ALTERED.keys()
    token = seal_certificate(fields, Form.A4, names, insurer_signer)
    head, _, signature = token.split(".")
    body = base64url.encode(strict_json.write(claims | {name: ALTERED[name]}))
    assert reason_of(f"{head}.{body}.{signature}", keys) is NotGenuine.BAD_SIGNATURE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, 7) for name in ALTERED if name not in ("exp", "status")),
        *((name, "") for name in ALTERED if name != "specific_diseases"),
        ("birth_on", "19540228"),
        ("birth_on", "1954-02-30"),
        ("birth_on", "1954-W08-7"),
        ("sex", "9"),
        ("copay_ratio", "050"),
        ("limit_category", "Z99"),
        ("specific_diseases", ["1", "1"]),
        ("specific_diseases", ["2", "1"]),
        ("specific_diseases", ["9"]),
        ("specific_diseases", "1"),
        ("specific_diseases", []),
        ("is_special_expenses", "true"),
        ("is_special_expenses", False),
        ("insurer_number", "33120016"),
        ("exp", "1817046000"),
        ("exp", True),
        ("exp", 1817046001),
        ("status", {"status_list": {"idx": -1, "uri": "https://shikaku.example/status/33120015/3"}}),
        ("status", {"status_list": {"idx": "1", "uri": "https://shikaku.example/status/33120015/3"}}),
        ("status", {"status_list": {"idx": 1, "uri": "https://shikaku.example/status/138057/3"}}),
        ("status", {"status_list": {"idx": 1, "uri": "https://shikaku.example/status/33120015/03"}}),
        ("iss", "https://shikaku.example/insurers/33120015/x"),
        ("iss", "https://shikaku.example"),
        ("more", "x"),
    ],
    ids=str,
)  # fmt: skip
def test_a_well_signed_but_ill_formed_claim_is_refused(
    insurer_signer: LocalSigner,
    keys: KeySet,
    claims: dict[str, Any],
    name: str,
    value: object,
) -> None:
    payload = strict_json.write(claims | {name: value})
    token = jose.seal(payload, CERTIFICATE_TYP, insurer_signer)
    assert reason_of(token, keys) is NotGenuine.MALFORMED


@pytest.mark.parametrize("name", sorted(ALTERED.keys() - OPTIONAL.keys()))
def test_a_missing_claim_is_told(
    insurer_signer: LocalSigner, keys: KeySet, claims: dict[str, Any], name: str
) -> None:
    del claims[name]
    token = jose.seal(strict_json.write(claims), CERTIFICATE_TYP, insurer_signer)
    expected = NotGenuine.MALFORMED if name == "exp" else NotGenuine.MISSING_CLAIM
    assert reason_of(token, keys) is expected


@pytest.mark.parametrize("status", [{}, {"status_list": {"idx": 1}}], ids=str)
def test_a_status_without_a_place_is_missing(
    insurer_signer: LocalSigner,
    keys: KeySet,
    claims: dict[str, Any],
    status: dict[str, Any],
) -> None:
    payload = strict_json.write(claims | {"status": status})
    token = jose.seal(payload, CERTIFICATE_TYP, insurer_signer)
    assert reason_of(token, keys) is NotGenuine.MISSING_CLAIM


@pytest.mark.parametrize(
    "respell",
    [
        lambda claims: json.dumps(claims, ensure_ascii=False).encode(),
        lambda claims: json.dumps(claims, separators=(",", ":")).encode(),
        lambda claims: strict_json.write(dict(sorted(claims.items()))),
    ],
    ids=["spaces", "escapes", "order"],
)
def test_another_spelling_of_the_same_claims_is_refused(
    insurer_signer: LocalSigner,
    keys: KeySet,
    claims: dict[str, Any],
    respell: Callable[[dict[str, Any]], bytes],
) -> None:
    token = jose.seal(respell(claims), CERTIFICATE_TYP, insurer_signer)
    assert reason_of(token, keys) is NotGenuine.MALFORMED


def test_an_insurer_signs_only_for_itself(
    fields: CertificateFields,
    names: IssuerNames,
    keys: KeySet,
    other_insurer_signer: LocalSigner,
    service_signer: LocalSigner,
) -> None:
    for signer in (other_insurer_signer, service_signer):
        token = seal_certificate(fields, Form.A4, names, signer)
        assert reason_of(token, keys) is NotGenuine.UNKNOWN_KEY
    own = fields._replace(insurer_number=InsurerNumber.parse("138057"))
    token = seal_certificate(own, Form.A4, names, other_insurer_signer)
    assert open_certificate(token, keys.find).fields == own


@pytest.mark.parametrize("state", KeyState)
def test_a_paper_outlives_the_key_only_until_it_retires(
    fields: CertificateFields,
    names: IssuerNames,
    insurer_signer: LocalSigner,
    a_record: Callable[..., KeyRecord],
    state: KeyState,
) -> None:
    token = seal_certificate(fields, Form.A4, names, insurer_signer)
    keys = KeySet([a_record(insurer_signer, INSURER, state)])
    if state in (KeyState.NEXT, KeyState.RETIRED):
        assert reason_of(token, keys) is NotGenuine.UNKNOWN_KEY
    else:
        assert open_certificate(token, keys.find).fields == fields


def test_the_last_day_that_can_be_written_is_no_crash(
    fields: CertificateFields, names: IssuerNames, claims: dict[str, Any],
    insurer_signer: LocalSigner, keys: KeySet,
) -> None:  # fmt: skip
    claims["expires_on"] = "9999-12-31"
    token = jose.seal(strict_json.write(claims), CERTIFICATE_TYP, insurer_signer)
    assert reason_of(token, keys) is NotGenuine.MALFORMED
    five_years = fields.issued_on + timedelta(days=5 * 366)
    later = fields._replace(expires_on=five_years)
    assert certificate_payload(later, Form.A4, names)
