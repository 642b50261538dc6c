"""A one-time code and a proven key make a client, once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from admitting_desk import (
    AT,
    CLINIC,
    INSURER,
    MAC_KEY,
    Desk,
    a_desk,
    numbers,
)

from backend.admitting.attempts import TRIES_A_CODE, TRIES_A_PLACE, Gate
from backend.admitting.enrolling import (
    ASKED_AGAIN_FOR,
    Attempt,
    enrol,
)
from backend.admitting.enrolment_codes import make_clinic_code, make_insurer_code
from backend.admitting.errors import CodeRefusedError, TooManyAttemptsError
from backend.audit.events import ActorKind, AuditEntry, AuditKind, pseudonym, read_entry
from backend.domain.errors import MalformedError, NotFoundError
from backend.storage.rows import Client, ClientKind
from backend.storage.sqlite.store import SqliteStore

PARTIES = frozenset({ClientKind.CLINIC, ClientKind.INSURER})
PEOPLE = frozenset({ClientKind.PATIENT})
CodeMaker = Callable[..., str]


def attempt(desk: Desk, code: str, **other: str) -> Attempt:
    told = {
        "code": code,
        "name": "受付1",
        "possession": desk.possession(code),
        "place": "192.0.2.1",
    }
    return Attempt(**(told | other))


def entries(store: SqliteStore) -> list[AuditEntry]:
    with store.reading() as tx:
        return [read_entry(stored) for _, stored in tx.audit_entries()]


def clients(store: SqliteStore, kind: ClientKind, party: str) -> list[Client]:
    with store.reading() as tx:
        return list(tx.clients_of(kind, party))


def test_a_good_code_enrols_the_key_under_the_codes_party(
    gate: Gate, store: SqliteStore, desk: Desk, a_code: CodeMaker
) -> None:
    client = enrol(gate, attempt(desk, a_code()), PARTIES, AT)
    assert (client.kind, client.party, client.name) == (
        ClientKind.CLINIC,
        CLINIC,
        "受付1",
    )
    assert client.jwk == desk.signer.public.jwk
    assert clients(store, ClientKind.CLINIC, CLINIC) == [client]
    (entry,) = entries(store)
    assert entry.kind is AuditKind.ENROLLED
    assert (entry.actor_kind, entry.actor) == (ActorKind.CLINIC, CLINIC)
    assert entry.terminal == client.id


def test_a_typed_code_may_differ_in_case_and_hyphens(
    gate: Gate, desk: Desk, a_code: CodeMaker
) -> None:
    typed = a_code().lower().replace("-", " ")
    assert enrol(gate, attempt(desk, typed), PARTIES, AT).party == CLINIC


def test_every_refusal_is_the_same(
    gate: Gate, store: SqliteStore, desk: Desk, a_code: CodeMaker
) -> None:
    used = a_code()
    enrol(gate, attempt(a_desk(), used), PARTIES, AT)
    expired = a_code(expires_at=AT)
    of_another_kind = a_code(ClientKind.PATIENT, "person-1")
    of_the_erased = a_code(ClientKind.PATIENT, "person-gone")
    good = a_code()
    other_code = desk.possession(a_code())
    refused = [
        (attempt(desk, "0000-0000-0000"), PARTIES),
        (attempt(desk, "\x00'; --" + "x" * 500), PARTIES),
        (attempt(desk, used), PARTIES),
        (attempt(desk, expired), PARTIES),
        (attempt(desk, of_another_kind), PARTIES),
        (attempt(desk, of_the_erased), PEOPLE),
        (attempt(desk, good, possession=other_code), PARTIES),
        (attempt(desk, good, possession="not.a.proof"), PARTIES),
        (
            attempt(desk, good, possession=desk.possession(good, audience="x")),
            PARTIES,
        ),
        (attempt(desk, good, possession=desk.proof()), PARTIES),
    ]
    said = set()
    for tried, kinds in refused:
        with pytest.raises(CodeRefusedError) as refusal:
            enrol(gate, tried, kinds, AT)
        said.add(repr(refusal.value))
    assert len(said) == 1
    assert len(entries(store)) == 1  # only the first, which was let in
    assert enrol(gate, attempt(desk, good), PARTIES, AT).party == CLINIC


def test_a_code_opens_once_for_one_key(
    gate: Gate, store: SqliteStore, desk: Desk, a_code: CodeMaker
) -> None:
    code = a_code()
    first = enrol(gate, attempt(desk, code), PARTIES, AT)
    with pytest.raises(CodeRefusedError):
        enrol(gate, attempt(a_desk(), code), PARTIES, AT)
    assert clients(store, ClientKind.CLINIC, CLINIC) == [first]


def test_a_lost_answer_can_be_asked_for_again_for_ten_minutes(
    gate: Gate, store: SqliteStore, desk: Desk, a_code: CodeMaker
) -> None:
    code = a_code()
    first = enrol(gate, attempt(desk, code), PARTIES, AT)
    assert enrol(gate, attempt(desk, code), PARTIES, AT + ASKED_AGAIN_FOR) == first
    assert len(entries(store)) == 1
    late = AT + ASKED_AGAIN_FOR + timedelta(seconds=1)
    with pytest.raises(CodeRefusedError):
        enrol(gate, attempt(desk, code), PARTIES, late)
    with store.transaction() as tx:
        tx.revoke_client(first.id, AT)
    with pytest.raises(CodeRefusedError):
        enrol(gate, attempt(desk, code), PARTIES, AT)


def test_a_code_answers_again_only_for_the_key_that_it_let_in(
    gate: Gate, a_code: CodeMaker
) -> None:
    known, other = a_desk(), a_desk()
    enrol(gate, attempt(known, a_code()), PARTIES, AT)
    code, later = a_code(), AT + timedelta(minutes=1)
    enrol(gate, attempt(other, code), PARTIES, later)
    with pytest.raises(CodeRefusedError):
        enrol(gate, attempt(known, code), PARTIES, later)


def test_a_code_dies_after_five_refusals(
    gate: Gate, desk: Desk, a_code: CodeMaker
) -> None:
    code = a_code()
    for number in range(TRIES_A_CODE):
        bad = attempt(desk, code, possession="bad", place=f"192.0.2.{number}")
        with pytest.raises(CodeRefusedError):
            enrol(gate, bad, PARTIES, AT)
    with pytest.raises(CodeRefusedError):
        enrol(gate, attempt(desk, code, place="192.0.2.99"), PARTIES, AT)


def test_a_place_is_stopped_after_many_refusals_and_others_are_not(
    gate: Gate, desk: Desk, a_code: CodeMaker
) -> None:
    for number in range(TRIES_A_PLACE):
        with pytest.raises(CodeRefusedError):
            enrol(gate, attempt(desk, f"WRONG-{number:04}"), PARTIES, AT)
    stolen = attempt(desk, a_code(), possession="bad")
    for refused in (attempt(desk, "WRONG-AGAIN"), stolen):
        with pytest.raises(TooManyAttemptsError) as stopped:
            enrol(gate, refused, PARTIES, AT)
        assert stopped.value.retry_after_seconds == 600
        with pytest.raises(CodeRefusedError):
            enrol(gate, replace(refused, place="192.0.2.2"), PARTIES, AT)


def test_a_right_code_is_let_in_from_a_place_that_is_stopped(
    gate: Gate, desk: Desk, a_code: CodeMaker
) -> None:
    for number in range(TRIES_A_PLACE):
        with pytest.raises(CodeRefusedError):
            enrol(gate, attempt(desk, f"WRONG-{number:04}"), PARTIES, AT)
    assert enrol(gate, attempt(desk, a_code()), PARTIES, AT).party == CLINIC
    with pytest.raises(TooManyAttemptsError):
        enrol(gate, attempt(desk, "WRONG-AGAIN"), PARTIES, AT)


def test_successes_do_not_count_against_a_place(gate: Gate, a_code: CodeMaker) -> None:
    for _ in range(TRIES_A_PLACE + 1):
        assert enrol(gate, attempt(a_desk(), a_code()), PARTIES, AT).party == CLINIC


def test_a_new_phone_ends_the_old_one(
    gate: Gate, store: SqliteStore, a_code: CodeMaker
) -> None:
    codes = [a_code(ClientKind.PATIENT, "person-1") for _ in range(3)]
    old = enrol(gate, attempt(a_desk(), codes[0]), PEOPLE, AT)
    new = enrol(gate, attempt(a_desk(), codes[1]), PEOPLE, AT + timedelta(days=1))
    known = {it.id: it for it in clients(store, ClientKind.PATIENT, "person-1")}
    assert known[old.id].revoked_at == AT + timedelta(days=1)
    assert known[new.id].revoked_at is None
    beside = enrol(
        gate, attempt(a_desk(), codes[2]), PEOPLE, AT, keeps_other_phones=True
    )
    known = {it.id: it for it in clients(store, ClientKind.PATIENT, "person-1")}
    assert known[new.id].revoked_at is None
    assert known[beside.id].revoked_at is None
    logged = entries(store)
    assert [(it.kind, it.outcome) for it in logged] == [
        (AuditKind.PHONE_ACTIVATED, ""),
        (AuditKind.KEY_CHANGED, "ended"),
        (AuditKind.PHONE_ACTIVATED, ""),
        (AuditKind.PHONE_ACTIVATED, ""),
    ]
    assert {it.subject for it in logged} == {pseudonym(b"k" * 32)}
    assert {it.actor for it in logged} == {""}  # a person is only a pseudonym


def test_another_terminal_of_a_clinic_ends_none(
    gate: Gate, store: SqliteStore, a_code: CodeMaker
) -> None:
    for _ in range(2):
        enrol(gate, attempt(a_desk(), a_code()), PARTIES, AT)
    known = clients(store, ClientKind.CLINIC, CLINIC)
    assert [it.revoked_at for it in known] == [None, None]


def test_a_name_that_cannot_be_is_told_and_spends_nothing(
    gate: Gate, desk: Desk, a_code: CodeMaker
) -> None:
    code = a_code()
    for name in ("", "x" * 61, "a\nb", "\u202e"):
        with pytest.raises(MalformedError) as refusal:
            enrol(gate, attempt(desk, code, name=name), PARTIES, AT)
        assert refusal.value.field == "name"
    assert enrol(gate, attempt(desk, code), PARTIES, AT).party == CLINIC


def test_codes_are_made_for_known_parties_only(gate: Gate, store: SqliteStore) -> None:
    draw = numbers()
    made = make_clinic_code(store, MAC_KEY, CLINIC, AT, draw)
    assert made.expires_at == AT + timedelta(days=14)
    assert enrol(gate, attempt(a_desk(), made.code), PARTIES, AT).party == CLINIC
    made = make_insurer_code(store, MAC_KEY, INSURER, AT, draw)
    client = enrol(gate, attempt(a_desk(), made.code), PARTIES, AT)
    assert (client.kind, client.party) == (ClientKind.INSURER, INSURER)
    with pytest.raises(NotFoundError):
        make_clinic_code(store, MAC_KEY, "1310000022", AT, draw)
    with pytest.raises(NotFoundError):
        make_insurer_code(store, MAC_KEY, "00000000", AT, draw)


def test_neither_code_nor_place_reaches_the_database(
    gate: Gate, store: SqliteStore, desk: Desk, a_code: CodeMaker, tmp_path: Path
) -> None:
    code = a_code()
    with pytest.raises(CodeRefusedError):
        enrol(gate, attempt(desk, code, possession="bad"), PARTIES, AT)
    enrol(gate, attempt(desk, code), PARTIES, AT)
    store.close()
    written = b"".join(path.read_bytes() for path in sorted(tmp_path.iterdir()))
    assert b"SQLite format" in written
    assert b"192.0.2.1" not in written
    assert code.encode() not in written
    assert code.replace("-", "").encode() not in written
