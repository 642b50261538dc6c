"""Keys are listed and ended, each by who may."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from admitting_desk import AT, CLINIC, Desk, a_desk

from backend.admitting.enrolled_keys import end_key, end_phone, keys_of
from backend.admitting.enrolling import Attempt, Gate, enrol
from backend.audit.events import ActorKind, read_entry
from backend.domain.errors import NotFoundError
from backend.storage.rows import Client, ClientKind
from backend.storage.sqlite.store import SqliteStore

HOUR = timedelta(hours=1)


@pytest.fixture
def phone(gate: Gate, a_code: Callable[..., str]) -> Client:
    code, desk = a_code(ClientKind.PATIENT, "person-1"), a_desk()
    shown = Attempt(code, "電話", desk.possession(code), "192.0.2.1")
    return enrol(gate, shown, frozenset({ClientKind.PATIENT}), AT)


def test_a_person_ends_their_own_phone(store: SqliteStore, phone: Client) -> None:
    end_phone(store, "person-1", phone.id, AT + HOUR)
    end_phone(store, "person-1", phone.id, AT + 2 * HOUR)
    (known,) = keys_of(store, ClientKind.PATIENT, "person-1")
    assert known.revoked_at == AT + HOUR
    with store.reading() as tx:
        logged = [read_entry(stored) for _, stored in tx.audit_entries()]
    assert [it.outcome for it in logged] == ["", "ended"]
    assert logged[1].actor_kind is ActorKind.PATIENT


def test_nobody_ends_a_strangers_phone_or_a_terminal(
    store: SqliteStore, phone: Client, terminal: Desk
) -> None:
    for person, key in (
        ("person-2", phone.id),
        (CLINIC, terminal.client_id),
        ("person-1", terminal.client_id),
        ("person-1", "phone-none"),
    ):
        with pytest.raises(NotFoundError):
            end_phone(store, person, key, AT)


def test_the_operator_ends_any_key(store: SqliteStore, terminal: Desk) -> None:
    end_key(store, terminal.client_id, AT)
    (known,) = keys_of(store, ClientKind.CLINIC, CLINIC)
    assert known.revoked_at == AT
    with pytest.raises(NotFoundError):
        end_key(store, "terminal-none", AT)
