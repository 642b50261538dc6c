"""Which keys are found, which are published, which one signs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from credentials_examples import INSURER, OTHER_INSURER

from backend.credentials.key_set import (
    KeyPurpose,
    KeyRecord,
    KeySet,
    KeyState,
    keys_for,
)
from backend.credentials.signing import LocalSigner, PublicKey
from backend.domain.errors import ConflictError

MakeRecord = Callable[..., KeyRecord]


@pytest.mark.parametrize(
    ("state", "is_found", "is_found_ever", "is_published", "signs"),
    [
        (KeyState.NEXT, False, False, True, False),
        (KeyState.ACTIVE, True, True, True, True),
        (KeyState.RETIRING, True, True, True, False),
        (KeyState.RETIRED, False, True, False, False),
        (KeyState.COMPROMISED, True, True, False, False),
    ],
)
def test_the_life_of_a_key(
    a_record: MakeRecord,
    phone: LocalSigner,
    state: KeyState,
    is_found: bool,
    is_found_ever: bool,
    is_published: bool,
    signs: bool,
) -> None:
    record = a_record(phone, INSURER, state)
    keys = KeySet([record])
    assert keys.find(phone.kid) == (record if is_found else None)
    assert keys.find_ever(phone.kid) == (record if is_found_ever else None)
    assert [jwk["kid"] for jwk in keys.published()] == [phone.kid] * is_published
    active = keys.active(KeyPurpose.ISSUING, INSURER)
    assert active == (record if signs else None)


def test_a_published_key_is_a_jwk_that_names_its_insurer(
    a_record: MakeRecord, phone: LocalSigner
) -> None:
    (jwk,) = KeySet([a_record(phone, INSURER)]).published()
    assert jwk.pop("insurer") == INSURER
    assert jwk["use"] == "sig"
    assert jwk["alg"] == "ES256"
    assert PublicKey.from_jwk(jwk) == phone.public
    (service,) = KeySet([a_record(phone)]).published()
    assert "insurer" not in service


def test_each_insurer_and_the_service_have_their_own_active_key(
    keys: KeySet,
    insurer_signer: LocalSigner,
    other_insurer_signer: LocalSigner,
    service_signer: LocalSigner,
) -> None:
    active = [
        keys.active(KeyPurpose.ISSUING, INSURER),
        keys.active(KeyPurpose.ISSUING, OTHER_INSURER),
        keys.active(KeyPurpose.SERVICE, None),
        keys.active(KeyPurpose.ISSUING, "39131156"),
    ]
    assert [record and record.kid for record in active] == [
        insurer_signer.kid,
        other_insurer_signer.kid,
        service_signer.kid,
        None,
    ]


def test_a_key_of_one_purpose_is_not_found_for_the_other(
    keys: KeySet, insurer_signer: LocalSigner, service_signer: LocalSigner
) -> None:
    issuing = keys_for(KeyPurpose.ISSUING, keys.find)
    service = keys_for(KeyPurpose.SERVICE, keys.find)
    assert issuing(insurer_signer.kid) == insurer_signer.public
    assert issuing(service_signer.kid) is None
    assert service(service_signer.kid) == service_signer.public
    assert service(insurer_signer.kid) is None
    assert service("NOSUCHKY") is None


def test_two_keys_of_one_name_are_refused(
    a_record: MakeRecord, phone: LocalSigner
) -> None:
    retired = a_record(phone, INSURER, KeyState.RETIRED)
    with pytest.raises(ConflictError):
        KeySet([a_record(phone, INSURER), retired])


def test_two_active_keys_for_one_purpose_are_refused(
    a_record: MakeRecord, phone: LocalSigner, stranger: LocalSigner
) -> None:
    with pytest.raises(ConflictError):
        KeySet([a_record(phone, INSURER), a_record(stranger, INSURER)])


@pytest.mark.parametrize(
    "changes",
    [
        {"kid": "ABCDEFGH"},
        {"purpose": KeyPurpose.SERVICE},
        {"insurer": None},
        {"state": KeyState.COMPROMISED},
    ],
    ids=str,
)
def test_a_record_that_contradicts_itself_is_refused(
    a_record: MakeRecord, phone: LocalSigner, changes: dict[str, Any]
) -> None:
    with pytest.raises(ConflictError):
        KeySet([replace(a_record(phone, INSURER), **changes)])
