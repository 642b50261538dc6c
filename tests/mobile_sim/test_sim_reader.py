"""The reader asks through the right door and believes only a fitting receipt."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sim_desk import Desk

from backend.credentials.jose import NotGenuineError
from backend.credentials.receipt import Receipt, seal_receipt
from backend.credentials.signing import LocalSigner
from backend.domain.outcome import Outcome
from mobile_sim.clinics import CLINIC, PHARMACY
from mobile_sim.reader import BadReceiptError, Numbers, Reader

RECEIPT = Receipt(
    check_id="chk-1",
    clinic=CLINIC.code,
    terminal="terminal-1",
    outcome=Outcome.VALID,
    on=date(2026, 11, 23),
    at=datetime(2026, 11, 23, tzinfo=UTC),
)


@pytest.fixture
def service() -> LocalSigner:
    return LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))


@pytest.fixture
def reader(desk: Desk, service: LocalSigner) -> Iterator[Reader]:
    desk.answers = [
        (200, {"keys": [service.public.jwk | {"kid": service.kid}]}),
        (201, {"client_id": "terminal-1"}),
    ]
    enrolled = Reader(desk.url, CLINIC)
    enrolled.enrol("AAAA-BBBB-CCCC")
    yield enrolled
    enrolled.close()


def answer(receipt: Receipt, signer: LocalSigner) -> tuple[int, dict[str, Any]]:
    return 200, {
        "check_id": "chk-1",
        "outcome": "valid",
        "on": "2026-11-23",
        "receipt": seal_receipt(receipt, signer),
    }


def asked(desk: Desk) -> dict[str, Any]:
    question: dict[str, Any] = json.loads(desk.calls("/v1/clinic/checks")[0].body)
    return question


@pytest.mark.parametrize("text", ["SK1PABC", " sk1pabc\r", "ＳＫ１ＰＡＢＣ"])
def test_a_phones_code_is_told_by_its_prefix_however_typed(
    desk: Desk, reader: Reader, service: LocalSigner, text: str
) -> None:
    desk.answers = [answer(RECEIPT, service)]
    reader.check(text)
    assert asked(desk)["shown"] == {"code": text}


@pytest.mark.parametrize("text", ["SK1CABC", "eyJhbGciOiJFUzI1NiJ9.e30.AA", "4901234"])
def test_everything_else_is_asked_as_a_certificate(
    desk: Desk, reader: Reader, service: LocalSigner, text: str
) -> None:
    desk.answers = [answer(RECEIPT, service)]
    reader.check(text)
    assert asked(desk)["shown"] == {"certificate": text}


def test_empty_numbers_are_left_out(
    desk: Desk, reader: Reader, service: LocalSigner
) -> None:
    desk.answers = [answer(RECEIPT, service)]
    reader.check(Numbers("39139993", "90001017", "1945-11-02"), agreed=["limit"])
    assert asked(desk) == {
        "shown": {
            "numbers": {
                "insurer_number": "39139993",
                "number": "90001017",
                "birth_on": "1945-11-02",
            }
        },
        "agreed": ["limit"],
    }


def test_each_question_has_a_key_of_its_own(
    desk: Desk, reader: Reader, service: LocalSigner
) -> None:
    desk.answers = [answer(RECEIPT, service)] * 2
    reader.check("SK1PABC")
    reader.check("SK1PABC", idempotency_key="the-same-question")
    keys = [h.headers["Idempotency-Key"] for h in desk.calls("/v1/clinic/checks")]
    assert keys[0] != keys[1] == "the-same-question"


@pytest.mark.parametrize(
    "other",
    [
        replace(RECEIPT, outcome=Outcome.LAPSED),
        replace(RECEIPT, clinic=PHARMACY.code),
        replace(RECEIPT, check_id="chk-2"),
        replace(RECEIPT, on=date(2026, 11, 22)),
    ],
)
def test_a_receipt_of_another_answer_is_not_believed(
    desk: Desk, reader: Reader, service: LocalSigner, other: Receipt
) -> None:
    desk.answers = [answer(other, service)]
    with pytest.raises(BadReceiptError):
        reader.check("SK1PABC")


def test_a_receipt_signed_by_another_key_is_not_believed(
    desk: Desk, reader: Reader
) -> None:
    stranger = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
    desk.answers = [answer(RECEIPT, stranger)]
    with pytest.raises(NotGenuineError):
        reader.check("SK1PABC")
