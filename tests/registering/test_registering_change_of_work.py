"""Two coverages of one person with one insurer: left and came back, or changed work."""

from datetime import date, timedelta

import pytest
from registering_desk import HANAKO, HANAKOS_NUMBER, JIRO, newest, registered

from backend.audit.events import AuditKind

CHANGED_ON = date(2026, 11, 1)
OLD = HANAKO | {"資格喪失年月日": "2026-11-01", "資格喪失事由": "03"}
NEW = HANAKO | {"記号": "9876", "番号": "12", "資格取得年月日": "2026-11-01"}
BACK = HANAKO | {"資格取得年月日": "2026-11-20"}


def periods_of(desk, name="資格　花子"):
    """The person of this name, and the days of each coverage, the earliest first."""
    with desk.registrar.store.reading() as tx:
        told = [
            coverage
            for member, coverage in tx.members_of(desk.teller.insurer.digits)
            if member.person.name.kanji == name
        ]
    assert len({coverage.person_id for coverage in told}) == 1
    days = sorted((c.acquired_on, c.lost_on, c.identity.number) for c in told)
    return told[0].person_id, days


@pytest.mark.parametrize("order", [1, -1])
def test_a_list_tells_the_end_at_one_workplace_and_the_beginning_at_the_next(
    desk, audit, order
):
    first = registered(desk, HANAKO | HANAKOS_NUMBER)
    lines = [OLD | HANAKOS_NUMBER, NEW | HANAKOS_NUMBER][::order]

    plan = desk.send(*lines)

    assert (len(plan.ended), len(plan.added), plan.error_count) == (1, 1, 0)
    assert newest(desk, first).lost_on == CHANGED_ON
    assert periods_of(desk)[1] == [
        (date(2020, 4, 1), CHANGED_ON, "567"),
        (CHANGED_ON, None, "12"),
    ]
    assert [entry.kind for entry in audit()[1:]] == [
        AuditKind.COVERAGE_ENDED,
        AuditKind.COVERAGE_REGISTERED,
        AuditKind.LIST_COMMITTED,
    ]
    assert len(desk.send(*lines).unchanged) == 2


@pytest.mark.parametrize("number", [{}, HANAKOS_NUMBER])
def test_somebody_new_may_be_told_with_an_earlier_coverage(desk, number):
    plan = desk.send(BACK | number, JIRO, OLD | number)

    assert [line.line for line in plan.added] == [2, 3, 4]
    assert periods_of(desk)[1] == [
        (date(2020, 4, 1), CHANGED_ON, "567"),
        (date(2026, 11, 20), None, "567"),
    ]


def test_who_left_and_came_back_is_told_in_one_list(desk):
    first = registered(desk)

    desk.send(OLD, BACK)

    assert newest(desk, first).lost_on == CHANGED_ON
    assert periods_of(desk)[1][1] == (date(2026, 11, 20), None, "567")


def test_new_numbers_overwrite_no_days_of_a_coverage_that_goes_on(desk, audit):
    first = registered(desk, HANAKO | HANAKOS_NUMBER)

    _, plan = desk.preview(NEW | HANAKOS_NUMBER)

    assert [(e.line, e.field) for e in plan.errors] == [(2, "acquired_on")]
    assert newest(desk, first).acquired_on == date(2020, 4, 1)
    assert len(audit()) == 1


def test_a_corrected_beginning_is_warned_of(desk):
    registered(desk)

    _, plan = desk.preview(BACK)

    assert plan.changed[0].fields == ("acquired_on",)
    assert [(w.line, w.field) for w in plan.warnings] == [(2, "acquired_on")]


@pytest.mark.parametrize(
    "other",
    [
        NEW | {"資格取得年月日": "2026-10-31"},
        NEW | {"生年月日": "1990-04-02"},
        NEW | {"資格取得年月日": "2020-04-01"},
    ],
)
def test_days_shared_or_another_birth_date_are_still_one_person_told_twice(desk, other):
    _, plan = desk.preview(OLD | HANAKOS_NUMBER, other | HANAKOS_NUMBER)

    assert {(e.line, e.field) for e in plan.errors} == {
        (2, "my_number"),
        (3, "my_number"),
    }


def test_the_same_two_lines_again_make_no_second_person(desk):
    list_id, _ = desk.preview(BACK, OLD)
    desk.commit(list_id)
    person_id, days = periods_of(desk)

    later = desk.at(desk.teller.at + timedelta(days=1))
    assert len(later.send(BACK, OLD).unchanged) == 2
    assert periods_of(later) == (person_id, days)
