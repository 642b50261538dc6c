"""The log sealed from outside, and found out when it was touched."""

from datetime import timedelta

import pytest

from backend.audit.checkpoint_file import read_checkpoints
from backend.audit.events import AuditKind, read_entry
from backend.audit.verification import Step
from backend.credentials.certificate import Form
from backend.credentials.jose import NotGenuineError
from backend.credentials.key_set import KeyPurpose
from backend.credentials.receipt import RECEIPT_LIFE
from backend.domain.errors import ConflictError, UnavailableError
from backend.issuing.certificates import issue_certificates
from backend.issuing.checkpoints import Checkpointer, verify_audit
from backend.issuing.keys import (
    declare_compromised,
    key_set,
    retire_keys,
    rotate_key,
)
from backend.issuing.withdrawals import WithdrawalReason, withdraw
from backend.storage.rows import WithdrawalKind
from tests.house_of_glass import OLD

MINUTE = timedelta(minutes=1)


@pytest.fixture
def sealed(house, tmp_path):
    journal = tmp_path / "checkpoints.jsonl"
    checkpointer = Checkpointer(house.issuer, journal)
    checkpointer.begin_anew(house.at)
    for _ in range(5):
        house.cover(house.person())
    run = issue_certificates(house.issuer, OLD.digits, None, Form.A4, house.at)
    for paper in run.issued[:4]:
        kind, reason = WithdrawalKind.SUSPENDED, WithdrawalReason.LOST
        withdraw(house.store, OLD.digits, paper.serial, kind, reason, house.at)
    checkpointer.seal(house.at + timedelta(seconds=30))
    return journal


def tamper(house, statement):
    """As someone with the file would: past our triggers."""
    with house.store.transaction() as tx:
        for trigger in tx.run(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            " AND tbl_name = 'audit_entries'"
        ).fetchall():
            tx.run(f'DROP TRIGGER "{trigger[0]}"')
        tx.run(statement)


def test_an_untouched_log_is_sound(house, sealed):
    report = verify_audit(house.issuer, sealed)

    assert report.is_sound
    assert report.sealed == report.size == 9


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET entry = CAST(replace(CAST(entry AS TEXT),"
        " 'certificates-issued', 'certificates-issuer') AS BLOB) WHERE sequence = 4",
        "DELETE FROM audit_entries WHERE sequence = 4",
        "DELETE FROM audit_entries WHERE sequence = 8",
        "INSERT INTO audit_entries SELECT 9, subject, entry FROM audit_entries"
        " WHERE sequence = 8",
        "UPDATE audit_entries SET entry = (SELECT entry FROM audit_entries o"
        " WHERE o.sequence = 11 - audit_entries.sequence) WHERE sequence IN (5, 6)",
        "UPDATE audit_entries SET subject = NULL WHERE sequence = 5",
        "UPDATE audit_entries SET subject = (SELECT subject FROM audit_entries"
        " WHERE sequence = 6) WHERE sequence = 5",
        "UPDATE audit_entries SET subject = (SELECT subject FROM audit_entries"
        " WHERE sequence = 5) WHERE sequence = 0",
    ],
)
def test_every_touch_is_found(house, sealed, statement):
    tamper(house, statement)

    assert not verify_audit(house.issuer, sealed).is_sound


def test_a_row_below_the_first_is_found(house, sealed):
    tamper(house, "PRAGMA ignore_check_constraints = ON")
    tamper(
        house,
        "INSERT INTO audit_entries SELECT -1, subject, entry FROM audit_entries"
        " WHERE sequence = 4",
    )

    assert not verify_audit(house.issuer, sealed).is_sound


def test_nothing_new_needs_no_new_seal(house, sealed):
    before = sealed.read_bytes()

    assert Checkpointer(house.issuer, sealed).seal(house.at) == 9
    assert sealed.read_bytes() == before


def test_a_log_of_the_same_length_that_was_rewritten_is_sealed_and_found(house, sealed):
    tamper(
        house,
        "UPDATE audit_entries SET entry = CAST(replace(CAST(entry AS TEXT),"
        " 'certificates-issued', 'certificates-issuer') AS BLOB) WHERE sequence = 4",
    )
    before = len(read_checkpoints(sealed).sealed)

    Checkpointer(house.issuer, sealed).seal(house.at + MINUTE)

    assert len(read_checkpoints(sealed).sealed) == before + 1
    steps = {it.step for it in verify_audit(house.issuer, sealed).problems}
    assert Step.CHECKPOINTS_GROW in steps  # one size, two roots


