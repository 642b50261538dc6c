"""Keys are listed and ended, each by who may."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from admitting_desk import AT, CLINIC, ISSUER, MAC_KEY, Desk, a_desk

from backend.admitting.attempts import Gate
from backend.admitting.enrolled_keys import (
    end_key,
    end_phone,
    end_phones,
    keys_of,
)
from backend.admitting.enrolling import Attempt, enrol
from backend.audit.events import ActorKind, pseudonym, read_entry
from backend.credentials.status_list import StatusValue, open_status_list
from backend.domain.errors import NotFoundError
from backend.domain.one_time_code import code_mac, make_code
from backend.issuing.keys import key_set
from backend.issuing.status_lists import published
from backend.storage.rows import Client, ClientKind, OneTimeCode
from backend.storage.sqlite.store import SqliteStore
from tests.house_of_glass import NEW, OLD, House, Phone, open_house

HOUR = timedelta(hours=1)
VALID, INVALID = StatusValue.VALID, StatusValue.INVALID


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path)
    yield opened
    opened.store.close()


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


def statuses(house: House, *phones: Phone) -> list[StatusValue]:
    """What the published list says of the phones' tokens."""
    with house.store.reading() as tx:
        tokens = {
            it.handle: it for phone in phones for it in tx.tokens_of(phone.client.party)
        }
        places = [tokens[phone.token.handle].place for phone in phones]
    uri = house.issuer.names.status_list(OLD.digits, places[0].list_number)
    told = published(house.issuer, OLD.digits, places[0].list_number, house.at)
    listed = open_status_list(told, uri, key_set(house.store).find, house.at)
    return [listed.get(place.idx) for place in places]


def test_the_status_list_says_that_a_phone_has_ended(house: House) -> None:
    person = house.person()
    house.cover(person)
    phone, other = house.phone(person), house.phone(person)
    assert statuses(house, phone, other) == [VALID, VALID]

    end_phone(house.store, person, phone.client.id, house.at)
    end_phone(house.store, person, phone.client.id, house.at)

    assert statuses(house, phone, other) == [INVALID, VALID]


def test_a_token_that_has_expired_is_not_revoked_with_its_phone(house: House) -> None:
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    house.at = phone.token.expires_at

    end_phone(house.store, person, phone.client.id, house.at)

    assert statuses(house, phone) == [VALID]


def test_the_status_list_says_that_a_new_phone_has_ended_the_others(
    house: House,
) -> None:
    person = house.person()
    house.cover(person)
    phone, desk = house.phone(person), a_desk()
    code = make_code(house.random_bytes)
    mac, expires_at = code_mac(MAC_KEY, code), house.at + HOUR
    row = OneTimeCode(mac, ClientKind.PATIENT, person, OLD.digits, expires_at)
    house.store.write(lambda tx: tx.put_code(row))

    shown = Attempt(code, "電話", desk.possession(code, house.at), "192.0.2.1")
    gate = Gate(house.store, MAC_KEY, ISSUER, house.random_bytes)
    enrol(gate, shown, frozenset({ClientKind.PATIENT}), house.at)

    assert statuses(house, phone) == [INVALID]


def test_the_insurer_ends_all_phones_of_its_own_member_only(house: House) -> None:
    person, stranger = house.person(insurers=(OLD,)), house.person(insurers=(NEW,))
    house.cover(person)
    house.cover(stranger, insurer=NEW)
    phones, other = [house.phone(person) for _ in range(2)], house.phone(stranger)

    for _ in range(2):
        end_phones(house.store, OLD.digits, person, house.at)
    for insurer, whose in ((NEW, person), (OLD, stranger), (OLD, "per-nobody")):
        with pytest.raises(NotFoundError):
            end_phones(house.store, insurer.digits, whose, house.at)

    assert statuses(house, *phones) == [INVALID, INVALID]
    (theirs,) = keys_of(house.store, ClientKind.PATIENT, stranger)
    assert (theirs.id, theirs.revoked_at) == (other.client.id, None)
    with house.store.reading() as tx:
        logged = [read_entry(stored) for _, stored in tx.audit_entries()]
        subject = pseudonym(tx.audit_key(person))
    ended = [it for it in logged if it.outcome == "ended"]
    assert {it.terminal for it in ended} == {it.client.id for it in phones}
    assert [(it.actor_kind, it.actor, it.subject) for it in ended] == [
        (ActorKind.INSURER, OLD.digits, subject)
    ] * 2


def test_the_operator_ends_any_key(store: SqliteStore, terminal: Desk) -> None:
    end_key(store, terminal.client_id, AT)
    (known,) = keys_of(store, ClientKind.CLINIC, CLINIC)
    assert known.revoked_at == AT
    with pytest.raises(NotFoundError):
        end_key(store, "terminal-none", AT)
