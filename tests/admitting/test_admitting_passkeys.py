"""An operator's one-time code makes one passkey, and nothing else does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from admitting_desk import AT, INSURER, MAC_KEY, Desk, a_desk
from operator_desk import PLACE, Person, a_person, draw, token

from backend.admitting.attempts import TRIES_A_CODE, Gate
from backend.admitting.enrolling import Attempt, enrol
from backend.admitting.errors import (
    CodeRefusedError,
    InvalidClientError,
    SignInRefusedError,
)
from backend.admitting.operators import end_operator, renew_operator
from backend.admitting.passkeys import NewPasskey, passkey_options, register_passkey
from backend.admitting.relying_party import relying_party
from backend.admitting.signing_in import (
    sign_in_options,
)
from backend.domain.errors import NotFoundError, RefusedError
from backend.storage.rows import Client, ClientKind
from backend.storage.sqlite.store import SqliteStore
from tests.soft_authenticator import PRESENT, SoftAuthenticator

MINUTE = timedelta(minutes=1)


@pytest.fixture
def person(gate: Gate) -> Person:
    return a_person(gate)


@pytest.fixture
def signed_in(person: Person) -> tuple[Client, Desk]:
    person.registers()
    return person.signs_in()


def test_options_ask_for_a_verified_user_and_a_passkey_found_without_a_name(
    gate: Gate, person: Person
) -> None:
    options = passkey_options(gate, person.enrolled.code.code, PLACE, AT)
    assert options["rp"]["id"] == "shikaku.example"
    assert options["user"]["name"] == "見本　担当"
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert options["attestation"] == "none"
    assert {-7, -8, -257} == {it["alg"] for it in options["pubKeyCredParams"]}
    asked = sign_in_options(gate, "x" * 43, AT)
    assert asked["userVerification"] == "required"
    assert asked["allowCredentials"] == []
    assert asked["rpId"] == "shikaku.example"


@pytest.mark.parametrize(
    "bent",
    [
        {"origin": "https://shikaku.example.evil"},
        {"origin": "http://shikaku.example"},
        {"rp_id": "evil.example"},
        {"flags": PRESENT | 0x40},
        {"flags": 0x44},
        {"type": "webauthn.get"},
        {"cross_origin": True},
        {"challenge": "AAAA"},
    ],
    ids=str,
)
def test_a_passkey_that_was_not_made_here_for_this_is_refused(
    store: SqliteStore, person: Person, bent: dict[str, Any]
) -> None:
    with pytest.raises(CodeRefusedError):
        person.registers(**bent)
    with store.reading() as tx:
        assert tx.passkeys_of(person.enrolled.operator.id) == []
    assert person.registers()  # the code is not spent by what was refused


def test_a_code_makes_one_passkey(store: SqliteStore, person: Person) -> None:
    person.registers()
    with pytest.raises(CodeRefusedError):
        person.registers()
    with store.reading() as tx:
        assert len(tx.passkeys_of(person.enrolled.operator.id)) == 1


def test_a_code_spent_meanwhile_keeps_no_second_passkey(
    gate: Gate, store: SqliteStore, person: Person
) -> None:
    code = person.enrolled.code.code
    late = SoftAuthenticator(b"another")
    options = passkey_options(gate, code, PLACE, AT)
    person.registers()
    with pytest.raises(CodeRefusedError):
        register_passkey(gate, NewPasskey(code, late.create(options), PLACE), AT)
    with store.reading() as tx:
        assert tx.passkey(b"another") is None


def test_a_challenge_for_one_code_serves_no_other(gate: Gate) -> None:
    one, other = a_person(gate), a_person(gate, "別の担当")
    options = passkey_options(gate, one.enrolled.code.code, PLACE, AT)
    made = NewPasskey(other.enrolled.code.code, other.device.create(options), PLACE)
    with pytest.raises(CodeRefusedError):
        register_passkey(gate, made, AT)


def test_a_known_credential_id_is_nobody_elses(
    gate: Gate,
) -> None:
    a_person(gate).registers()
    with pytest.raises(CodeRefusedError):
        a_person(gate, "別の担当").registers()


def test_codes_of_other_kinds_and_times_make_no_passkey(
    gate: Gate, person: Person, a_code: Callable[..., str]
) -> None:
    late = AT + timedelta(days=14)
    for code, at in (
        (a_code(), AT),
        (a_code(ClientKind.INSURER, INSURER), AT),
        ("0000-0000-0000", AT),
        (person.enrolled.code.code, late),
    ):
        with pytest.raises(CodeRefusedError):
            passkey_options(gate, code, PLACE, at)


def test_an_operators_code_enrols_no_system(gate: Gate, person: Person) -> None:
    desk, code = a_desk(), person.enrolled.code.code
    attempt = Attempt(code, "端末", desk.possession(code), PLACE)
    kinds = frozenset({ClientKind.CLINIC, ClientKind.INSURER})
    with pytest.raises(CodeRefusedError):
        enrol(gate, attempt, kinds, AT)


def test_an_operator_who_was_never_registered_is_out_when_ended(
    store: SqliteStore, gate: Gate, person: Person
) -> None:
    end_operator(store, person.enrolled.operator.id, AT)
    with pytest.raises(CodeRefusedError):
        passkey_options(gate, person.enrolled.code.code, PLACE, AT)
    with pytest.raises(NotFoundError):
        renew_operator(store, MAC_KEY, person.enrolled.operator.id, AT, draw)


def test_who_lost_the_passkey_gets_a_code_that_ends_the_old_one(
    store: SqliteStore, gate: Gate, person: Person, signed_in: tuple[Client, Desk]
) -> None:
    operator_id = person.enrolled.operator.id
    first = renew_operator(store, MAC_KEY, operator_id, AT, draw)
    made = renew_operator(store, MAC_KEY, operator_id, AT, draw)
    with pytest.raises(InvalidClientError):
        token(store, signed_in[1])
    with pytest.raises(SignInRefusedError):
        person.signs_in()
    with pytest.raises(CodeRefusedError):
        passkey_options(gate, first.code, PLACE, AT)
    person.device = SoftAuthenticator(b"a new one")
    person.registers(made.code)
    assert person.signs_in()[0].operator == operator_id


def test_a_code_dies_after_five_refusals(gate: Gate, person: Person) -> None:
    for number in range(TRIES_A_CODE):
        bad = NewPasskey(person.enrolled.code.code, {}, f"192.0.2.{number}")
        with pytest.raises(CodeRefusedError):
            register_passkey(gate, bad, AT)
    with pytest.raises(CodeRefusedError):
        person.registers()


@pytest.mark.parametrize(
    ("base_url", "origin"),
    [
        ("https://shikaku.example:443", "https://shikaku.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://Shikaku.example", "https://shikaku.example"),
    ],
)
def test_the_origin_is_spelled_as_browsers_spell_it(base_url: str, origin: str) -> None:
    assert relying_party(base_url).origin == origin


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:8000", "http://[::1]:8000"])
def test_an_address_without_a_host_name_is_told_with_its_cure(
    store: SqliteStore, base_url: str
) -> None:
    gate = Gate(store, MAC_KEY, base_url, draw)
    with pytest.raises(RefusedError, match="SHIKAKU_BASE_URL"):
        sign_in_options(gate, "x" * 43, AT)
