"""A passkey opens a session of its operator; a session ends when it must."""

import json
from datetime import timedelta
from typing import Any

import pytest
from admitting_desk import AT, INSURER, Desk, a_desk
from operator_desk import PLACE, Person, a_person, entries, is_let_in, token

from backend.admitting.attempts import TRIES_A_PLACE, Gate
from backend.admitting.errors import (
    CodeRefusedError,
    InvalidClientError,
    SignInRefusedError,
    TooManyAttemptsError,
)
from backend.admitting.operators import end_operator
from backend.admitting.passkeys import NewPasskey, passkey_options, register_passkey
from backend.admitting.signing_in import (
    SESSION,
    SignIn,
    sign_in,
    sign_in_options,
    sign_out,
)
from backend.audit.events import AuditKind
from backend.credentials import base64url
from backend.domain.errors import NotFoundError
from backend.storage.rows import Client, ClientKind
from backend.storage.sqlite.store import SqliteStore
from tests.soft_authenticator import PRESENT

MINUTE = timedelta(minutes=1)


@pytest.fixture
def person(gate: Gate) -> Person:
    return a_person(gate)


@pytest.fixture
def signed_in(person: Person) -> tuple[Client, Desk]:
    person.registers()
    return person.signs_in()


def test_a_passkey_opens_a_session_that_is_a_client_of_the_insurer(
    store: SqliteStore, person: Person
) -> None:
    operator_id = person.registers()
    session, desk = person.signs_in(AT + MINUTE)
    assert (session.kind, session.party) == (ClientKind.INSURER, INSURER)
    assert (session.operator, session.name) == (operator_id, "見本　担当")
    assert session.expires_at == AT + MINUTE + SESSION
    granted = token(store, desk, AT + MINUTE)
    assert is_let_in(store, desk, granted, AT + MINUTE)
    with store.reading() as tx:
        (known,) = tx.passkeys_of(operator_id)
    assert (known.sign_count, known.used_at) == (1, AT + MINUTE)
    logged = entries(store)
    assert [(it.kind, it.terminal, it.outcome) for it in logged] == [
        (AuditKind.ENROLLED, operator_id, ""),
        (AuditKind.ENROLLED, operator_id, "passkey"),
        (AuditKind.SIGNED_IN, session.id, ""),
    ]
    assert logged[-1].object == operator_id


def test_a_device_that_does_not_count_signs_in_again_and_again(
    person: Person,
) -> None:
    person.device.counts = False
    person.registers()
    assert person.signs_in()[0].id != person.signs_in()[0].id


@pytest.mark.parametrize(
    "bent",
    [
        {"origin": "https://shikaku.example.evil"},
        {"rp_id": "evil.example"},
        {"flags": PRESENT},
        {"flags": 0x04},
        {"type": "webauthn.create"},
        {"cross_origin": True},
        {"challenge": "AAAA"},
        {"count": 0},
        {"user": "b3RoZXI"},
    ],
    ids=str,
)
def test_an_assertion_that_is_bent_opens_nothing(
    gate: Gate, person: Person, bent: dict[str, Any]
) -> None:
    person.registers()
    person.signs_in()  # so that a count of nothing goes backwards
    with pytest.raises(SignInRefusedError):
        sign_in(gate, person.shows(a_desk(), **bent), AT)


def test_a_tampered_assertion_opens_nothing(gate: Gate, person: Person) -> None:
    person.registers()
    for part in ("signature", "authenticatorData", "clientDataJSON"):
        shown = person.shows(a_desk())
        told = shown.credential["response"]
        text = told[part]
        told[part] = ("B" if text[0] == "A" else "A") + text[1:]
        with pytest.raises(SignInRefusedError):
            sign_in(gate, shown, AT)


def test_an_answer_counts_once_and_for_five_minutes(gate: Gate, person: Person) -> None:
    person.device.counts = False
    person.registers()
    shown = person.shows(a_desk())
    with pytest.raises(SignInRefusedError):
        sign_in(gate, shown, AT + 5 * MINUTE)
    sign_in(gate, shown, AT + 5 * MINUTE - timedelta(seconds=1))
    with pytest.raises(SignInRefusedError):
        sign_in(gate, shown, AT + MINUTE)