def test_a_clock_set_back_does_not_break_the_proof(house, sealed):
    house.new_key(None)
    Checkpointer(house.issuer, sealed).seal(house.at - timedelta(hours=1))

    report = verify_audit(house.issuer, sealed)

    assert report.is_sound
    assert report.sealed == 10


def test_two_sealers_take_turns(house, sealed):
    server, command = (Checkpointer(house.issuer, sealed) for _ in range(2))
    for sealing in (server, command, server):
        house.cover(house.person())
        issue_certificates(house.issuer, OLD.digits, None, Form.A4, house.at)
        sealing.seal(house.at + MINUTE)

    report = verify_audit(house.issuer, sealed)

    assert report.is_sound
    assert report.sealed == report.size == 12


@pytest.mark.parametrize("left", [None, "", "torn"])
def test_a_log_without_its_journal_is_not_sealed_as_if_whole(house, sealed, left):
    tamper(house, "DELETE FROM audit_entries WHERE sequence > 5")
    sealed.unlink()
    if left is not None:
        sealed.write_text(left)

    with pytest.raises(UnavailableError, match="restore it from its copy"):
        Checkpointer(house.issuer, sealed).seal(house.at)
    assert read_checkpoints(sealed).sealed == ()


def test_a_journal_begun_anew_is_in_the_log_for_ever(house, sealed):
    with pytest.raises(ConflictError):
        Checkpointer(house.issuer, sealed).begin_anew(house.at)
    sealed.unlink()

    assert Checkpointer(house.issuer, sealed).begin_anew(house.at) == 10
    assert verify_audit(house.issuer, sealed).is_sound
    with house.store.reading() as tx:
        entry = read_entry(list(tx.audit_entries())[-1][1])
    assert entry.kind is AuditKind.JOURNAL_BEGUN


def test_a_seal_by_a_stranger_is_refused(house, sealed):
    lines = read_checkpoints(sealed).sealed
    forged = lines[-1][:-8] + ("A" * 8)
    sealed.write_text("\n".join([*lines[:-1], forged]) + "\n")

    with pytest.raises(NotGenuineError):
        verify_audit(house.issuer, sealed)


def test_no_seal_at_all_is_not_a_pass(house, tmp_path):
    empty = tmp_path / "empty.jsonl"
    empty.touch(mode=0o600)

    assert not verify_audit(house.issuer, empty).is_sound


def rotated(house, at):
    house.new_key(None)
    rotate_key(house.store, KeyPurpose.SERVICE, None, at)
    retire_keys(house.store, at + 2 * RECEIPT_LIFE)  # retired, if ever


def test_heads_of_retired_keys_still_prove_the_log(house, sealed):
    rotated(house, house.at + MINUTE)
    Checkpointer(house.issuer, sealed).seal(house.at + MINUTE)

    report = verify_audit(house.issuer, sealed)

    assert report.is_sound
    assert report.sealed == report.size == 13


def test_heads_of_a_stolen_key_prove_nothing_from_the_theft_on(house, sealed):
    stolen = key_set(house.store).active(KeyPurpose.SERVICE, None).kid
    house.new_key(None)
    Checkpointer(house.issuer, sealed).seal(house.at + MINUTE)
    rotate_key(house.store, KeyPurpose.SERVICE, None, house.at + 2 * MINUTE)

    sealed_before = []
    for since in (house.at + 2 * MINUTE, house.at + MINUTE, house.at + MINUTE / 2):
        declare_compromised(house.store, stolen, since, house.at + 2 * MINUTE)
        report = verify_audit(house.issuer, sealed)
        assert report.is_sound
        sealed_before.append(report.sealed)
    declare_compromised(house.store, stolen, house.at, house.at + 2 * MINUTE)

    assert sealed_before == [10, 9, 4]
    assert not verify_audit(house.issuer, sealed).is_sound


def test_without_a_service_key_nothing_is_sealed(house, sealed):
    kid = key_set(house.store).active(KeyPurpose.SERVICE, None).kid
    declare_compromised(house.store, kid, house.at + MINUTE, house.at + MINUTE)

    with pytest.raises(Exception, match="shikaku doctor"):
        Checkpointer(house.issuer, sealed).seal(house.at)
