"""資格確認書: who gets one, and how long it may be valid."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend.domain.age import anniversary, turns_75_on
from backend.domain.entitlement import (
    CardStatus,
    Entitled,
    NotEntitled,
    certificate_expiry,
    entitlement,
)
from backend.domain.errors import MalformedError
from backend.domain.insurer_number import Scheme

ONE_DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)
YOUNG = date(1990, 7, 7)
EX_OFFICIO = [
    CardStatus.NO_CARD,
    CardStatus.NOT_REGISTERED,
    CardStatus.DEREGISTERED,
    CardStatus.CARD_CERTIFICATE_EXPIRED,
    CardStatus.CARD_RETURNED,
    CardStatus.SELF_VIEW_BLOCKED,
]
ON_APPLICATION = [CardStatus.NEEDS_HELP, CardStatus.CARD_LOST]


def expiry(
    issued_on: date = TODAY,
    insurer_maximum_on: date | None = None,
    birth_on: date = YOUNG,
    continuation_ends_on: date | None = None,
    scheme: Scheme = Scheme.EMPLOYEE,
) -> date:
    return certificate_expiry(
        issued_on, insurer_maximum_on, birth_on, continuation_ends_on, scheme
    )


@pytest.mark.parametrize("status", CardStatus)
def test_every_status_has_a_wire_value_and_a_label(status: CardStatus) -> None:
    assert status.value.isascii()
    assert status.value.isupper()
    assert not status.label.isascii()


def test_every_status_is_one_of_three_kinds() -> None:
    assert {*EX_OFFICIO, *ON_APPLICATION, CardStatus.USABLE} == set(CardStatus)


@pytest.mark.parametrize("status", EX_OFFICIO)
@pytest.mark.parametrize("applied", [True, False])
def test_without_a_usable_card_it_comes_unasked(
    status: CardStatus, applied: bool
) -> None:
    answer = entitlement(status, applied)
    assert isinstance(answer, Entitled)
    assert "職権" in answer.reason.ja
    assert status.label in answer.reason.ja


@pytest.mark.parametrize("status", ON_APPLICATION)
def test_with_a_card_that_cannot_be_used_now_it_must_be_asked_for(
    status: CardStatus,
) -> None:
    asked, unasked = entitlement(status, True), entitlement(status, False)
    assert isinstance(asked, Entitled)
    assert isinstance(unasked, NotEntitled)
    assert "申請" in asked.reason.ja
    assert "申請" in unasked.reason.ja


@pytest.mark.parametrize("applied", [True, False])
def test_nobody_holds_card_and_certificate_at_once(applied: bool) -> None:
    answer = entitlement(CardStatus.USABLE, applied)
    assert isinstance(answer, NotEntitled)
    assert "資格情報のお知らせ" in answer.reason.ja


@pytest.mark.parametrize(
    ("issued_on", "last_on"),
    [
        (date(2026, 11, 23), date(2031, 11, 22)),
        (date(2027, 1, 1), date(2031, 12, 31)),
        (date(2027, 3, 1), date(2032, 2, 29)),
        (date(2028, 2, 29), date(2033, 2, 28)),
    ],
)
def test_five_years_end_on_the_day_before_the_anniversary(
    issued_on: date, last_on: date
) -> None:
    assert expiry(issued_on) == last_on


def test_the_insurers_own_day_shortens_but_never_lengthens() -> None:
    assert expiry(insurer_maximum_on=date(2029, 11, 30)) == date(2029, 11, 30)
    assert expiry(insurer_maximum_on=date(2040, 1, 1)) == date(2031, 11, 22)


def test_the_day_before_75_is_the_last() -> None:
    assert expiry(birth_on=date(1953, 5, 10)) == date(2028, 5, 9)
    assert expiry(birth_on=date(1952, 2, 29)) == date(2027, 2, 28)


def test_the_late_elderly_are_not_cut_at_75() -> None:
    born = date(1940, 1, 1)
    assert expiry(birth_on=born, scheme=Scheme.LATE_ELDERLY) == date(2031, 11, 22)


def test_the_end_of_voluntary_continuation_is_the_last_day() -> None:
    assert expiry(continuation_ends_on=date(2027, 3, 31)) == date(2027, 3, 31)


def test_a_certificate_may_last_one_day() -> None:
    assert expiry(insurer_maximum_on=TODAY) == TODAY
    assert expiry(birth_on=date(1951, 11, 24)) == TODAY


@pytest.mark.parametrize(
    "limits",
    [
        {"insurer_maximum_on": TODAY - ONE_DAY},
        {"continuation_ends_on": TODAY - ONE_DAY},
        {"birth_on": date(1951, 11, 23)},
        {"birth_on": date(1940, 1, 1)},
    ],
)
def test_a_certificate_cannot_expire_before_it_is_issued(
    limits: dict[str, date],
) -> None:
    with pytest.raises(MalformedError) as refused:
        expiry(**limits)
    assert refused.value.field == "expires_on"


optional_days = st.none() | st.dates(TODAY, date(2040, 1, 1))


@settings(max_examples=100)
@given(
    issued_on=st.dates(TODAY, date(2030, 12, 31)),
    maximum_on=optional_days,
    birth_on=st.dates(date(1950, 1, 1), TODAY),
    ends_on=optional_days,
)
@example(date(2028, 2, 29), None, date(1956, 2, 29), None)
def test_no_limit_is_ever_passed(
    issued_on: date, maximum_on: date | None, birth_on: date, ends_on: date | None
) -> None:
    try:
        last_on = expiry(issued_on, maximum_on, birth_on, ends_on)
    except MalformedError:
        return
    assert issued_on <= last_on < anniversary(issued_on, 5)
    assert last_on < turns_75_on(birth_on)
    assert maximum_on is None or last_on <= maximum_on
    assert ends_on is None or last_on <= ends_on
