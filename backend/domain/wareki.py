"""Dates as Japan writes them: Western, or by era (和暦).

Only dates from 明治6年1月1日 (1873-01-01) on are read and written: era dates before it
were lunar, so their month and day are not those of the Western calendar.
"""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from backend.domain.errors import MalformedError
from backend.domain.words import Words

_FIRST_SOLAR_DAY = date(1873, 1, 1)


class _Era(NamedTuple):
    name: str
    letter: str
    first_on: date
    last_on: date


# 大正 and 昭和 began on the day itself, so that day bears two names and both are read;
# 平成 and 令和 began at midnight. The last era is open; two digits of year reach 99.
_ERAS = (
    _Era("明治", "M", date(1868, 1, 25), date(1912, 7, 30)),
    _Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    _Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    _Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    _Era("令和", "R", date(2019, 5, 1), date(2117, 12, 31)),
)
LATEST_DAY = _ERAS[-1].last_on
"""The last day that can be read: 令和99年12月31日."""

_BY_SPELLING = {spelling: era for era in _ERAS for spelling in (era.name, era.letter)}

_WESTERN = re.compile(
    r"([0-9]{4})(?:[-/]([0-9]{1,2})[-/]([0-9]{1,2})|([0-9]{2})([0-9]{2}))"
)
_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和|[MTSHR]) *"
    r"(?:([0-9]{1,2}|元) *[年./-] *([0-9]{1,2}) *[月./-] *([0-9]{1,2}) *日?"
    r"|([0-9]{2})([0-9]{2})([0-9]{2}))"
)


def parse_date(text: str, field: str) -> date:
    """Read a day in any spelling that insurers' lists use, of either width.

    Western: 2026-04-01, 2026/4/1, 20260401. By era: 令和8年4月1日, 令和元年5月1日,
    R8.4.1, R08/04/01, R080401. Digit codes for eras are not read: offices number
    them differently. Raises MalformedError for any other spelling, a day that does
    not exist (also: not in that era), or one outside 1873-01-01 to LATEST_DAY.
    """
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    if western := _WESTERN.fullmatch(plain):
        year, month, day = (part for part in western.groups() if part is not None)
        on = _existing_day(int(year), int(month), int(day), field)
    elif by_era := _ERA.fullmatch(plain):
        on = _day_of_era([part for part in by_era.groups() if part], field)
    else:
        raise _unreadable(field)
    if not _FIRST_SOLAR_DAY <= on <= LATEST_DAY:
        raise _out_of_range(field)
    return on


def format_wareki(on: date) -> str:
    """`on` in the era that began last: 令和8年4月1日, and 元年 for a first year.

    Raises MalformedError before 1873-01-01.
    """
    if on < _FIRST_SOLAR_DAY:
        raise _out_of_range("date")
    era = next(era for era in reversed(_ERAS) if era.first_on <= on)
    year = on.year - era.first_on.year + 1
    return f"{era.name}{'元' if year == 1 else year}年{on.month}月{on.day}日"


def _day_of_era(parts: list[str], field: str) -> date:
    spelling, year, month, day = parts
    era = _BY_SPELLING[spelling]
    year_of_era = 1 if year == "元" else int(year)
    western_year = era.first_on.year + year_of_era - 1
    on = _existing_day(western_year, int(month), int(day), field)
    if not era.first_on <= on <= era.last_on:
        raise MalformedError(
            field,
            Words("その元号にない日付です。", "That era has no such day."),
            Words("元号と年を確かめてください。", "Check the era and the year."),
        )
    return on


def _existing_day(year: int, month: int, day: int, field: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise MalformedError(
            field,
            Words("暦にない日付です。", "The calendar has no such day."),
            Words("年月日を確かめてください。", "Check year, month and day."),
        ) from None


def _unreadable(field: str) -> MalformedError:
    return MalformedError(
        field,
        Words("日付として読めません。", "It cannot be read as a date."),
        Words(
            "2026-04-01、20260401、令和8年4月1日、R080401 などの形にしてください。",
            "Write it like 2026-04-01, 20260401, 令和8年4月1日 or R080401.",
        ),
    )


def _out_of_range(field: str) -> MalformedError:
    return MalformedError(
        field,
        Words(
            "1873年（明治6年）から2117年までの日付ではありません。",
            "It does not lie between 1873 (明治6年) and 2117.",
        ),
        Words("年を確かめてください。", "Check the year."),
    )
