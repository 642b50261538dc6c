"""Periods: which share a day, and what a newly told one replaces."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from registering_desk import EMPLOYEES

from backend.domain.charge import CopayRatio, Effective, SpecificDisease
from backend.domain.coverage import Coverage
from backend.domain.insured_identity import InsuredIdentity
from backend.registering.periods import newest, overlaps, with_each, with_period

AT = datetime(2026, 11, 23, tzinfo=UTC)
ONE, TWO, THREE = (date(2026, month, 1) for month in (1, 2, 3))
COVERAGE = Coverage("c", "p", EMPLOYEES, InsuredIdentity(None, "1", None), TWO, AT)


@pytest.mark.parametrize(
    ("own_lost_on", "acquired_on", "lost_on", "answer"),
    [
        (None, ONE, None, True),
        (None, THREE, None, True),
        (None, ONE, TWO, False),
        (None, ONE, TWO + timedelta(days=1), True),
        (THREE, THREE, None, False),
        (THREE, THREE - timedelta(days=1), None, True),
        (TWO, ONE, None, False),
        (None, THREE, THREE, False),
    ],
)
def test_periods_share_a_day_or_not(own_lost_on, acquired_on, lost_on, answer):
    own = replace(COVERAGE, lost_on=own_lost_on)

    assert overlaps(own, acquired_on, lost_on) is answer


def test_the_newest_of_each_coverage_counts_and_the_later_of_equals():
    later = replace(COVERAGE, recorded_at=AT + timedelta(1), lost_on=THREE)
    equal = replace(later, lost_on=None)
    other = replace(COVERAGE, id="d")

    assert newest([later, COVERAGE, other]) == (later, other)
    assert newest([COVERAGE, later, equal]) == (equal,)


def test_a_period_replaces_only_what_began_on_its_day():
    first = Effective(CopayRatio.TWO_TENTHS, ONE, None)
    second = Effective(CopayRatio.THREE_TENTHS, TWO, None)
    mended = Effective(CopayRatio.ONE_TENTH, ONE, THREE)

    assert with_period((first,), second) == (first, second)
    assert with_period((first, second), mended) == (second, mended)
    assert with_period((first, second), first) == (first, second)
    assert with_period((first,), None) == (first,)


def test_diseases_stand_beside_one_another():
    first, second, _ = (Effective(disease, ONE, None) for disease in SpecificDisease)
    ended = Effective(first.value, ONE, THREE)

    assert with_each((first,), (second, first)) == (first, second)
    assert with_each((first, second), (ended,)) == (second, ended)
