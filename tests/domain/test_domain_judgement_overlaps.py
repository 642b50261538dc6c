"""Several coverages of one person: which answers, and what is told of the others."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from backend.domain.codes import LossReason, QualificationValidity
from backend.domain.coverage import Hold, Record
from backend.domain.insurer_number import InsurerNumber
from backend.domain.judgement import CertificateShown, NumbersKeyed, PhoneShown, judge
from backend.domain.verdict import Reason

EMPLOYEE = InsurerNumber.parse("01130012")
OTHER_EMPLOYEE = InsurerNumber.parse("06130017")
NATIONAL = InsurerNumber.parse("138057")
ELDERLY = InsurerNumber.parse("39130018")
ON = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
YESTERDAY, TOMORROW = ON - timedelta(days=1), ON + timedelta(days=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PHONE, PAPER = PhoneShown("p"), CertificateShown("cov-a")


@pytest.fixture
def other(a_coverage):
    return lambda **bent: a_coverage(**{"id": "cov-b", "insurer": NATIONAL, **bent})


def test_on_the_day_of_joining_the_employee_scheme_answers_without_a_warning(
    a_coverage, other
):
    joined = a_coverage(acquired_on=ON)
    record = Record((joined, other(lost_on=TOMORROW)))

    by_phone = judge(PHONE, record, ON, NOW)
    by_paper = judge(PAPER, record, ON, NOW)

    assert (by_phone.coverage, by_phone.has_overlap) == (joined, False)
    assert (by_paper.coverage, by_paper.has_overlap) == (joined, False)


@pytest.mark.parametrize(
    ("joined", "left"),
    [
        ({"acquired_on": YESTERDAY}, {"lost_on": TOMORROW}),
        ({"acquired_on": ON}, {"lost_on": ON + timedelta(days=2)}),
        ({"acquired_on": ON}, {"lost_on": None}),
        ({"acquired_on": ON}, {"lost_on": TOMORROW, "insurer": OTHER_EMPLOYEE}),
        ({"acquired_on": ON, "insurer": NATIONAL}, {"lost_on": TOMORROW}),
    ],
    ids=[
        "joined the day before",
        "left a day too late",
        "never left",
        "left an employee scheme",
        "joined another 国保",
    ],
)
def test_no_other_overlap_is_lawful(a_coverage, other, joined, left):
    record = Record((a_coverage(**joined), other(**left)))

    by_phone = judge(PHONE, record, ON, NOW)
    by_paper = judge(PAPER, record, ON, NOW)

    assert by_phone.reason is Reason.SEVERAL_COVERAGES
    assert by_phone.coverage is None
    assert (by_paper.is_valid, by_paper.has_overlap) == (True, True)


@pytest.mark.parametrize("scheme", [EMPLOYEE, NATIONAL])
def test_a_late_stage_elderly_person_is_in_no_other_scheme(a_coverage, other, scheme):
    late = a_coverage(insurer=ELDERLY, acquired_on=YESTERDAY)
    record = Record((late, other(insurer=scheme)))

    by_phone = judge(PHONE, record, ON, NOW)
    by_paper = judge(PAPER, record, ON, NOW)
    by_old_paper = judge(CertificateShown("cov-b"), record, ON, NOW)
    by_numbers = judge(NumbersKeyed(frozenset({"cov-a", "cov-b"})), record, ON, NOW)

    assert [it.coverage for it in (by_phone, by_paper, by_numbers)] == [late] * 3
    assert not by_paper.has_overlap
    assert by_old_paper.validity is QualificationValidity.INVALID_NEWER_EXISTS
    assert by_old_paper.coverage.insurer == scheme
    assert by_old_paper.since == YESTERDAY


@pytest.mark.parametrize(
    "bent", [{"acquired_on": TOMORROW}, {"lost_on": ON}, {"lost_on": date(2024, 4, 1)}]
)
def test_a_late_stage_elderly_coverage_that_does_not_hold_ends_nothing(
    a_coverage, other, bent
):
    employee = a_coverage()
    record = Record((employee, other(insurer=ELDERLY, **bent)))

    assert judge(PHONE, record, ON, NOW).coverage == employee
    assert judge(PAPER, record, ON, NOW).is_valid


def test_two_late_stage_elderly_coverages_are_several(a_coverage, other):
    record = Record((a_coverage(insurer=ELDERLY), other(insurer=ELDERLY)))

    assert judge(PHONE, record, ON, NOW).reason is Reason.SEVERAL_COVERAGES
    assert judge(PAPER, record, ON, NOW).has_overlap


def test_what_is_hidden_is_no_overlap_and_is_not_told_of(a_coverage, other):
    shown = a_coverage()
    record = Record((shown, other()), (Hold("cov-b", LONG_AGO),))

    for asked in (PHONE, PAPER):
        verdict = judge(asked, record, ON, NOW)
        assert (verdict.coverage, verdict.has_overlap) == (shown, False)


def test_a_hidden_newer_coverage_is_no_newer_coverage_to_an_old_paper(
    a_coverage, other
):
    ended = a_coverage(lost_on=YESTERDAY)
    record = Record((ended, other(acquired_on=YESTERDAY)), (Hold("cov-b", LONG_AGO),))

    verdict = judge(PAPER, record, ON, NOW)

    assert (verdict.reason, verdict.coverage) == (Reason.LAPSED, ended)


def test_numbers_of_a_hidden_and_an_ended_coverage_answer_as_the_phone_does(
    a_coverage, other
):
    record = Record(
        (a_coverage(lost_on=YESTERDAY), other()), (Hold("cov-b", LONG_AGO),)
    )
    numbers = NumbersKeyed(frozenset({"cov-a", "cov-b"}))

    for asked in (PHONE, numbers):
        verdict = judge(asked, record, ON, NOW)
        assert (verdict.reason, verdict.coverage) == (Reason.HIDDEN, None)


def test_of_several_ended_coverages_the_last_to_end_is_told(a_coverage):
    ended = [
        a_coverage(
            id=f"cov-{year}",
            acquired_on=date(year - 10, 4, 1),
            lost_on=date(year, 4, 1),
            loss_reason=LossReason.OTHER,
        )
        for year in (2021, 2023, 2022)
    ]
    undone = a_coverage(
        id="cov-u", acquired_on=date(2024, 1, 1), lost_on=date(2024, 1, 1)
    )
    future = a_coverage(id="cov-f", acquired_on=TOMORROW)

    for order in permutations([*ended, undone, future]):
        verdict = judge(PHONE, Record(order), ON, NOW)
        assert (verdict.reason, verdict.since) == (Reason.LAPSED, date(2023, 4, 1))
        assert verdict.coverage == ended[1]


def test_of_several_to_come_the_first_is_told(a_coverage):
    future = [
        a_coverage(id=f"cov-{days}", acquired_on=ON + timedelta(days=days))
        for days in (9, 3, 5)
    ]

    for order in permutations(future):
        verdict = judge(PHONE, Record(order), ON, NOW)
        assert (verdict.reason, verdict.coverage) == (Reason.NOT_YET_STARTED, future[1])


@pytest.mark.parametrize("gap", [0, 1, 20])
def test_newer_coverage_counts_since_the_end_of_the_old_and_not_since_it_began(
    a_coverage, other, gap
):
    left_on = ON - timedelta(days=30)
    new = other(insurer=OTHER_EMPLOYEE, acquired_on=left_on + timedelta(days=gap))
    record = Record((a_coverage(lost_on=left_on), new))

    verdict = judge(PAPER, record, ON, NOW)

    assert (verdict.reason, verdict.since) == (Reason.NEWER_COVERAGE, left_on)


def test_where_the_old_has_not_ended_newer_coverage_counts_since_it_began(
    a_coverage, other
):
    lawful = other(insurer=EMPLOYEE, acquired_on=ON)
    record = Record((a_coverage(insurer=NATIONAL, lost_on=TOMORROW), lawful))

    assert judge(PAPER, record, ON, NOW).since == ON


def test_a_coverage_to_come_is_told_beside_another_that_holds(a_coverage, other):
    to_come = a_coverage(acquired_on=TOMORROW)
    record = Record((to_come, other()))

    by_paper = judge(PAPER, record, ON, NOW)
    by_phone = judge(PHONE, record, ON, NOW)

    assert (by_paper.reason, by_paper.since) == (Reason.NOT_YET_STARTED, TOMORROW)
    assert by_paper.coverage == to_come
    assert by_phone.coverage == other()


def test_the_others_of_another_person_do_not_count(a_coverage, other):
    stranger = replace(other(), person_id="q")
    record = Record((a_coverage(), a_coverage(id="cov-c", lost_on=ON), stranger))

    assert not judge(PAPER, record, ON, NOW).has_overlap
    ended = judge(
        CertificateShown("cov-c"), Record((stranger, record.coverages[1])), ON, NOW
    )
    assert ended.reason is Reason.LAPSED
