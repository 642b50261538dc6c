"""A coverage ended, re-opened, and never another insurer's."""

from datetime import date, timedelta

import pytest
from registering_desk import (
    HANAKO,
    HANAKOS_NUMBER,
    JIRO,
    RESIDENTS,
    member_of,
    newest,
    registered,
    tell,
    versions,
    without,
)

from backend.audit.events import MAX_WORD, AuditKind
from backend.domain.charge import (
    CopayRatio,
    Effective,
)
from backend.domain.codes import LossReason, Sex
from backend.domain.errors import ConflictError, NotFoundError
from backend.registering.coverages import (
    change,
    correct,
    end,
    release_hold,
    reopen,
)
from backend.registering.descriptions import facts_of_coverage, facts_of_member
from backend.registering.revisions import Change, Correction

NOVEMBER = date(2026, 11, 1)
THREE_TENTHS = Effective(CopayRatio.THREE_TENTHS, date(2026, 8, 1), None)


def test_an_end_is_appended_with_its_reason(desk, audit, at):
    coverage_id = registered(desk)
    later = desk.at(at + timedelta(hours=1))

    answer = tell(later, end, coverage_id, NOVEMBER, LossReason.DEATH)

    assert answer == newest(desk, coverage_id)
    assert (answer.lost_on, answer.loss_reason) == (NOVEMBER, LossReason.DEATH)
    assert answer.recorded_at == at + timedelta(hours=1)
    assert versions(desk, coverage_id) == 2
    assert audit()[-1].kind is AuditKind.COVERAGE_ENDED
    assert audit()[-1].note == "lost_on/loss_reason"


def test_the_same_end_again_writes_nothing(desk, audit, at):
    coverage_id = registered(desk)
    first = tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)

    later = desk.at(at + timedelta(days=1))
    assert tell(later, end, coverage_id, NOVEMBER, LossReason.DEATH) == first
    assert versions(desk, coverage_id) == len(audit()) == 2


def test_an_end_before_the_beginning_is_a_conflict_and_on_it_undoes(desk):
    coverage_id = registered(desk)

    with pytest.raises(ConflictError, match="before"):
        tell(desk, end, coverage_id, date(2020, 3, 31), LossReason.OTHER)
    assert versions(desk, coverage_id) == 1
    assert tell(desk, end, coverage_id, date(2020, 4, 1), LossReason.OTHER).is_undone


@pytest.mark.parametrize(
    ("lost_on", "reason"),
    [(date(2026, 11, 2), LossReason.DEATH), (NOVEMBER, LossReason.OTHER)],
)
def test_another_end_is_a_conflict(desk, lost_on, reason):
    coverage_id = registered(desk)
    tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)

    with pytest.raises(ConflictError):
        tell(desk, end, coverage_id, lost_on, reason)
    assert newest(desk, coverage_id).lost_on == NOVEMBER


def test_conflicts_are_told_in_both_languages(desk):
    coverage_id = registered(desk)

    with pytest.raises(ConflictError) as caught:
        tell(desk, end, coverage_id, date(2020, 3, 31), LossReason.OTHER)

    assert "喪失" in caught.value.reason.ja
    assert caught.value.reason.en.isascii()


def test_the_names_of_all_that_can_change_fit_an_audit_entry(desk):
    member, coverage = member_of(desk, registered(desk)), desk.coverage_of("資格　花子")

    names = [*facts_of_member(member), *facts_of_coverage(coverage), "held"]

    assert len(names) == 20
    assert len("/".join(names)) <= MAX_WORD


def test_a_mistaken_end_is_taken_back(desk, audit):
    coverage_id = registered(desk)
    tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)

    answer = tell(desk, reopen, coverage_id)

    assert (answer.lost_on, answer.loss_reason) == (None, None)
    assert [c.lost_on for c in desk.history(answer)] == [None, NOVEMBER, None]
    assert audit()[-1].kind is AuditKind.COVERAGE_REOPENED
    assert tell(desk, reopen, coverage_id) == answer
    assert versions(desk, coverage_id) == len(audit()) == 3


def test_a_list_takes_an_end_back_and_says_so_before(desk, audit):
    coverage_id = registered(desk)
    tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)

    plan = desk.send(HANAKO)

    assert [(it.line, it.fields) for it in plan.reopened] == [
        (2, ("lost_on", "loss_reason"))
    ]
    assert [(it.line, it.field) for it in plan.warnings] == [(2, "lost_on")]
    assert (plan.counts["reopened"], plan.counts["changed"]) == (1, 0)
    told = newest(desk, coverage_id)
    assert (told.lost_on, told.loss_reason) == (None, None)
    assert [c.lost_on for c in desk.history(told)] == [None, NOVEMBER, None]
    assert audit()[-2].kind is AuditKind.COVERAGE_REOPENED
    assert desk.send(HANAKO).unchanged == (2,)


