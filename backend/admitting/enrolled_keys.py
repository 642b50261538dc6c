"""Enrolled keys: which terminals, systems and phones there are, and how one ends."""

from collections.abc import Sequence
from datetime import datetime

from backend.admitting.enrolment_log import note_ended
from backend.audit.events import ActorKind
from backend.domain.errors import NotFoundError
from backend.storage.rows import Client, ClientKind
from backend.storage.store import Store, Transaction


def keys_of(store: Store, kind: ClientKind, party: str) -> Sequence[Client]:
    """A party's enrolled keys, ended ones included, oldest first."""
    with store.reading() as tx:
        return tx.clients_of(kind, party)


def end_phone(store: Store, person_id: str, phone_id: str, at: datetime) -> None:
    """End one of the person's own phones; ending it again changes nothing.

    Its access tokens and its eligibility token stop working at once. Raises
    NotFoundError for somebody else's.
    """

    def step(tx: Transaction) -> None:
        phone = tx.client(phone_id)
        owner = ClientKind.PATIENT, person_id
        if phone is None or (phone.kind, phone.party) != owner:
            raise NotFoundError("phone")
        _end(tx, phone, ActorKind.PATIENT, at)

    store.write(step)


def end_key(store: Store, client_id: str, at: datetime) -> None:
    """End any key, as the operator (a lost terminal). Raises NotFoundError."""

    def step(tx: Transaction) -> None:
        client = tx.client(client_id)
        if client is None:
            raise NotFoundError("client")
        _end(tx, client, ActorKind.OPERATOR, at)

    store.write(step)


def _end(tx: Transaction, client: Client, by: ActorKind, at: datetime) -> None:
    if client.revoked_at is None:
        tx.revoke_client(client.id, at)
        note_ended(tx, client, by, at)
