"""The forger's paper scans well and fails on its signature alone."""

from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials.certificate import (
    CertificateFields,
    Form,
    open_certificate,
    seal_certificate,
)
from backend.credentials.certificate_qr import from_qr, to_qr
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.signing import LocalSigner
from backend.domain.codes import Sex
from backend.domain.identifiers import new_serial
from backend.domain.insurer_number import InsurerNumber
from mobile_sim.forger import with_a_later_expiry
from mobile_sim.published_keys import published_keys

NAMES = IssuerNames("http://127.0.0.1:8000")


@pytest.fixture
def signer() -> LocalSigner:
    return LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))


@pytest.fixture
def code(signer: LocalSigner) -> str:
    fields = CertificateFields(
        serial=new_serial(bytes),
        insurer_number=InsurerNumber.parse("01139997"),
        insurer_name="架空協会けんぽ",
        number="107",
        name="丁田　直美",
        kana="ﾁｮｳﾀﾞ ﾅｵﾐ",
        birth_on=date(1974, 5, 6),
        sex=Sex.FEMALE,
        acquired_on=date(2020, 4, 1),
        issued_on=date(2026, 11, 23),
        expires_on=date(2030, 11, 30),
        status_list=1,
        status_index=7,
    )
    return to_qr(seal_certificate(fields, Form.A4, NAMES, signer))


def jwk_of(signer: LocalSigner, **more: str) -> dict[str, Any]:
    return signer.public.jwk | {"kid": signer.kid, "use": "sig", "alg": "ES256"} | more


def test_the_true_paper_opens_with_published_keys(
    code: str, signer: LocalSigner
) -> None:
    keys = published_keys({"keys": [jwk_of(signer, insurer="01139997")]})
    paper = open_certificate(from_qr(code, NAMES), keys.find)
    assert paper.fields.expires_on == date(2030, 11, 30)


def test_the_altered_paper_reads_well_and_is_not_genuine(
    code: str, signer: LocalSigner
) -> None:
    keys = published_keys({"keys": [jwk_of(signer, insurer="01139997")]})
    forged = with_a_later_expiry(code, NAMES.base_url)
    assert forged != code
    with pytest.raises(NotGenuineError) as refused:
        open_certificate(from_qr(forged, NAMES), keys.find)
    assert refused.value.reason is NotGenuine.BAD_SIGNATURE


def test_a_service_key_issues_nothing(code: str, signer: LocalSigner) -> None:
    keys = published_keys({"keys": [jwk_of(signer)]})
    with pytest.raises(NotGenuineError):
        open_certificate(from_qr(code, NAMES), keys.find)