def test_a_list_without_columns_of_loss_takes_no_end_back(desk):
    coverage_id = registered(desk)
    tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)

    plan = desk.send(without(HANAKO, "資格喪失年月日", "資格喪失事由"))
    assert plan.unchanged == (2,)
    plan = desk.send(without(HANAKO, "資格喪失年月日"))
    assert plan.unchanged == (2,)
    assert newest(desk, coverage_id).loss_reason is LossReason.DEATH


def test_a_list_takes_no_end_back_over_a_newer_coverage(desk):
    first = registered(desk)
    tell(desk, end, first, NOVEMBER, LossReason.OTHER_INSURANCE)
    registered(desk, HANAKO | {"資格取得年月日": "2026-11-20"})

    _, plan = desk.preview(HANAKO)

    assert [(e.line, e.field) for e in plan.errors] == [(2, "acquired_on")]
    assert plan.reopened == ()


def test_a_single_registration_takes_no_end_back(desk):
    coverage_id = registered(desk)
    tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)

    with pytest.raises(ConflictError):
        registered(desk)
    assert newest(desk, coverage_id).lost_on == NOVEMBER


def test_an_end_is_not_taken_back_over_a_newer_coverage(desk):
    first = registered(desk)
    tell(desk, end, first, NOVEMBER, LossReason.OTHER_INSURANCE)
    registered(desk, HANAKO | {"資格取得年月日": "2026-11-20"})

    with pytest.raises(ConflictError, match="overlap"):
        tell(desk, reopen, first)


def test_an_end_is_not_taken_back_over_another_bearer_of_the_numbers(desk):
    first = registered(desk)
    tell(desk, end, first, NOVEMBER, LossReason.OTHER_INSURANCE)
    registered(desk, JIRO | {"枝番": "01", "資格取得年月日": "2026-11-20"})

    with pytest.raises(ConflictError, match="numbers"):
        tell(desk, reopen, first)


def test_another_insurers_coverage_is_not_found(desk, audit):
    coverage_id = registered(desk)
    residents = desk.of(RESIDENTS)
    tellings = [
        lambda: tell(residents, end, coverage_id, NOVEMBER, LossReason.DEATH),
        lambda: tell(residents, change, coverage_id, Change(copay=THREE_TENTHS)),
        lambda: tell(residents, correct, coverage_id, Correction(sex=Sex.MALE)),
        lambda: tell(residents, reopen, coverage_id),
        lambda: tell(residents, release_hold, coverage_id),
        lambda: tell(desk, reopen, "cov-none"),
    ]

    for telling in tellings:
        with pytest.raises(NotFoundError, match="coverage"):
            telling()
    assert versions(desk, coverage_id) == len(audit()) == 1


def test_another_insurers_coverage_of_ones_own_member_is_not_found(desk):
    coverage_id = registered(desk, HANAKO | HANAKOS_NUMBER)
    residents = desk.of(RESIDENTS)
    registered(residents, HANAKO | HANAKOS_NUMBER)

    with pytest.raises(NotFoundError, match="coverage"):
        tell(residents, end, coverage_id, NOVEMBER, LossReason.DEATH)


def test_an_erased_person_is_not_found(desk, store):
    coverage_id = registered(desk)
    person_id = newest(desk, coverage_id).person_id
    store.write(lambda tx: tx.erase_person(person_id))

    with pytest.raises(NotFoundError):
        tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)


def test_a_clock_that_is_set_back_buries_nothing(desk, at):
    coverage_id = registered(desk)
    early = desk.at(at - timedelta(hours=1))

    tell(early, end, coverage_id, NOVEMBER, LossReason.DEATH)
    assert newest(desk, coverage_id).lost_on == NOVEMBER

    left = {"資格喪失年月日": "2026-11-01", "資格喪失事由": "99"}
    early.send(HANAKO | left)
    assert newest(desk, coverage_id).loss_reason is LossReason.OTHER
    tell(early, change, coverage_id, Change(address="大阪府"))
    assert member_of(desk, coverage_id).person.address == "大阪府"
    early.send(HANAKO | {"住所": "京都府"} | left)
    assert member_of(desk, coverage_id).person.address == "京都府"
