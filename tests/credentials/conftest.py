"""Throw-away keys, made-up people, and one valid thing of every kind."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from credentials_examples import BASE_URL, INSURER, OTHER_INSURER, a_signer

from backend.credentials.certificate import CertificateFields
from backend.credentials.eligibility_token import (
    TokenClaims,
    TokenDraft,
    draft_token,
    seal_token,
)
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.key_set import KeyPurpose, KeyRecord, KeySet, KeyState
from backend.credentials.presentation import make_handle
from backend.credentials.signing import LocalSigner
from backend.credentials.status_list import StatusReference
from tests.whole_certificate import WHOLE, on_a_phone


@pytest.fixture(scope="session")
def at() -> datetime:
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def names() -> IssuerNames:
    return IssuerNames(BASE_URL)


@pytest.fixture(scope="session")
def insurer_signer() -> LocalSigner:
    return a_signer(11)


@pytest.fixture(scope="session")
def other_insurer_signer() -> LocalSigner:
    return a_signer(12)


@pytest.fixture(scope="session")
def service_signer() -> LocalSigner:
    return a_signer(13)


@pytest.fixture(scope="session")
def phone() -> LocalSigner:
    return a_signer(14)


@pytest.fixture(scope="session")
def stranger() -> LocalSigner:
    return a_signer(15)


@pytest.fixture(scope="session")
def a_record(at: datetime) -> Callable[..., KeyRecord]:
    def make(
        signer: LocalSigner,
        insurer: str | None = None,
        state: KeyState = KeyState.ACTIVE,
        **changes: Any,
    ) -> KeyRecord:
        record = KeyRecord(
            kid=signer.kid,
            purpose=KeyPurpose.ISSUING if insurer else KeyPurpose.SERVICE,
            insurer=insurer,
            public=signer.public,
            state=state,
            compromised_at=at if state is KeyState.COMPROMISED else None,
        )
        return replace(record, **changes)

    return make


@pytest.fixture(scope="session")
def keys(
    a_record: Callable[..., KeyRecord],
    insurer_signer: LocalSigner,
    other_insurer_signer: LocalSigner,
    service_signer: LocalSigner,
) -> KeySet:
    return KeySet(
        [
            a_record(insurer_signer, INSURER),
            a_record(other_insurer_signer, OTHER_INSURER),
            a_record(service_signer),
        ]
    )


@pytest.fixture(scope="session")
def fields() -> CertificateFields:
    """A retired couple's certificate with everything on it."""
    return WHOLE


@pytest.fixture
def random_bytes() -> Callable[[int], bytes]:
    return random.Random(2026).randbytes


@pytest.fixture(scope="session")
def handle() -> str:
    return make_handle(lambda count: bytes(range(count)))


@pytest.fixture(scope="session")
def token_claims() -> TokenClaims:
    return on_a_phone(WHOLE)


@pytest.fixture(scope="session")
def draft(
    token_claims: TokenClaims,
    handle: str,
    phone: LocalSigner,
    names: IssuerNames,
    at: datetime,
) -> TokenDraft:
    return draft_token(
        token_claims,
        handle=handle,
        holder=phone.public,
        status=StatusReference(names.status_list(INSURER, 3), 77),
        issued_at=at,
        expires_at=at + timedelta(days=7),
        names=names,
        random_bytes=random.Random(9).randbytes,
    )


@pytest.fixture(scope="session")
def eligibility_token(draft: TokenDraft, insurer_signer: LocalSigner) -> str:
    return seal_token(draft, insurer_signer)
