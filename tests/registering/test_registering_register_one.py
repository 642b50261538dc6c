"""One person registered singly, and which coverage a row speaks of."""

from datetime import date

import pytest
from registering_desk import (
    HANAKO,
    STRANGERS,
    newest,
    registered,
    tell,
    versions,
)

from backend.audit.events import AuditKind
from backend.domain.charge import (
    CopayRatio,
    Effective,
)
from backend.domain.codes import LossReason
from backend.domain.errors import ConflictError, NotFoundError
from backend.registering.coverages import (
    end,
    register_one,
)

NOVEMBER = date(2026, 11, 1)
THREE_TENTHS = Effective(CopayRatio.THREE_TENTHS, date(2026, 8, 1), None)


def test_one_person_is_registered_as_a_list_would(desk, audit):
    answer = tell(desk, register_one, desk.row(HANAKO))

    assert not answer.is_held
    assert desk.coverage_of("資格　花子").id == answer.coverage_id
    assert desk.coverage_of("資格　花子").person_id == answer.person_id
    assert [entry.kind for entry in audit()] == [AuditKind.COVERAGE_REGISTERED]
    assert desk.send(HANAKO).unchanged == (2,)


def test_the_same_registration_again_answers_the_same_and_writes_nothing(desk, audit):
    first = tell(desk, register_one, desk.row(HANAKO))

    assert tell(desk, register_one, desk.row(HANAKO)) == first
    assert versions(desk, first.coverage_id) == len(audit()) == 1


@pytest.mark.parametrize(
    "bent",
    [
        {"住所": "大阪府"},
        {"資格取得年月日": "2021-04-01"},
        {"資格喪失年月日": "2026-11-01", "資格喪失事由": "99"},
        {"生年月日": "1991-01-01"},
    ],
)
def test_another_registration_of_the_same_is_a_conflict(desk, audit, bent):
    registered(desk)

    with pytest.raises(ConflictError):
        tell(desk, register_one, desk.row(HANAKO | bent))
    assert len(audit()) == 1


def test_an_unknown_insurer_registers_nobody(desk):
    with pytest.raises(NotFoundError):
        tell(desk.of(STRANGERS), register_one, desk.of(STRANGERS).row(HANAKO))


def test_who_left_and_came_back_has_two_coverages(desk):
    first = registered(desk)
    tell(desk, end, first, NOVEMBER, LossReason.OTHER_INSURANCE)

    again = registered(desk, HANAKO | {"資格取得年月日": "2026-11-20"})

    assert again != first
    assert newest(desk, again).person_id == newest(desk, first).person_id
    earlier = {"資格取得年月日": "2010-04-01", "資格喪失年月日": "2012-04-01"}
    earlier |= {"資格喪失事由": "99"}
    assert registered(desk, HANAKO | earlier) not in (first, again)


def test_a_row_that_meets_two_coverages_is_a_conflict(desk):
    first = registered(desk)
    tell(desk, end, first, NOVEMBER, LossReason.OTHER_INSURANCE)
    registered(desk, HANAKO | {"資格取得年月日": "2026-11-20"})

    for since in ("2019-01-01", "2020-04-01"):
        _, plan = desk.preview(HANAKO | {"資格取得年月日": since})
        assert [error.line for error in plan.errors] == [2]


def test_a_row_that_begins_with_one_coverage_may_not_run_into_the_next(desk):
    first = registered(desk)
    tell(desk, end, first, NOVEMBER, LossReason.OTHER_INSURANCE)
    registered(desk, HANAKO | {"資格取得年月日": "2026-11-20"})

    _, plan = desk.preview(
        HANAKO | {"資格喪失年月日": "2026-12-01", "資格喪失事由": "03"}
    )

    assert [(e.line, e.field) for e in plan.errors] == [(2, "acquired_on")]


def test_a_list_corrects_the_days_of_the_coverage_that_it_meets(desk, audit):
    coverage_id = registered(desk)

    plan = desk.send(HANAKO | {"資格取得年月日": "2019-04-01"})

    assert plan.changed[0].fields == ("acquired_on",)
    assert newest(desk, coverage_id).acquired_on == date(2019, 4, 1)
    assert audit()[-2].kind is AuditKind.COVERAGE_CORRECTED


def test_an_undone_registration_told_again_is_unchanged(desk):
    undone = HANAKO | {"資格喪失年月日": "2020-04-01", "資格喪失事由": "99"}
    desk.send(undone)

    assert desk.send(undone).unchanged == (2,)
