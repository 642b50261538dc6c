"""judge(), cell by cell against the table in docs/verdict.md, and over calendars."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.codes import LossReason, QualificationValidity
from backend.domain.coverage import Coverage, Hold, PendingFiling, Record
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber
from backend.domain.japan_time import japan_day, start_of_day
from backend.domain.judgement import (
    CertificateShown,
    NumbersKeyed,
    PhoneShown,
    judge,
)
from backend.domain.verdict import Reason

TABLE = Path(__file__).parents[2] / "docs" / "verdict.md"
ON = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
YESTERDAY, TOMORROW = ON - timedelta(days=1), ON + timedelta(days=1)

EMPLOYEE = InsurerNumber.parse("01130012")
OTHER_EMPLOYEE = InsurerNumber.parse("06130017")
NATIONAL = InsurerNumber.parse("138057")
LATE_ELDERLY = InsurerNumber.parse("39130018")


def coverage(**bent: object) -> Coverage:
    whole = {
        "id": "shown",
        "person_id": "p",
        "insurer": EMPLOYEE,
        "identity": InsuredIdentity("あ－１", "12345", "01"),
        "acquired_on": date(2024, 4, 1),
        "recorded_at": LONG_AGO,
    }
    return Coverage(**{**whole, **bent})


def lost(on: date, **bent: object) -> Coverage:
    return coverage(lost_on=on, loss_reason=LossReason.OTHER, **bent)


NEW = coverage(
    id="new",
    insurer=OTHER_EMPLOYEE,
    acquired_on=YESTERDAY,
    identity=InsuredIdentity(None, "9", "01"),
)
HELD = Hold("shown", LONG_AGO)
FILED = PendingFiling(OTHER_EMPLOYEE, LONG_AGO)
LATE = replace(NEW, insurer=LATE_ELDERLY)

# Each situation of the table: (the register, the ids that typed numbers match).
SITUATIONS: dict[str, tuple[Record, frozenset[str]]] = {
    "covered": (Record((coverage(),)), frozenset({"shown"})),
    "covered until tomorrow": (Record((lost(TOMORROW),)), frozenset({"shown"})),
    "lost today": (Record((lost(ON),)), frozenset({"shown"})),
    "lost yesterday, another covers today": (
        Record((lost(YESTERDAY), NEW)),
        frozenset({"shown"}),
    ),
    "lost yesterday, another is being registered": (
        Record((lost(YESTERDAY),), filings=(FILED,)),
        frozenset({"shown"}),
    ),
    "begins tomorrow": (
        Record((coverage(acquired_on=TOMORROW),)),
        frozenset({"shown"}),
    ),
    "registration undone": (Record((lost(date(2024, 4, 1)),)), frozenset({"shown"})),
    "registration undone, another covers today": (
        Record((lost(date(2024, 4, 1)), NEW)),
        frozenset({"shown"}),
    ),
    "under inspection": (Record((coverage(),), (HELD,)), frozenset({"shown"})),
    "ended and under inspection": (
        Record((lost(YESTERDAY),), (HELD,)),
        frozenset({"shown"}),
    ),
    "lost yesterday, another is under inspection": (
        Record((lost(YESTERDAY), NEW), (Hold("new", LONG_AGO),)),
        frozenset({"shown"}),
    ),
    "begins tomorrow, another covers today": (
        Record((coverage(acquired_on=TOMORROW), NEW)),
        frozenset({"shown"}),
    ),
    "employee scheme not ended, late-stage elderly since yesterday": (
        Record((coverage(), LATE)),
        frozenset({"shown"}),
    ),
    "late-stage elderly, an employee scheme not ended": (
        Record((coverage(insurer=LATE_ELDERLY), NEW)),
        frozenset({"shown"}),
    ),
    "told only after the instant asked": (
        Record((coverage(recorded_at=NOW + timedelta(hours=1)),)),
        frozenset({"shown"}),
    ),
    "nothing registered": (Record(), frozenset()),
    "nothing registered, a filing waits": (Record(filings=(FILED,)), frozenset()),
    "numbers of two people": (
        Record((coverage(), coverage(id="twin", person_id="q"))),
        frozenset({"shown", "twin"}),
    ),
    "two insurers cover today": (
        Record((coverage(), replace(NEW, acquired_on=date(2025, 1, 1)))),
        frozenset({"shown"}),
    ),
    "national insurance, on the day of joining an employee scheme": (
        Record((lost(TOMORROW, insurer=NATIONAL), replace(NEW, acquired_on=ON))),
        frozenset({"shown"}),
    ),
    "employee scheme, on the day of joining from national insurance": (
        Record(
            (
                coverage(acquired_on=ON),
                replace(
                    NEW, insurer=NATIONAL, acquired_on=LONG_AGO.date(), lost_on=TOMORROW
                ),
            )
        ),
        frozenset({"shown"}),
    ),
}
ASKED = {
    "phone": lambda ids: PhoneShown("p"),
    "certificate": lambda ids: CertificateShown("shown"),
    "numbers": NumbersKeyed,
}


def rows_of_the_table() -> list[tuple[str, str, str, str]]:
    cells = [
        tuple(cell.strip().strip("`") for cell in line.strip().strip("|").split("|"))
        for line in TABLE.read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    return [row[:4] for row in cells if len(row) >= 4 and row[0] in ASKED]


@pytest.mark.parametrize(
    ("asked", "situation", "validity", "reason"), rows_of_the_table()
)
def test_each_cell_of_the_table(asked, situation, validity, reason):
    record, ids = SITUATIONS[situation]

    verdict = judge(ASKED[asked](ids), record, ON, NOW)

    assert (verdict.validity.value, verdict.reason.value) == (validity, reason)


def test_the_table_has_every_cell_once():
    cells = [(asked, situation) for asked, situation, _, _ in rows_of_the_table()]

    assert sorted(cells) == sorted((a, s) for a in ASKED for s in SITUATIONS)


def test_every_reason_stands_in_the_table():
    assert {reason for *_, reason in rows_of_the_table()} == {r.value for r in Reason}


def test_a_newer_coverage_is_never_told_of():
    verdict = judge(CertificateShown("shown"), Record((lost(YESTERDAY), NEW)), ON, NOW)

    assert verdict.coverage is not None
    assert verdict.coverage.insurer == EMPLOYEE
    assert verdict.since == YESTERDAY


def test_an_overlap_is_said_without_saying_whose():
    record = Record((coverage(), replace(NEW, acquired_on=date(2025, 1, 1))))

    assert judge(CertificateShown("shown"), record, ON, NOW).has_overlap
    assert not judge(
        CertificateShown("shown"), Record((coverage(),)), ON, NOW
    ).has_overlap


def test_retroactive_loss_is_judged_with_what_was_known_then():
    told_late = replace(lost(date(2026, 10, 1)), recorded_at=NOW)
    record = Record((coverage(), told_late))
    visit = date(2026, 10, 5)

    then = judge(CertificateShown("shown"), record, visit, NOW - timedelta(days=30))
    today = judge(CertificateShown("shown"), record, visit, NOW)

    assert then.is_valid
    assert (today.reason, today.since) == (Reason.LAPSED, date(2026, 10, 1))


def test_a_mistaken_loss_that_was_reopened_holds_again():
    ended = replace(lost(YESTERDAY), recorded_at=NOW - timedelta(hours=2))
    reopened = coverage(recorded_at=NOW - timedelta(hours=1))
    record = Record((coverage(), ended, reopened))

    assert judge(PhoneShown("p"), record, ON, NOW).is_valid
    assert not judge(PhoneShown("p"), record, ON, NOW - timedelta(minutes=90)).is_valid


def test_a_released_hold_hides_no_longer():
    released = Hold("shown", LONG_AGO, released_at=NOW)

    assert judge(PhoneShown("p"), Record((coverage(),), (released,)), ON, NOW).is_valid


def test_the_data_age_is_that_of_the_insurer_whose_coverage_is_told():
    delivered = {EMPLOYEE.digits: LONG_AGO, OTHER_EMPLOYEE.digits: NOW}
    record = Record((lost(YESTERDAY), NEW), delivered=delivered)

    assert judge(CertificateShown("shown"), record, ON, NOW).as_of == LONG_AGO
    assert judge(PhoneShown("p"), record, ON, NOW).as_of == NOW


def test_without_a_coverage_to_tell_of_there_is_no_data_age():
    record = Record((coverage(),), (HELD,), delivered={EMPLOYEE.digits: NOW})

    assert judge(PhoneShown("p"), record, ON, NOW).as_of is None


DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@settings(max_examples=200)
@given(start=DAYS, length=st.integers(0, 4000), offset=st.integers(-30, 4030))
def test_a_coverage_holds_from_its_first_day_until_the_day_before_its_loss(
    start, length, offset
):
    ended = lost(start + timedelta(days=length), acquired_on=start)
    on = start + timedelta(days=offset)

    holds = judge(PhoneShown("p"), Record((ended,)), on, NOW).is_valid

    assert holds == (0 <= offset < length)


@settings(max_examples=200)
@given(change=DAYS, gap=st.integers(0, 5), offset=st.integers(-10, 10))
def test_a_change_of_insurer_with_or_without_a_gap(change, gap, offset):
    old = lost(change, acquired_on=date(1989, 1, 8))
    new = replace(NEW, acquired_on=change + timedelta(days=gap))
    on = change + timedelta(days=offset)
    record = Record((old, new))

    phone = judge(PhoneShown("p"), record, on, NOW).validity
    paper = judge(CertificateShown("shown"), record, on, NOW).validity

    V = QualificationValidity
    if offset < 0:
        assert (phone, paper) == (V.VALID, V.VALID)
    elif offset < gap:
        assert (phone, paper) == (V.INVALID, V.INVALID)
    else:
        assert (phone, paper) == (V.VALID, V.INVALID_NEWER_EXISTS)


@settings(max_examples=100)
@given(st.permutations(["first", "second", "third"]))
def test_the_order_of_versions_in_the_record_does_not_matter(order):
    versions = {
        "first": coverage(),
        "second": replace(lost(YESTERDAY), recorded_at=LONG_AGO + timedelta(days=1)),
        "third": coverage(recorded_at=LONG_AGO + timedelta(days=2)),
    }
    record = Record(tuple(versions[name] for name in order))

    assert judge(PhoneShown("p"), record, ON, NOW).is_valid


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 22, 14, 59, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 15, 0, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2028, 2, 28, 15, 0, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2019, 4, 30, 15, 0, 0, tzinfo=UTC), date(2019, 5, 1)),
    ],
)
def test_the_day_begins_at_midnight_in_japan(at, day):
    assert japan_day(at) == day
    assert japan_day(start_of_day(day)) == day
