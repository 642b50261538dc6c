"""負担割合・限度額区分・特定疾病, and the periods in which each is in force."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.charge import (
    CopayRatio,
    Effective,
    LimitCategory,
    LimitCertificateKind,
    SpecificDisease,
    in_force,
)
from backend.domain.errors import MalformedError

ONE, TWO, THREE = CopayRatio
AUGUST_1 = date(2026, 8, 1)
ONE_DAY = timedelta(days=1)
days = st.dates(date(2026, 1, 1), date(2026, 1, 20))


@pytest.mark.parametrize(
    ("code", "tenths", "label"),
    [("010", 1, "1割"), ("020", 2, "2割"), ("030", 3, "3割")],
)
def test_ratios_carry_code_tenths_and_label(code: str, tenths: int, label: str) -> None:
    ratio = CopayRatio(code)
    assert (ratio.value, ratio.tenths, ratio.label) == (code, tenths, label)


@pytest.mark.parametrize(
    "written", ["020", "20", "2", "2割", "２割", "０２０", " 020 "]
)
def test_ratios_are_read_as_lists_write_them(written: str) -> None:
    assert CopayRatio.parse(written) is TWO


@pytest.mark.parametrize(
    "broken", ["", "0", "4割", "040", "000", "10割", "100", "002", "0.2", "2\n", "²"]
)
def test_other_ratios_are_refused(broken: str) -> None:
    with pytest.raises(MalformedError) as refused:
        CopayRatio.parse(broken)
    assert refused.value.field == "copay_ratio"


def test_limit_categories_are_the_national_table() -> None:
    assert {category.value: category.label for category in LimitCategory} == {
        "A01": "ア",
        "A02": "イ",
        "A03": "ウ",
        "A04": "エ",
        "A05": "オ",
        "A06": "オ(境)",
        "B01": "現役並みⅢ",
        "B02": "現役並みⅡ",
        "B03": "現役並みⅠ",
        "B04": "一般",
        "B05": "低所得Ⅱ",
        "B06": "低所得Ⅰ",
        "B07": "低所得Ⅰ(老福)",
        "B08": "低所得Ⅰ(境)",
        "B09": "一般Ⅱ",
        "B10": "一般Ⅰ",
    }


def test_limit_certificates_are_the_national_table() -> None:
    assert {kind.value: kind.label for kind in LimitCertificateKind} == {
        "01": "限度額適用認定証",
        "02": "限度額適用・標準負担額減額認定証",
        "03": "標準負担額減額認定証",
    }


def test_specific_diseases_are_the_national_table() -> None:
    assert {disease.value: disease.label for disease in SpecificDisease} == {
        "1": "人工透析を要する慢性腎不全",
        "2": "先天性血液凝固因子障害(VIII・IX)",
        "3": "血液凝固因子製剤によるHIV感染症",
    }


def test_both_ends_of_a_period_are_inclusive() -> None:
    period = [Effective[CopayRatio](TWO, AUGUST_1, date(2027, 7, 31))]
    assert in_force(period, AUGUST_1 - ONE_DAY) is None
    assert in_force(period, AUGUST_1) is TWO
    assert in_force(period, date(2027, 7, 31)) is TWO
    assert in_force(period, date(2027, 8, 1)) is None


def test_an_open_period_goes_on() -> None:
    assert in_force([Effective(THREE, AUGUST_1, None)], date.max) is THREE


def test_nothing_is_in_force_without_periods() -> None:
    assert in_force([], AUGUST_1) is None


def test_a_period_that_ends_before_it_begins_never_holds() -> None:
    backwards = Effective(ONE, AUGUST_1, AUGUST_1 - ONE_DAY)
    assert not backwards.is_in_force(AUGUST_1)
    assert not backwards.is_in_force(AUGUST_1 - ONE_DAY)


@pytest.mark.parametrize("is_reversed", [False, True])
def test_of_overlapping_periods_the_later_beginning_wins(is_reversed: bool) -> None:
    old, new = Effective(TWO, date(2026, 1, 1), None), Effective(THREE, AUGUST_1, None)
    periods = [new, old] if is_reversed else [old, new]
    assert in_force(periods, AUGUST_1 - ONE_DAY) is TWO
    assert in_force(periods, AUGUST_1) is THREE


def test_when_the_newer_period_ends_the_older_holds_again() -> None:
    periods = [
        Effective(TWO, date(2026, 1, 1), None),
        Effective(THREE, AUGUST_1, AUGUST_1),
    ]
    assert in_force(periods, AUGUST_1 + ONE_DAY) is TWO


def test_of_two_that_began_on_one_day_the_last_told_wins() -> None:
    periods = [Effective(TWO, AUGUST_1, None), Effective(THREE, AUGUST_1, None)]
    assert in_force(periods, AUGUST_1) is THREE


@settings(max_examples=100)
@given(
    spans=st.lists(st.tuples(days, st.none() | days), max_size=5),
    on=days,
)
def test_what_is_in_force_began_last_of_all_that_hold(
    spans: list[tuple[date, date | None]], on: date
) -> None:
    periods = [
        Effective(place, from_on, until_on)
        for place, (from_on, until_on) in enumerate(spans)
    ]
    place = in_force(periods, on)
    holding = [period for period in periods if period.is_in_force(on)]
    if place is None:
        assert not holding
    else:
        assert periods[place] in holding
        assert periods[place].from_on == max(period.from_on for period in holding)
