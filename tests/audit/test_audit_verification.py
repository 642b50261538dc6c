"""Tampering of every kind, at every place, is found in a sealed log."""

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.audit.events import AuditEntry, entry_bytes, read_entry
from backend.audit.tree import EMPTY_ROOT, CompactRange, leaf_hash
from backend.audit.verification import (
    MAX_PROBLEMS,
    AuditReport,
    Checkpointed,
    Row,
    Step,
    verify_log,
)

Log = list[Row]
MakeLog = Callable[[int], Log]
Seal = Callable[[Log, int], Checkpointed]

SIZE = 23
SEALED = (0, 1, 8, 13, 13, 23)  # 13 twice: an idle minute

PLACES = st.integers(0, SIZE - 1)
TWO_PLACES = st.lists(PLACES, min_size=2, max_size=2, unique=True)
thorough = settings(
    max_examples=60,
    # The fixtures hand out functions, which the examples cannot change.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def _steps(report: AuditReport) -> set[Step]:
    return {problem.step for problem in report.problems}


def _seals(log: Log, seal: Seal) -> list[Checkpointed]:
    return [seal(log, size) for size in SEALED]


def _renumbered(log: Log) -> Log:
    """As a thorough forger would: every number made to fit again."""
    return [
        (place, subject, entry_bytes(replace(read_entry(stored), sequence=place)))
        for place, (_, subject, stored) in enumerate(log)
    ]


def test_a_true_log_is_sound(a_log: MakeLog, seal: Seal) -> None:
    log = a_log(SIZE)
    report = verify_log(log, _seals(log, seal))
    root = CompactRange().extend(leaf_hash(stored) for *_, stored in log).root()
    assert AuditReport(SIZE, root, SIZE, 0, ()) == report
    assert report.is_sound


def test_what_is_not_yet_sealed_is_said(a_log: MakeLog, seal: Seal) -> None:
    log = a_log(SIZE)
    report = verify_log(log, [seal(log, 8)])
    assert report.is_sound
    assert (SIZE, 8) == (report.size, report.sealed)


@thorough
@given(place=PLACES)
def test_an_edited_entry_is_found(a_log: MakeLog, seal: Seal, place: int) -> None:
    log = a_log(SIZE)
    seals = _seals(log, seal)
    edited = replace(read_entry(log[place][2]), outcome="valid")
    log[place] = (place, edited.subject, entry_bytes(edited))
    report = verify_log(log, seals)
    assert {Step.ROOT} == _steps(report)
    (problem,) = report.problems
    # The entry lies between the last true checkpoint and the first wrong one.
    assert problem.sequence is not None
    assert problem.checkpoint is not None
    assert problem.sequence <= place < seals[problem.checkpoint].size


@thorough
@given(place=PLACES, byte=st.integers(0, 10_000))
def test_a_single_flipped_bit_is_found(
    a_log: MakeLog, seal: Seal, place: int, byte: int
) -> None:
    log = a_log(SIZE)
    seals = _seals(log, seal)
    stored = bytearray(log[place][2])
    stored[byte % len(stored)] ^= 1
    log[place] = (place, log[place][1], bytes(stored))
    assert Step.ROOT in _steps(verify_log(log, seals))


@thorough
@given(place=PLACES)
def test_a_deleted_entry_is_found(a_log: MakeLog, seal: Seal, place: int) -> None:
    log = a_log(SIZE)
    seals = _seals(log, seal)
    del log[place]
    assert Step.LENGTH in _steps(verify_log(log, seals))
    gaps = [
        problem.sequence
        for problem in verify_log(log, seals).problems
        if problem.step is Step.SEQUENCE
    ]
    # One gap, told once; the last entry leaves none.
    assert ([place + 1] if place < SIZE - 1 else []) == gaps
    assert {Step.ROOT, Step.LENGTH} >= _steps(verify_log(_renumbered(log), seals))
    assert not verify_log(_renumbered(log), seals).is_sound


@thorough
@given(place=PLACES)
def test_an_inserted_entry_is_found(a_log: MakeLog, seal: Seal, place: int) -> None:
    log = a_log(SIZE)
    seals = _seals(log, seal)
    invented = replace(read_entry(log[place][2]), outcome="valid")
    log.insert(place, (place, invented.subject, entry_bytes(invented)))
    assert Step.SEQUENCE in _steps(verify_log(log, seals))
    assert {Step.ROOT} == _steps(verify_log(_renumbered(log), seals))


@thorough
@given(places=TWO_PLACES)
def test_swapped_entries_are_found(
    a_log: MakeLog, seal: Seal, places: list[int]
) -> None:
    place, other = places
    log = a_log(SIZE)
    seals = _seals(log, seal)
    first, second = log[place][1:], log[other][1:]
    log[place], log[other] = (place, *second), (other, *first)
    assert {Step.PLACE, Step.ROOT} == _steps(verify_log(log, seals))
    assert {Step.ROOT} == _steps(verify_log(_renumbered(log), seals))


@thorough
@given(places=TWO_PLACES)
def test_swapped_rows_are_found(a_log: MakeLog, seal: Seal, places: list[int]) -> None:
    place, other = places
    log = a_log(SIZE)
    seals = _seals(log, seal)
    log[place], log[other] = log[other], log[place]
    assert {Step.SEQUENCE, Step.ROOT} == _steps(verify_log(log, seals))


@thorough
@given(length=st.integers(0, SIZE - 1))
def test_a_cut_tail_is_found(a_log: MakeLog, seal: Seal, length: int) -> None:
    log = a_log(SIZE)
    seals = _seals(log, seal)
    report = verify_log(log[:length], seals)
    assert {Step.LENGTH} == _steps(report)
    (problem,) = report.problems
    assert (length, len(seals) - 1) == (problem.sequence, problem.checkpoint)


def test_a_tail_cut_back_to_the_last_checkpoint_is_the_exposure(
    a_log: MakeLog, seal: Seal
) -> None:
    log = a_log(SIZE)
    seals = [seal(log, 8)]
    assert verify_log(log[:8], seals).is_sound
    assert not verify_log(log[:7], seals).is_sound


def test_an_emptied_log_is_found(a_log: MakeLog, seal: Seal) -> None:
    log = a_log(SIZE)
    assert {Step.LENGTH} == _steps(verify_log([], _seals(log, seal)))


@pytest.mark.parametrize("place", [8, 15, 22])
def test_unreadable_bytes_are_found_even_after_the_last_checkpoint(
    a_log: MakeLog, seal: Seal, place: int
) -> None:
    log = a_log(SIZE)
    log[place] = (place, None, b"{}")
    report = verify_log(log, [seal(log, 8)])
    assert [(Step.SPELLING, place)] == [
        (problem.step, problem.sequence) for problem in report.problems
    ]


@thorough
@given(place=PLACES, subject=st.sampled_from([None, "", "1e" * 16]))
def test_a_row_moved_to_another_history_is_found(
    a_log: MakeLog, seal: Seal, place: int, subject: str | None
) -> None:
    """The history of a person is found by the row's subject, not by the entry's."""
    log = a_log(SIZE)
    log[place] = (place, subject, log[place][2])
    report = verify_log(log, _seals(log, seal))
    assert [(Step.SUBJECT, place)] == [(it.step, it.sequence) for it in report.problems]


def test_an_entry_of_nobody_is_in_no_history(entry: AuditEntry, seal: Seal) -> None:
    stored = entry_bytes(replace(entry, sequence=0, subject=""))
    log: Log = [(0, None, stored)]
    assert verify_log(log, _seals(log, seal)[:2]).is_sound
    put_in: Log = [(0, entry.subject, stored)]
    assert {Step.SUBJECT} == _steps(verify_log(put_in, _seals(log, seal)[:2]))


def test_what_follows_the_last_checkpoint_is_sealed_as_it_then_is(
    a_log: MakeLog, seal: Seal
) -> None:
    """The exposure: a well-formed edit there never shows, then or later."""
    log = a_log(SIZE)
    before = seal(log, 8)
    edited = replace(read_entry(log[15][2]), outcome="valid")
    log[15] = (15, edited.subject, entry_bytes(edited))
    assert verify_log(log, [before]).is_sound
    assert verify_log(log, [before, seal(log, SIZE)]).is_sound


def test_nothing_to_hold_it_against_is_not_a_pass(a_log: MakeLog) -> None:
    report = verify_log(a_log(3), [])
    assert {Step.CHECKPOINTS_GROW} == _steps(report)
    assert not report.is_sound


def test_a_checkpoint_of_the_empty_log_is_compared(a_log: MakeLog, seal: Seal) -> None:
    log = a_log(2)
    empty = seal(log, 0)
    assert EMPTY_ROOT == empty.root
    assert verify_log(log, [empty]).is_sound
    forged = replace(empty, root=b"\0" * 32)
    assert {Step.ROOT} == _steps(verify_log(log, [forged]))


def test_a_single_wrong_checkpoint_is_named(a_log: MakeLog, seal: Seal) -> None:
    log = a_log(SIZE)
    seals = [seal(log, size) for size in (3, 8, 13)]
    seals[1] = replace(seals[1], root=b"\0" * 32)
    report = verify_log(log, seals)
    assert [(Step.ROOT, 1)] == [(it.step, it.checkpoint) for it in report.problems]
    assert 13 == report.sealed


def test_two_wrong_checkpoints_apart_are_both_named(a_log: MakeLog, seal: Seal) -> None:
    log = a_log(SIZE)
    seals = [seal(log, size) for size in (3, 8, 13)]
    for place in (0, 2):
        seals[place] = replace(seals[place], root=b"\0" * 32)
    report = verify_log(log, seals)
    assert [0, 2] == [it.checkpoint for it in report.problems]


@pytest.mark.parametrize(
    "bend",
    [
        lambda seals: [seals[1], replace(seals[0], at=seals[2].at), seals[2]],
        lambda seals: [seals[0], replace(seals[1], at=seals[0].at - timedelta(1))],
        lambda seals: [seals[0], seals[1], replace(seals[1], root=b"\0" * 32)],
    ],
    ids=["smaller than before", "earlier than before", "two roots for one size"],
)
def test_contradicting_checkpoints_are_found(
    a_log: MakeLog,
    seal: Seal,
    bend: Callable[[list[Checkpointed]], list[Checkpointed]],
) -> None:
    log = a_log(SIZE)
    seals = [seal(log, size) for size in (3, 8, 13)]
    assert Step.CHECKPOINTS_GROW in _steps(verify_log(log, bend(seals)))


def test_a_log_out_of_order_is_checked_to_its_end(a_log: MakeLog, seal: Seal) -> None:
    """Checkpoints out of order are still each compared with the tree."""
    log = a_log(SIZE)
    seals = [seal(log, 13), replace(seal(log, 8), root=b"\0" * 32)]
    assert {Step.CHECKPOINTS_GROW, Step.ROOT} == _steps(verify_log(log, seals))


def test_a_ruined_log_is_counted_in_bounded_memory(entry: AuditEntry) -> None:
    size = 20_000

    def ruined() -> Iterator[Row]:
        return ((place, None, b"x" * 300) for place in range(size))

    tracemalloc.start()
    report = verify_log(ruined(), [Checkpointed(0, EMPTY_ROOT, entry.at)])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (size, MAX_PROBLEMS) == (report.found, len(report.problems))
    assert peak < 1_000_000  # the log itself is 6 MB
