"""Tokens for phones: what is recorded, and none for a phone ended meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

import pytest

from backend.audit.events import ActorKind, AuditKind, pseudonym, read_entry
from backend.credentials.signing import Signer
from backend.domain.errors import ConflictError
from backend.issuing.tokens import issue_token
from tests.house_of_glass import House


@dataclass(frozen=True)
class SlowSigner:
    """Signs as the other does, after something has happened."""

    signer: Signer
    happen: Callable[[], None]

    @property
    def kid(self) -> str:
        return self.signer.kid

    def sign(self, message: bytes) -> bytes:
        self.happen()
        return self.signer.sign(message)

    def sign_digest(self, digest: bytes) -> bytes:
        self.happen()
        return self.signer.sign_digest(digest)


def test_a_phone_ended_while_its_token_is_signed_gets_none(house: House) -> None:
    person = house.person()
    house.cover(person)
    phone = house.phone(person)

    def end_phone() -> None:
        house.store.write(lambda tx: tx.revoke_client(phone.client.id, house.at))

    slow = replace(
        house.issuer,
        signer_of=lambda kid: SlowSigner(house.issuer.signer_of(kid), end_phone),
    )

    with pytest.raises(ConflictError) as refused:
        issue_token(slow, phone.client, house.at)

    assert "activate it again" in refused.value.reason.en
    with house.store.reading() as tx:
        assert [it.handle for it in tx.tokens_of(person)] == [phone.token.handle]


def test_a_token_is_recorded_by_its_digest_and_logged_as_its_persons(
    house: House,
) -> None:
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    with house.store.reading() as tx:
        (token,) = tx.tokens_of(person)
        key = tx.audit_key(person)
        logged = [read_entry(stored) for _, stored in tx.audit_entries()]
    assert key is not None
    assert token.digest == sha256(phone.token.text.encode()).digest()
    (entry,) = [it for it in logged if it.kind is AuditKind.TOKEN_ISSUED]
    assert (entry.actor_kind, entry.actor) == (ActorKind.PATIENT, "")
    assert (entry.terminal, entry.object) == (phone.client.id, token.handle)
    assert entry.subject == pseudonym(key)
