"""Withdrawal by list: the rules of one paper, for many; large ones by two people."""

from datetime import timedelta

import pytest
from bulk_desk import a_desk, list_bytes

from backend.admitting.operators import end_operator, enrol_operator, operator_of
from backend.credentials.status_list import StatusValue, open_status_list
from backend.domain.errors import (
    ConflictError,
    MalformedError,
    NotFoundError,
    RefusedError,
)
from backend.issuing.bulk.lines import CHUNKS
from backend.issuing.bulk.outcomes import LineResult
from backend.issuing.bulk.results import result_file
from backend.issuing.bulk.runs import abandon, approve, cancel, resume
from backend.issuing.bulk.withdrawing import asked_of
from backend.issuing.keys import key_set
from backend.issuing.status_lists import published
from backend.issuing.withdrawals import WithdrawalReason
from backend.storage.rows import WithdrawalKind
from backend.storage.run_rows import RunKind, RunState
from tests.house_of_glass import NEW, OLD

REVOKED, SUSPENDED, REINSTATED = (
    WithdrawalKind.REVOKED,
    WithdrawalKind.SUSPENDED,
    WithdrawalKind.REINSTATED,
)
LOST = WithdrawalReason.LOST


@pytest.fixture
def desk(house, monkeypatch):
    monkeypatch.setitem(CHUNKS, RunKind.WITHDRAW, 2)
    desk = a_desk(house)
    for _ in range(5):
        desk.member()
    desk.run()
    return desk


def serials(desk):
    return [desk.papers(person)[0].serial for person in desk.people]


def withdraw(desk, texts, kind=REVOKED, key=None, **order):
    content = list_bytes([{"発行番号": text, "備考": "控え"} for text in texts])
    asked = asked_of(kind, LOST)
    return desk.receive(
        content, kind=RunKind.WITHDRAW, form=asked, key=key or f"{kind}", **order
    )


def codes(desk, run):
    told = desk.outcomes(desk.carry_on(run))
    return [it.code or it.result.value for it in told.values()]


def test_each_step_is_seen_at_once_and_in_the_status_list(desk, house):
    own = serials(desk)

    assert codes(desk, withdraw(desk, own[:3], SUSPENDED)) == ["done"] * 3
    assert codes(desk, withdraw(desk, own[:2], REVOKED)) == ["done"] * 2
    assert codes(desk, withdraw(desk, own[2:3], REINSTATED)) == ["done"]

    states = [desk.papers(it)[0].withdrawal for it in desk.people]
    assert [it and it.kind for it in states] == [
        REVOKED,
        REVOKED,
        REINSTATED,
        None,
        None,
    ]
    assert states[0].reason == "lost"
    token = published(house.issuer, OLD.digits, 0, house.at)
    uri = house.issuer.names.status_list(OLD.digits, 0)
    told = open_status_list(token, uri, key_set(house.store).find, house.at)
    places = [desk.papers(it)[0].place.idx for it in desk.people]
    assert [told.get(it) for it in places] == [
        StatusValue.INVALID,
        StatusValue.INVALID,
        StatusValue.VALID,
        StatusValue.VALID,
        StatusValue.VALID,
    ]


def test_revoked_is_final_and_a_step_is_taken_once(desk):
    own = serials(desk)
    codes(desk, withdraw(desk, own[:1], REVOKED))
    codes(desk, withdraw(desk, own[1:2], SUSPENDED))

    assert codes(desk, withdraw(desk, own[:3], SUSPENDED, "b")) == [
        "final",
        "already",
        "done",
    ]
    assert codes(desk, withdraw(desk, [*own[:1], own[3]], REINSTATED)) == [
        "final",
        "not-suspended",
    ]


def test_what_is_no_paper_of_this_insurer_is_rejected(desk, house):
    other = house.person()
    house.cover(other, insurer=NEW)
    wrong = serials(desk)[0][:-1] + "?"

    run = withdraw(desk, [wrong, "AAAA-AAAA-AAAA-AAAD", "", *serials(desk)[:1] * 2])
    told = desk.outcomes(desk.carry_on(run))

    assert [it.result.value for it in told.values()] == [
        "rejected",
        "rejected",
        "skipped",
        "done",
        "skipped",
    ]
    assert told[2].errors[0].field == "serial"
    assert told[6].code == "already"


def test_the_result_of_a_run_is_a_list_to_withdraw(desk, house):
    with house.store.reading() as tx:
        (issued,) = tx.runs_of(OLD.digits, 9)
        content = b"".join(result_file(tx, issued.id, "cp932"))
    asked = asked_of(SUSPENDED, LOST)

    run = desk.receive(content, kind=RunKind.WITHDRAW, form=asked, key="all")

    assert codes(desk, run) == ["done"] * 5


