"""Enrolled keys: which terminals, systems and phones there are, and how one ends."""

from collections.abc import Sequence
from datetime import datetime

from backend.admitting.enrolment_log import note_ended
from backend.audit.events import ActorKind
from backend.domain.errors import NotFoundError
from backend.storage.rows import Client, ClientKind, Withdrawal, WithdrawalKind
from backend.storage.store import Store, Transaction

_PHONE_ENDED = "phone-ended"


def phones_of(store: Store, person_id: str) -> Sequence[Client]:
    """A person's own phones, ended ones included, oldest first; no delegate's."""
    known = keys_of(store, ClientKind.PATIENT, person_id)
    return [phone for phone in known if phone.delegate is None]


def keys_of(store: Store, kind: ClientKind, party: str) -> Sequence[Client]:
    """A party's enrolled keys, ended ones included, oldest first."""
    with store.reading() as tx:
        return tx.clients_of(kind, party)


def end_phone(store: Store, person_id: str, phone_id: str, at: datetime) -> None:
    """End one of the person's own phones; ending it again changes nothing.

    Its access tokens and its eligibility token stop working at once, and the next
    status list says so. Raises NotFoundError for somebody else's.
    """

    def step(tx: Transaction) -> None:
        phone = tx.client(phone_id)
        owner = ClientKind.PATIENT, person_id
        if phone is None or (phone.kind, phone.party) != owner:
            raise NotFoundError("phone")
        end_in(tx, phone, ActorKind.PATIENT, at)

    store.write(step)


def end_phones(store: Store, insurer: str, person_id: str, at: datetime) -> None:
    """End all phones of an insurer's member, as the insurer: lost, stolen, misused.

    Asked again, it ends what was activated since, or nothing. Raises NotFoundError
    for somebody whom this insurer does not describe.
    """

    def step(tx: Transaction) -> None:
        if tx.member(person_id, insurer) is None:
            raise NotFoundError("member")
        for phone in tx.clients_of(ClientKind.PATIENT, person_id):
            end_in(tx, phone, ActorKind.INSURER, at, insurer)

    store.write(step)


def end_key(store: Store, client_id: str, at: datetime) -> None:
    """End any key, as the operator (a lost terminal). Raises NotFoundError."""

    def step(tx: Transaction) -> None:
        client = tx.client(client_id)
        if client is None:
            raise NotFoundError("client")
        end_in(tx, client, ActorKind.OPERATOR, at)

    store.write(step)


def end_in(
    tx: Transaction, client: Client, by: ActorKind, at: datetime, insurer: str = ""
) -> None:
    """End a key within a transaction that does more; ended before, nothing changes.

    `insurer` is the one that ends its member's phone, if one does. A phone's tokens
    are revoked with it, so that a reader without network, who knows no phones, sees
    it in the status list. Delegates whom the phone granted end with it: whoever stole
    it keeps nothing.
    """
    known = tx.client(client.id)  # it may have ended with another a moment ago
    if known is None or known.revoked_at is not None:
        return
    tx.revoke_client(client.id, at)
    note_ended(tx, client, by, at, insurer)
    if client.kind is ClientKind.PATIENT:
        _revoke_tokens(tx, client, at)
        for phone in _granted_by(tx, client):
            end_in(tx, phone, by, at, insurer)


def _granted_by(tx: Transaction, phone: Client) -> Sequence[Client]:
    return [
        it
        for it in tx.clients_of(ClientKind.PATIENT, phone.party)
        if it.delegate and it.delegate.delegation.granted_by == phone.id
    ]


def _revoke_tokens(tx: Transaction, phone: Client, at: datetime) -> None:
    for token in tx.tokens_of(phone.party):
        if token.client.id == phone.id and token.expires_at > at:
            revoked = Withdrawal(token.handle, WithdrawalKind.REVOKED, _PHONE_ENDED, at)
            tx.put_withdrawal(revoked, token.place)
