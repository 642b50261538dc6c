"""Age rules: school age, 70 and 75, to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend.domain.age import (
    anniversary,
    default_copay,
    is_elderly_recipient,
    is_late_elderly,
    is_preschool,
    reaches_on,
    turns_75_on,
)
from backend.domain.charge import CopayRatio
from backend.domain.insurer_number import Scheme

ONE, TWO, THREE = CopayRatio
ONE_DAY = timedelta(days=1)
births = st.dates(date(1900, 1, 1), date(2026, 12, 31))
LEAP_DAY = date(1952, 2, 29)


@pytest.mark.parametrize(
    ("on", "years", "later"),
    [
        (date(2026, 11, 23), 5, date(2031, 11, 23)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), 5, date(2029, 3, 1)),
        (date(2096, 2, 29), 4, date(2100, 3, 1)),
        (date(9990, 5, 1), 75, date.max),
    ],
)
def test_anniversaries(on: date, years: int, later: date) -> None:
    assert anniversary(on, years) == later


@pytest.mark.parametrize(
    ("birth_on", "age", "reached_on"),
    [
        (date(2020, 4, 1), 6, date(2026, 3, 31)),
        (date(2020, 4, 2), 6, date(2026, 4, 1)),
        (date(1956, 3, 1), 70, date(2026, 2, 28)),
        (date(1956, 2, 29), 70, date(2026, 2, 28)),
        (date(1956, 2, 29), 72, date(2028, 2, 28)),
        (date(1958, 3, 1), 70, date(2028, 2, 29)),
    ],
)
def test_an_age_is_reached_on_the_day_before_the_birthday(
    birth_on: date, age: int, reached_on: date
) -> None:
    assert reaches_on(birth_on, age) == reached_on


@pytest.mark.parametrize(
    ("birth_on", "last_on"),
    [
        (date(2020, 4, 1), date(2026, 3, 31)),
        (date(2020, 4, 2), date(2027, 3, 31)),
        (date(2020, 3, 31), date(2026, 3, 31)),
        (date(2020, 2, 29), date(2026, 3, 31)),
        (date(2020, 12, 31), date(2027, 3, 31)),
        (date(2021, 1, 1), date(2027, 3, 31)),
    ],
)
def test_preschool_ends_on_31_march(birth_on: date, last_on: date) -> None:
    assert is_preschool(birth_on, birth_on)
    assert is_preschool(birth_on, last_on)
    assert not is_preschool(birth_on, last_on + ONE_DAY)


def test_nobody_is_preschool_before_birth() -> None:
    assert not is_preschool(date(2026, 4, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("birth_on", "first_on"),
    [
        (date(1956, 5, 1), date(2026, 5, 1)),
        (date(1956, 5, 2), date(2026, 6, 1)),
        (date(1956, 5, 31), date(2026, 6, 1)),
        (date(1956, 4, 30), date(2026, 5, 1)),
        (date(1956, 12, 15), date(2027, 1, 1)),
        (date(1956, 1, 1), date(2026, 1, 1)),
        (date(1956, 2, 29), date(2026, 3, 1)),
        (date(1956, 3, 1), date(2026, 3, 1)),
    ],
)
def test_elderly_recipients_begin_on_the_first_of_a_month(
    birth_on: date, first_on: date
) -> None:
    assert not is_elderly_recipient(birth_on, first_on - ONE_DAY)
    assert is_elderly_recipient(birth_on, first_on)


@pytest.mark.parametrize(
    ("birth_on", "birthday"),
    [
        (date(1951, 11, 23), date(2026, 11, 23)),
        (date(1952, 1, 1), date(2027, 1, 1)),
        (date(1952, 4, 1), date(2027, 4, 1)),
        (LEAP_DAY, date(2027, 3, 1)),
    ],
)
def test_75_counts_from_the_birthday_itself(birth_on: date, birthday: date) -> None:
    assert turns_75_on(birth_on) == birthday
    eve = birthday - ONE_DAY
    assert not is_late_elderly(birth_on, eve)
    assert is_elderly_recipient(birth_on, eve)
    assert is_late_elderly(birth_on, birthday)
    assert not is_elderly_recipient(birth_on, birthday)


@pytest.mark.parametrize(
    ("birth_on", "on", "scheme", "ratios"),
    [
        (date(2020, 4, 1), date(2026, 3, 31), Scheme.EMPLOYEE, (TWO,)),
        (date(2020, 4, 1), date(2026, 4, 1), Scheme.EMPLOYEE, (THREE,)),
        (date(1990, 7, 7), date(2026, 4, 1), Scheme.NATIONAL_HEALTH, (THREE,)),
        (date(1956, 5, 2), date(2026, 5, 31), Scheme.NATIONAL_HEALTH, (THREE,)),
        (date(1956, 5, 2), date(2026, 6, 1), Scheme.NATIONAL_HEALTH, (TWO, THREE)),
        (date(1951, 6, 1), date(2026, 6, 1), Scheme.LATE_ELDERLY, (ONE, TWO, THREE)),
        (date(1951, 6, 1), date(2026, 6, 1), Scheme.EMPLOYEE, (ONE, TWO, THREE)),
        (date(1958, 6, 1), date(2026, 6, 1), Scheme.LATE_ELDERLY, (ONE, TWO, THREE)),
    ],
)
def test_allowed_ratios(
    birth_on: date, on: date, scheme: Scheme, ratios: tuple[CopayRatio, ...]
) -> None:
    assert default_copay(birth_on, on, scheme) == ratios


@settings(max_examples=150)
@given(birth_on=births, on=births)
@example(birth_on=LEAP_DAY, on=date(2027, 2, 28))
@example(birth_on=date(2024, 2, 29), on=date(2030, 3, 31))
def test_nobody_is_in_two_age_groups(birth_on: date, on: date) -> None:
    groups = (is_preschool, is_elderly_recipient, is_late_elderly)
    assert sum(is_in(birth_on, on) for is_in in groups) <= 1


@settings(max_examples=150)
@given(birth_on=births, years=st.integers(1, 80))
@example(birth_on=LEAP_DAY, years=75)
@example(birth_on=LEAP_DAY, years=76)
@example(birth_on=date(1952, 3, 1), years=75)
def test_the_day_after_reaching_an_age_is_the_birthday(
    birth_on: date, years: int
) -> None:
    birthday = reaches_on(birth_on, years) + ONE_DAY
    assert birthday.year == birth_on.year + years
    is_leap_birth = (birth_on.month, birth_on.day) == (2, 29)
    expected = {(birth_on.month, birth_on.day)} | ({(3, 1)} if is_leap_birth else set())
    assert (birthday.month, birthday.day) in expected


@settings(max_examples=100)
@given(birth_on=births)
@example(birth_on=LEAP_DAY)
@example(birth_on=date(2020, 4, 1))
@example(birth_on=date(2020, 4, 2))
def test_preschool_lasts_until_six_and_under_seven(birth_on: date) -> None:
    assert is_preschool(birth_on, reaches_on(birth_on, 6))
    assert not is_preschool(birth_on, anniversary(birth_on, 7))


@settings(max_examples=100)
@given(birth_on=births)
@example(birth_on=LEAP_DAY)
@example(birth_on=date(1956, 3, 1))
def test_elderly_recipients_begin_within_a_month_of_70(birth_on: date) -> None:
    assert not is_elderly_recipient(birth_on, reaches_on(birth_on, 70))
    assert is_elderly_recipient(birth_on, anniversary(birth_on, 70) + ONE_DAY * 31)


def test_no_ratio_is_taken_from_the_years_alone_where_a_border_lies_in_them() -> None:
    scheme = Scheme.EMPLOYEE
    births = [date(1950, 1, 1) + timedelta(days=n) for n in range(0, 366, 5)]
    for birth_on in births:
        for years in (*range(9), *range(68, 72)):
            for on in (date(1950 + years, 1, 1), date(1950 + years, 12, 31)):
                if on >= birth_on:
                    is_two = is_preschool(birth_on, on)
                    is_elder = is_elderly_recipient(birth_on, on)
                    expected = (TWO,) if is_two else (THREE,)
                    told = default_copay(birth_on, on, scheme)
                    assert told == ((TWO, THREE) if is_elder else expected)