def test_a_list_without_serials_is_refused(desk):
    for headings in (("番号",), ("発行番号", "serial")):
        content = list_bytes([{}], headings)
        with pytest.raises(MalformedError) as caught:
            desk.receive(content, kind=RunKind.WITHDRAW, form="revoked:lost", key="x")
        assert caught.value.field == "heading"


def test_a_withdrawal_cut_off_goes_on(desk):
    own = serials(desk)
    run = withdraw(desk, own)

    def watch(counts):
        if counts.decided == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.carry_on(run, watch=watch)

    assert desk.carry_on(run).state is RunState.FINISHED
    assert [it.result for it in desk.outcomes(run).values()] == [LineResult.DONE] * 5


# ---- two people ----


@pytest.fixture
def two(house):
    desk = a_desk(house, approval_above=2)
    for _ in range(3):
        desk.member()
    return desk


def test_a_large_run_signs_nothing_before_a_second_operator_approves(two, house):
    run = two.receive(by="opr-1")

    assert run.state is RunState.AWAITING_APPROVAL
    with pytest.raises(ConflictError):
        two.carry_on(run)
    with pytest.raises(ConflictError):
        approve(house.store, OLD.digits, run.id, "opr-1", house.at)
    with pytest.raises(NotFoundError):
        approve(house.store, NEW.digits, run.id, "opr-2", house.at)
    assert all(two.papers(person) == [] for person in two.people)

    approved = approve(house.store, OLD.digits, run.id, "opr-2", house.at)

    assert approved.approved_by == "opr-2"
    assert two.carry_on(run).state is RunState.FINISHED
    assert all(len(two.papers(person)) == 1 for person in two.people)


def test_a_large_run_of_nobody_in_particular_is_not_taken_in(two, house):
    with pytest.raises(ConflictError, match="SHIKAKU_OPERATOR_CODE"):
        two.receive(by="")

    with house.store.reading() as tx:
        assert tx.runs_of(OLD.digits, 9) == []


def test_a_small_run_needs_nobody(two):
    run = two.receive(list_bytes(two.lines[:2]), by="")

    assert run.state is RunState.READY


def test_a_mass_withdrawal_needs_two_as_well(two):
    content = list_bytes([{"発行番号": "x"}] * 3)

    run = two.receive(content, kind=RunKind.WITHDRAW, form="revoked:lost")

    assert run.state is RunState.AWAITING_APPROVAL


def test_cancelling_and_resuming_is_no_way_around_the_second(two, house):
    run = two.receive(by="opr-1")
    cancel(house.store, OLD.digits, run.id, "opr-1", house.at)

    again = resume(house.store, OLD.digits, run.id, 2, "opr-1", house.at)

    assert again.state is RunState.AWAITING_APPROVAL
    with pytest.raises(ConflictError):
        two.carry_on(run)


def test_a_finished_run_is_neither_cancelled_nor_approved(desk, house):
    with house.store.reading() as tx:
        (run,) = tx.runs_of(OLD.digits, 9)

    for turn in (cancel, approve):
        with pytest.raises(ConflictError):
            turn(house.store, OLD.digits, run.id, "opr-2", house.at)


def test_a_run_left_too_long_is_given_up_with_its_lines(two, house):
    run = two.receive(by="opr-1")
    later = house.at + timedelta(days=30)

    assert abandon(house.store, house.at, later) == 0
    assert abandon(house.store, house.at + timedelta(seconds=1), later) == 1
    assert abandon(house.store, later, later) == 0

    with house.store.reading() as tx:
        assert tx.bulk_run(run.id).state is RunState.ABANDONED
        assert tx.chunk(run.id, 0).rows is None
    for turn in (cancel, approve):
        with pytest.raises(ConflictError):
            turn(house.store, OLD.digits, run.id, "opr-2", house.at)
    with pytest.raises(ConflictError):
        two.carry_on(run)


def test_an_operator_is_known_by_their_word_alone(house):
    key = b"k" * 32
    enrolled = enrol_operator(
        house.store, key, OLD.digits, "見本係", house.at, house.random_bytes
    )
    made, word = enrolled.operator, enrolled.word

    assert operator_of(house.store, key, OLD.digits, word.lower()) == made
    for insurer, said in (
        (NEW.digits, word),
        (OLD.digits, word[:-1]),
        (OLD.digits, ""),
    ):
        with pytest.raises(RefusedError):
            operator_of(house.store, key, insurer, said)
    end_operator(house.store, made.id, house.at)
    with pytest.raises(RefusedError):
        operator_of(house.store, key, OLD.digits, word)
    with pytest.raises(NotFoundError):
        end_operator(house.store, made.id, house.at)


def test_an_operator_needs_an_insurer(house):
    with pytest.raises(NotFoundError):
        enrol_operator(
            house.store, b"k" * 32, "39131156", "x", house.at, house.random_bytes
        )
