"""A list in an Excel workbook (xlsx): its one sheet with rows, cells as text."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, BinaryIO

from backend.domain.errors import MalformedError
from backend.domain.words import Words
from backend.interchange.encoding import FILE, refusal, refused_at

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 256  # Excel's rows; columns are far fewer
_EXACT = 10**15  # what a spreadsheet keeps of a number: fifteen digits


def sheet_rows(source: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row that is not blank, of the first visible sheet.

    Dates come as ISO text, whole numbers without a fraction, formulas as the value
    that was saved with them. Raises MalformedError: no workbook, no rows, rows on
    several visible sheets, a character that no list may hold.
    """
    with _workbook(source) as book:
        with_rows = [it for it in book.worksheets if _is_visible(it) and _has_rows(it)]
        if len(with_rows) > 1:
            raise MalformedError(FILE, _SEVERAL, _ONE_SHEET)
        for sheet in with_rows:
            yield from _rows(sheet)


@contextmanager
def _workbook(source: BinaryIO) -> Iterator[Any]:
    from openpyxl import (
        load_workbook,
    )  # a tenth of a second, that CSV need not wait for
    from openpyxl.utils.exceptions import InvalidFileException

    source.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of styles and the like, which are not read
            book = load_workbook(source, read_only=True, data_only=True)
        try:
            yield book
        finally:
            book.close()
    except MalformedError:
        raise
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,  # XML that is none, by the parser's name for it
        EOFError,
        OSError,
    ):
        raise MalformedError(FILE, _NOT_READABLE, _SAVE_AGAIN) from None


def _is_visible(sheet: Any) -> bool:
    return bool(sheet.sheet_state == "visible")


def _has_rows(sheet: Any) -> bool:
    return any(any(value not in (None, "") for value in row) for row in _values(sheet))


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows as they are written: what the sheet says of its size is not believed."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > _MOST_ROWS or len(row) > _MOST_COLUMNS:
            raise MalformedError(FILE, _TOO_WIDE, _SAVE_AGAIN)
        yield row


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    width = 0
    for number, row in enumerate(_values(sheet), 1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if not any(cell.strip() for cell in cells):
            continue
        width = width or len(cells)  # empty cells at the end are not written
        cells += [""] * (width - len(cells))
        _require_plain(number, cells)
        yield number, cells


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        case _:
            return str(value)


def _require_plain(number: int, cells: list[str]) -> None:
    text = "".join(cells)
    if text.replace("\u3000", "").isprintable():
        return
    for column, cell in enumerate(cells, 1):
        for mark in cell:
            reason = refusal(mark)
            if reason is not None:
                raise refused_at(number, column, reason)


_SEVERAL = Words(
    "行のあるシートが複数あります。", "Several sheets of the workbook have rows."
)
_ONE_SHEET = Words(
    "一覧のシートだけを残すか、ほかのシートを非表示にしてください。",
    "Keep the sheet of the list alone, or hide the others.",
)
_NOT_READABLE = Words(
    "Excel ブック（xlsx）として読めません。", "It cannot be read as a workbook (xlsx)."
)
_TOO_WIDE = Words(
    "シートの行または列が多すぎます（256列まで）。",
    "The sheet has too many rows or columns (256 at most).",
)
_SAVE_AGAIN = Words(
    "表計算ソフトで開いて「Excel ブック（xlsx）」で保存し直してください。",
    "Open it in a spreadsheet and save it again as an Excel workbook (xlsx).",
)
