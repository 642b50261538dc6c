"""The cells of one line while they are read: what is wrong gathers, nothing stops."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from backend.domain.errors import MalformedError
from backend.domain.wareki import parse_date
from backend.domain.words import Words
from backend.interchange.choices import chooser
from backend.interchange.columns import Column
from backend.interchange.member_row import LineError

T = TypeVar("T")

_PADDING = " \u3000"
_FORMULA_TEXT = re.compile(r'="(.*)"')  # how spreadsheets are told to keep zeros

CHECK_DATES = Words("日付を確かめてください。", "Check the dates.")
TAKE_BACK = Words(
    "日付を確かめてください。取り消すときは発効期日の前日を入力します。",
    "Check the dates; to take the period back, enter the day before it takes effect.",
)
ENTER_BOTH = Words("両方とも入力してください。", "Enter both.")


@dataclass(slots=True)
class Reading:
    """The cells of a line, and the errors found in them so far."""

    line: int
    cells: Mapping[Column, str] = field(repr=False)
    errors: list[LineError] = field(default_factory=list)

    def cell(self, column: Column) -> str:
        """The text of a cell without the spaces around it, out of `="…"` too."""
        text = self.cells.get(column, "").strip(_PADDING)
        wrapped = _FORMULA_TEXT.fullmatch(text)
        return wrapped[1].strip(_PADDING) if wrapped else text

    def refuse(self, column: Column, reason: Words, fix: Words) -> None:
        """Note what is wrong with a column."""
        self.errors.append(LineError(self.line, column.value, reason, fix))

    def take(self, read: Callable[[], T]) -> T | None:
        """What `read` gives; None, and its error noted, when it cannot."""
        try:
            return read()
        except MalformedError as error:
            self.errors.append(
                LineError(self.line, error.field, error.reason, error.fix)
            )
            return None

    def optional(self, column: Column, parse: Callable[[str], T]) -> T | None:
        """The value of a cell that may be empty."""
        text = self.cell(column)
        return self.take(lambda: parse(text)) if text else None

    def required(self, column: Column, parse: Callable[[str], T]) -> T | None:
        """The value of a cell that may not be empty."""
        if not self.cell(column):
            self.refuse(
                column,
                Words("空欄です。", "It is empty."),
                Words("値を入力してください。", "Enter a value."),
            )
        return self.optional(column, parse)

    def choice(self, column: Column, options: Mapping[str, T]) -> T | None:
        """The meaning of a coded cell that may be empty."""
        return self.optional(column, chooser(column, options))

    def required_choice(self, column: Column, options: Mapping[str, T]) -> T | None:
        """The meaning of a coded cell that may not be empty."""
        return self.required(column, chooser(column, options))

    def day(self, column: Column) -> date | None:
        """The day in a cell that may be empty."""
        return self.optional(column, lambda text: parse_date(text, column.value))

    def required_day(self, column: Column) -> date | None:
        """The day in a cell that may not be empty."""
        return self.required(column, lambda text: parse_date(text, column.value))
