"""和暦: every spelling of insurers' lists, and the borders of the eras to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend.domain.errors import MalformedError
from backend.domain.wareki import LATEST_DAY, format_wareki, parse_date

FIRST_DAY = date(1873, 1, 1)
BORDERS = [
    date(1912, 7, 30),
    date(1926, 12, 25),
    date(1989, 1, 8),
    date(2019, 5, 1),
]


@pytest.mark.parametrize(
    ("written", "on"),
    [
        ("2026-04-01", date(2026, 4, 1)),
        ("20260401", date(2026, 4, 1)),
        ("2026/4/1", date(2026, 4, 1)),
        ("２０２６－０４－０１", date(2026, 4, 1)),
        ("S63.04.12", date(1988, 4, 12)),
        ("s63.4.12", date(1988, 4, 12)),
        ("R080401", date(2026, 4, 1)),
        ("R08/04/01", date(2026, 4, 1)),
        ("H1-1-8", date(1989, 1, 8)),
        ("令和8年4月1日", date(2026, 4, 1)),
        ("令和 8年 4月 1日", date(2026, 4, 1)),
        ("令和８年４月１日", date(2026, 4, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("㍻元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("昭和3年2月29日", date(1928, 2, 29)),
        ("明治6年1月1日", FIRST_DAY),
        ("令和99年12月31日", date(2117, 12, 31)),
        (" Ｒ０８０４０１\u3000", date(2026, 4, 1)),
    ],
)
def test_spellings_are_read(written: str, on: date) -> None:
    assert parse_date(written, "birth_on") == on


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("明治45年7月30日", "大正元年7月30日"),
        ("大正15年12月25日", "昭和元年12月25日"),
    ],
)
def test_the_two_days_with_two_names_are_read_by_both(one: str, other: str) -> None:
    assert parse_date(one, "birth_on") == parse_date(other, "birth_on")


@pytest.mark.parametrize(
    "impossible",
    [
        "昭和65年1月1日",
        "昭和64年1月8日",
        "昭和元年12月24日",
        "平成31年5月1日",
        "平成元年1月7日",
        "令和元年4月30日",
        "令和0年5月1日",
        "大正15年12月26日",
        "大正元年7月29日",
        "明治45年7月31日",
        "T160101",
    ],
)
def test_days_that_an_era_never_had_are_refused(impossible: str) -> None:
    with pytest.raises(MalformedError) as refused:
        parse_date(impossible, "birth_on")
    assert "元号" in refused.value.reason.ja


@pytest.mark.parametrize(
    "impossible", ["2026-02-29", "20260431", "令和8年13月1日", "0000-01-01", "R080400"]
)
def test_days_that_the_calendar_never_had_are_refused(impossible: str) -> None:
    with pytest.raises(MalformedError) as refused:
        parse_date(impossible, "birth_on")
    assert "暦" in refused.value.reason.ja


@pytest.mark.parametrize(
    "outside", ["1872-12-31", "明治5年12月2日", "2118-01-01", "9999-12-31", "99991231"]
)
def test_lunar_and_far_days_are_refused(outside: str) -> None:
    with pytest.raises(MalformedError) as refused:
        parse_date(outside, "birth_on")
    assert "1873" in refused.value.reason.ja


@pytest.mark.parametrize(
    "unreadable",
    [
        "",
        "3630412",
        "63.04.12",
        "R8",
        "慶応3年1月1日",
        "20260401T00",
        "260401",
        "令和八年四月一日",
        "元年5月1日",
        "2026-04",
        "2026-0401",
        "令和100年1月1日",
        "1" * 5000,
        "\x00",
        "\ud800",
        "٢٠٢٦٠٤٠١",
    ],
)
def test_other_text_is_not_guessed_at(unreadable: str) -> None:
    with pytest.raises(MalformedError) as refused:
        parse_date(unreadable, "birth_on")
    assert refused.value.field == "birth_on"
    assert "読めません" in refused.value.reason.ja


@pytest.mark.parametrize(
    ("on", "written"),
    [
        (date(2026, 4, 1), "令和8年4月1日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (date(1912, 7, 29), "明治45年7月29日"),
        (FIRST_DAY, "明治6年1月1日"),
    ],
)
def test_days_are_written_in_the_era_that_began_last(on: date, written: str) -> None:
    assert format_wareki(on) == written


def test_lunar_days_are_not_written() -> None:
    with pytest.raises(MalformedError):
        format_wareki(FIRST_DAY - timedelta(days=1))


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("days", [-366, -1, 0, 1, 366])
def test_the_round_trip_holds_around_each_border(border: date, days: int) -> None:
    on = border + timedelta(days=days)
    assert parse_date(format_wareki(on), "birth_on") == on


@settings(max_examples=200)
@given(on=st.dates(FIRST_DAY, date(2100, 12, 31)))
@example(on=FIRST_DAY)
@example(on=date(2000, 2, 29))
@example(on=LATEST_DAY)
def test_every_spelling_of_a_day_is_read_back(on: date) -> None:
    wareki = format_wareki(on)
    assert parse_date(wareki, "d") == on
    assert parse_date(on.isoformat(), "d") == on
    assert parse_date(on.strftime("%Y%m%d"), "d") == on


@settings(max_examples=150)
@given(text=st.text(alphabet="0123456789明治昭和令元年月日RSH.-/ ", max_size=14))
def test_any_text_is_a_printable_day_or_malformed(text: str) -> None:
    try:
        on = parse_date(text, "d")
    except MalformedError:
        return
    assert parse_date(format_wareki(on), "d") == on
