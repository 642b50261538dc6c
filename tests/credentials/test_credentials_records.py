"""Receipts, checkpoints and the server's time: what the service's own key signs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from backend.credentials import jose, strict_json
from backend.credentials.checkpoint import (
    CHECKPOINT_TYP,
    Checkpoint,
    open_checkpoint,
    seal_checkpoint,
)
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.key_set import KeySet
from backend.credentials.receipt import (
    RECEIPT_TYP,
    Receipt,
    open_receipt,
    seal_receipt,
)
from backend.credentials.server_time import (
    SERVER_TIME_TYP,
    ServerTime,
    open_server_time,
    seal_server_time,
)
from backend.credentials.signing import LocalSigner
from backend.domain.codes import QualificationValidity
from backend.domain.outcome import Outcome


@pytest.fixture
def receipt(at: datetime, handle: str) -> Receipt:
    return Receipt(
        check_id="chk-1",
        clinic="1311234567",
        terminal="ter-1",
        outcome=Outcome.LAPSED,
        on=date(2026, 11, 23),
        at=at,
        validity=QualificationValidity.INVALID,
        object_id=handle,
        presentation_kind=2,
        is_copy=True,
    )


ABSENT = {"validity": None, "object_id": None, "presentation_kind": None}


@pytest.mark.parametrize(
    "changes", [{}, ABSENT, {"is_copy": False, "outcome": Outcome.VALID}], ids=str
)
def test_a_receipt_is_read_as_written(
    receipt: Receipt, service_signer: LocalSigner, keys: KeySet, changes: dict[str, Any]
) -> None:
    given = replace(receipt, **changes)
    assert open_receipt(seal_receipt(given, service_signer), keys.find) == given


@pytest.mark.parametrize("challenge", [None, bytes(range(16))])
def test_the_time_is_read_as_written(
    at: datetime, service_signer: LocalSigner, keys: KeySet, challenge: bytes | None
) -> None:
    given = ServerTime(at, challenge)
    assert open_server_time(seal_server_time(given, service_signer), keys.find) == given


def test_a_checkpoint_is_read_as_written(
    at: datetime, service_signer: LocalSigner, keys: KeySet
) -> None:
    for given in (Checkpoint(0, bytes(32), at), Checkpoint(10**9, b"\xff" * 32, at)):
        sealed = seal_checkpoint(given, service_signer)
        assert open_checkpoint(sealed, keys.find) == given


def test_only_the_services_key_signs_them(
    receipt: Receipt, at: datetime, insurer_signer: LocalSigner, keys: KeySet
) -> None:
    openings: list[Callable[[], object]] = [
        lambda: open_receipt(seal_receipt(receipt, insurer_signer), keys.find),
        lambda: open_checkpoint(
            seal_checkpoint(Checkpoint(1, bytes(32), at), insurer_signer), keys.find
        ),
        lambda: open_server_time(
            seal_server_time(ServerTime(at), insurer_signer), keys.find
        ),
    ]
    for opening in openings:
        with pytest.raises(NotGenuineError) as raised:
            opening()
        assert raised.value.reason is NotGenuine.UNKNOWN_KEY


GOOD: dict[str, dict[str, Any]] = {
    RECEIPT_TYP: {
        "jti": "chk-1",
        "iat": 1_795_000_000,
        "clinic": "1311234567",
        "terminal": "ter-1",
        "outcome": "valid",
        "on": "2026-11-23",
        "is_copy": False,
    },
    CHECKPOINT_TYP: {"size": 1, "root": "A" * 43, "iat": 1_795_000_000},
    SERVER_TIME_TYP: {"iat": 1_795_000_000},
}
OPEN: dict[str, Callable[..., object]] = {
    RECEIPT_TYP: open_receipt,
    CHECKPOINT_TYP: open_checkpoint,
    SERVER_TIME_TYP: open_server_time,
}


@pytest.mark.parametrize("typ", OPEN)
def test_the_least_that_is_taken(
    service_signer: LocalSigner, keys: KeySet, typ: str
) -> None:
    assert OPEN[typ](
        jose.seal(strict_json.write(GOOD[typ]), typ, service_signer), keys.find
    )


@pytest.mark.parametrize(("typ", "name"), [(t, n) for t in GOOD for n in GOOD[t]])
def test_a_missing_claim_is_told(
    service_signer: LocalSigner, keys: KeySet, typ: str, name: str
) -> None:
    claims = {k: v for k, v in GOOD[typ].items() if k != name}
    with pytest.raises(NotGenuineError) as raised:
        OPEN[typ](jose.seal(strict_json.write(claims), typ, service_signer), keys.find)
    assert raised.value.reason is NotGenuine.MISSING_CLAIM


@pytest.mark.parametrize(
    ("typ", "name", "value"),
    [
        (RECEIPT_TYP, "outcome", "fine"),
        (RECEIPT_TYP, "validity", 1),
        (RECEIPT_TYP, "validity", "6"),
        (RECEIPT_TYP, "on", "20261123"),
        (RECEIPT_TYP, "iat", "soon"),
        (RECEIPT_TYP, "is_copy", 1),
        (RECEIPT_TYP, "presentation_kind", 9),
        (RECEIPT_TYP, "shown_by", "delegate"),
        (RECEIPT_TYP, "shown_by", {"phone": "p-1"}),
        (RECEIPT_TYP, "shown_by", {"phone": "p-1", "relation": "enemy"}),
        (RECEIPT_TYP, "presentation_kind", True),
        (RECEIPT_TYP, "object_id", ""),
        (RECEIPT_TYP, "clinic", 1311234567),
        (CHECKPOINT_TYP, "size", -1),
        (CHECKPOINT_TYP, "size", True),
        (CHECKPOINT_TYP, "size", 1.0),
        (CHECKPOINT_TYP, "root", "AAAA"),
        (CHECKPOINT_TYP, "root", "A" * 43 + "="),
        (SERVER_TIME_TYP, "iat", None),
        (SERVER_TIME_TYP, "challenge", "AAAA"),
        (SERVER_TIME_TYP, "challenge", 5),
    ],
)
def test_ill_formed_claims_are_refused(
    service_signer: LocalSigner, keys: KeySet, typ: str, name: str, value: object
) -> None:
    sealed = jose.seal(
        strict_json.write(GOOD[typ] | {name: value}), typ, service_signer
    )
    with pytest.raises(NotGenuineError):
        OPEN[typ](sealed, keys.find)
