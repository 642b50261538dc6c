"""A list of serials (発行番号): whose papers are to be withdrawn, and nothing else.

The result file of a run is such a list: its other columns are passed by.
"""

from collections.abc import Sequence
from enum import Enum

from backend.domain.errors import MalformedError
from backend.domain.identifiers import parse_serial
from backend.domain.words import Words
from backend.interchange.columns import fold_heading
from backend.interchange.heading import HEADING


class SerialColumn(Enum):
    """The one column that is read; the value is its wire name."""

    SERIAL = "serial"


_SERIAL = {fold_heading(it) for it in ("発行番号", "serial", "発行番号 serial")}
_LONGEST = 40  # characters: a serial has nineteen


def read_serial_heading(cells: Sequence[str]) -> tuple[SerialColumn | None, ...]:
    """Where the serials stand; None for every other column.

    Raises MalformedError if no column, or more than one, has the heading 発行番号.
    """
    found = [
        SerialColumn.SERIAL if fold_heading(cell) in _SERIAL else None for cell in cells
    ]
    if found.count(SerialColumn.SERIAL) != 1:
        raise MalformedError(HEADING, _NOT_ONE, _NAME_IT)
    return tuple(found)


def read_serial(cells: Sequence[str]) -> str | None:
    """The serial of a line; None where the line has none.

    Raises MalformedError for what is no serial, and for a line that has other columns
    than the heading.
    """
    if len(cells) != 1:
        raise MalformedError("line", _WRONG_COUNT, _CHECK_COMMAS)
    text = cells[0].strip(" \u3000")[:_LONGEST]
    return parse_serial(text) if text else None


_NOT_ONE = Words(
    "「発行番号」の列が1つではありません。",
    "There is not exactly one column of serials.",
)
_NAME_IT = Words(
    "1行目の見出しに「発行番号」を1つ置いてください（結果ファイルもそのまま使えます）。",
    'Head one column with "serial" (the result file of a run will do as it is).',
)
_WRONG_COUNT = Words(
    "列の数が見出しと違います。", "It has more or fewer cells than there are headings."
)
_CHECK_COMMAS = Words("コンマの過不足を確かめてください。", "Check the commas.")
