"""What a row tells of charges: ratio, limit and diseases, each from its day."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from backend.domain.charge import (
    CopayRatio,
    Effective,
    SpecificDisease,
    may_end_on,
)
from backend.domain.words import Words
from backend.interchange import choices
from backend.interchange.columns import Column
from backend.interchange.reading import ENTER_BOTH, TAKE_BACK, Reading

T = TypeVar("T")

_BETWEEN_DISEASES = re.compile(r"[;/、；／]")


class _Columns(NamedTuple):
    """The cells that make one value with its period."""

    value: Column
    from_on: Column
    until_on: Column | None = None


_COPAY = _Columns(Column.COPAY_RATIO, Column.COPAY_FROM_ON)
_LIMIT = _Columns(Column.LIMIT_CATEGORY, Column.LIMIT_FROM_ON, Column.LIMIT_UNTIL_ON)


def read_charge(reading: Reading, acquired_on: date | None) -> dict[str, Any]:
    """`copay`, `limit` and `diseases` of a `MemberRow`."""
    return {
        "copay": _effective(reading, _COPAY, CopayRatio.parse),
        "limit": _effective(
            reading,
            _LIMIT,
            choices.chooser(Column.LIMIT_CATEGORY, choices.LIMIT_CATEGORY),
        ),
        "diseases": _diseases(reading, acquired_on),
    }


def _effective(
    reading: Reading, columns: _Columns, parse: Callable[[str], T]
) -> Effective[T] | None:
    """A value and the day from which it holds, which a row tells together or not."""
    value = reading.optional(columns.value, parse)
    from_on = reading.day(columns.from_on)
    until_on = reading.day(columns.until_on) if columns.until_on else None
    _require_both(reading, columns)
    if columns.until_on and from_on:
        _require_possible(reading, columns.until_on, from_on, until_on)
    if value is None or from_on is None:
        return None
    return Effective(value, from_on, until_on)


def _require_possible(
    reading: Reading, column: Column, from_on: date, until_on: date | None
) -> None:
    if not may_end_on(from_on, until_on):
        reading.refuse(
            column,
            Words("発効期日より前です。", "It lies before the day it takes effect."),
            TAKE_BACK,
        )


def _require_both(reading: Reading, columns: _Columns) -> None:
    if not any(reading.cell(column) for column in columns if column):
        return
    for column in (columns.value, columns.from_on):
        if not reading.cell(column):
            reading.refuse(
                column,
                Words(
                    "空欄です。値と発効期日は組で必要です。",
                    "It is empty; a value and its day of effect go together.",
                ),
                ENTER_BOTH,
            )


def _diseases(
    reading: Reading, acquired_on: date | None
) -> tuple[Effective[SpecificDisease], ...]:
    """特定疾病, several parted by `;` or `/`; from the acquisition unless told."""
    from_on = reading.day(Column.DISEASES_FROM_ON) or acquired_on
    until_on = reading.day(Column.DISEASES_UNTIL_ON)
    named = reading.optional(Column.DISEASES, _parse_diseases)
    days = (Column.DISEASES_FROM_ON, Column.DISEASES_UNTIL_ON)
    if any(map(reading.cell, days)) and not reading.cell(Column.DISEASES):
        reading.refuse(
            Column.DISEASES,
            Words(
                "空欄です。発効期日か有効期限だけでは読めません。",
                "It is empty, but there is a day of effect or of expiry.",
            ),
            ENTER_BOTH,
        )
    if named is None or from_on is None:
        return ()
    _require_possible(reading, Column.DISEASES_UNTIL_ON, from_on, until_on)
    return tuple(Effective(disease, from_on, until_on) for disease in named)


def _parse_diseases(text: str) -> tuple[SpecificDisease, ...]:
    parse = choices.chooser(Column.DISEASES, choices.DISEASE)
    return tuple(dict.fromkeys(map(parse, _BETWEEN_DISEASES.split(text))))