def test_an_assertion_vouches_for_no_other_key_and_a_key_for_no_other_assertion(
    gate: Gate, person: Person
) -> None:
    person.device.counts = False
    person.registers()
    mine, thief = a_desk(), a_desk()
    shown = person.shows(mine)
    options = sign_in_options(gate, mine.signer.public.thumbprint(), AT)
    told = shown.credential["response"]["clientDataJSON"]
    challenge = json.loads(base64url.decode(told))["challenge"]
    for possession in (
        thief.possession(challenge),  # the stolen assertion with the thief's key
        mine.possession(options["challenge"]),  # the proof of another challenge
        mine.possession(challenge, audience="https://other.example"),
        "not.a.proof",
    ):
        with pytest.raises(SignInRefusedError):
            sign_in(gate, SignIn(shown.credential, possession, PLACE), AT)
    assert sign_in(gate, shown, AT).operator


def test_a_passkey_signs_in_whom_it_belongs_to(gate: Gate) -> None:
    one, other = a_person(gate), a_person(gate, "別の担当", b"passkey-2")
    one.registers()
    theirs = other.registers()
    assert other.signs_in()[0].operator == theirs
    one.device.key = other.device.key  # signs with another's passkey under its own id
    with pytest.raises(SignInRefusedError):
        one.signs_in()
    one.device.id = other.device.id  # another's passkey, one's own user handle
    with pytest.raises(SignInRefusedError):
        one.signs_in()


def test_a_registration_is_no_sign_in(gate: Gate, person: Person) -> None:
    options = passkey_options(gate, person.enrolled.code.code, PLACE, AT)
    person.registers()
    desk = a_desk()
    shown = SignIn(
        person.device.get(options), desk.possession(options["challenge"]), PLACE
    )
    with pytest.raises(SignInRefusedError):
        sign_in(gate, shown, AT)


@pytest.mark.parametrize(
    "credential", [{}, {"response": None}, {"response": {"clientDataJSON": "8J-YgA"}}]
)
def test_what_is_no_credential_is_refused(
    gate: Gate, person: Person, credential: dict[str, Any]
) -> None:
    with pytest.raises(SignInRefusedError):
        sign_in(gate, SignIn(credential, "x", PLACE), AT)
    made = NewPasskey(person.enrolled.code.code, credential, PLACE)
    with pytest.raises(CodeRefusedError):
        register_passkey(gate, made, AT)


def test_an_ended_operator_is_out_at_once(
    store: SqliteStore, gate: Gate, person: Person, signed_in: tuple[Client, Desk]
) -> None:
    _, desk = signed_in
    granted = token(store, desk)
    waiting = person.shows(a_desk())
    end_operator(store, person.enrolled.operator.id, AT)
    with pytest.raises(InvalidClientError):
        token(store, desk)
    assert not is_let_in(store, desk, granted, AT)
    with pytest.raises(SignInRefusedError):
        sign_in(gate, waiting, AT)
    with store.reading() as tx:
        (passkey,) = tx.passkeys_of(person.enrolled.operator.id)
    assert passkey.ended_at == AT


def test_a_session_ends_by_itself(
    store: SqliteStore, signed_in: tuple[Client, Desk]
) -> None:
    _, desk = signed_in
    nearly = AT + SESSION - timedelta(seconds=1)
    granted = token(store, desk, nearly)
    assert is_let_in(store, desk, granted, nearly)
    assert not is_let_in(store, desk, granted, AT + SESSION)
    with pytest.raises(InvalidClientError):
        token(store, desk, AT + SESSION)


def test_signing_out_ends_the_session_alone(
    store: SqliteStore, person: Person, signed_in: tuple[Client, Desk]
) -> None:
    session, desk = signed_in
    other = person.signs_in()[1]
    granted = token(store, desk)
    sign_out(store, session, AT)
    assert not is_let_in(store, desk, granted, AT)
    assert token(store, other).token
    assert entries(store)[-1].kind is AuditKind.KEY_CHANGED
    system = Client("s", ClientKind.INSURER, INSURER, "端末", {}, AT)
    with pytest.raises(NotFoundError):
        sign_out(store, system, AT)


def test_a_place_is_stopped_after_many_refusals_of_either_kind(
    gate: Gate, person: Person
) -> None:
    person.registers()
    for number in range(TRIES_A_PLACE):
        if number % 2:
            with pytest.raises(CodeRefusedError):
                passkey_options(gate, f"WRONG-{number}", PLACE, AT)
        else:
            with pytest.raises(SignInRefusedError):
                sign_in(gate, SignIn({}, "x", PLACE), AT)
    with pytest.raises(TooManyAttemptsError):
        sign_in(gate, SignIn({}, "x", PLACE), AT)
    assert person.signs_in()  # who is good is let in from anywhere
