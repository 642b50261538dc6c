"""A list as a stream of rows: CSV or xlsx, plain or in a zip, in bounded memory."""

import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from backend.domain.errors import MalformedError
from backend.domain.words import Words
from backend.interchange.encoding import FILE, encoding_of, text_lines
from backend.interchange.file_kinds import is_zip
from backend.interchange.list_limits import MIB, ListLimits
from backend.interchange.workbook import sheet_rows
from backend.interchange.zipped import entries, opened_zip

Rows = Iterator[tuple[int, list[str]]]
"""Line number, counted from 1 as a spreadsheet shows it, and cells; no blank line."""

_WORKBOOK = "xl/workbook.xml"
_IN_MEMORY = 8 * MIB  # of an unpacked list; the rest lies in a nameless file


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list being read: `encoding` is utf-8, cp932 or xlsx.

    `heading` are the cells of the first line that is not blank. `rows` may raise
    MalformedError to the last: nothing is to be done before all are read.
    """

    encoding: str
    heading: list[str]
    rows: Rows


def open_list(source: BinaryIO, limits: ListLimits) -> OpenList:
    """Open a list in a seekable file, which must stay open while `rows` are read.

    Raises MalformedError (`file`), with line and character where there is one, for
    whatever is no list: another kind of file, broken text or quotes, a zip with a
    trap.
    """
    if not is_zip(source):
        return _csv_list(source, limits)
    with opened_zip(source) as archive:
        names = set(archive.namelist())
        found = entries(archive, limits)
        if _WORKBOOK in names:
            return _workbook_list(source, found, limits)
        if len(found) != 1:
            raise MalformedError(FILE, _NOT_ONE, _ONE_LIST)
        unpacked = _unpacked(archive, found[0])
    return _inner_list(unpacked, limits)


def _inner_list(unpacked: BinaryIO, limits: ListLimits) -> OpenList:
    try:
        listed = _unpacked_list(unpacked, limits)
    except BaseException:
        unpacked.close()
        raise
    rows = _closing(unpacked, listed.rows)
    next(rows)
    return replace(listed, rows=rows)


def _closing(unpacked: BinaryIO, rows: Rows) -> Rows:
    with unpacked:
        yield 0, []  # begun, it closes the file also where nobody reads on
        yield from rows


def _unpacked_list(unpacked: BinaryIO, limits: ListLimits) -> OpenList:
    if not is_zip(unpacked):
        return _csv_list(unpacked, limits)
    with opened_zip(unpacked) as archive:
        if _WORKBOOK not in archive.namelist():
            raise MalformedError(FILE, _NESTED, _ONE_LIST)
        return _workbook_list(unpacked, entries(archive, limits), limits)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    """The entry as a file that can be read twice; it goes when it is closed."""
    unpacked = cast(BinaryIO, SpooledTemporaryFile(_IN_MEMORY))
    try:
        with archive.open(entry) as packed:
            copyfileobj(packed, unpacked, MIB)
    except BaseException:
        unpacked.close()
        raise
    return unpacked


def _workbook_list(
    source: BinaryIO, found: list[zipfile.ZipInfo], limits: ListLimits
) -> OpenList:
    if sum(it.file_size for it in found) > limits.workbook_bytes:
        raise _too_large(f"{limits.workbook_bytes // MIB:,} MiB")
    return _headed("xlsx", _limited(sheet_rows(source), limits))


def _csv_list(source: BinaryIO, limits: ListLimits) -> OpenList:
    encoding = encoding_of(source)
    return _headed(encoding, _limited(_csv_rows(text_lines(source, encoding)), limits))


def _headed(encoding: str, rows: Rows) -> OpenList:
    _, heading = next(rows, (1, []))
    if not heading:
        raise MalformedError(FILE, _EMPTY, _SEND_ROWS)
    return OpenList(encoding, heading, rows)


def _limited(rows: Rows, limits: ListLimits) -> Rows:
    allowed = islice(rows, limits.rows + 1)  # the heading is one of them
    return chain(allowed, _nothing_more(rows, limits))


def _nothing_more(rows: Rows, limits: ListLimits) -> Rows:
    for _ in rows:
        raise _too_large(f"{limits.rows:,} 行/lines")
    yield from ()


def _csv_rows(lines: Iterator[str]) -> Rows:
    reader = csv.reader(lines, strict=True)
    number = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield number, cells
            number = reader.line_num + 1  # a quoted cell may run over several
    except csv.Error as error:
        is_long = "field larger" in str(error)
        reason = _long_cell(number) if is_long else _broken_quotes(number)
        raise MalformedError(FILE, reason, _CHECK_QUOTES) from None


def _long_cell(number: int) -> Words:
    return Words(
        f"{number}行目に長すぎる値があります（引用符の閉じ忘れかもしれません）。",
        f"Line {number} has a value that is too long (a missing quotation mark?).",
    )


def _broken_quotes(number: int) -> Words:
    return Words(
        f"{number}行目から CSV として読めません（引用符の閉じ忘れか余分）。",
        f"From line {number} on it is not CSV: a quotation mark is missing or one too"
        " many.",
    )


def _too_large(limit: str) -> MalformedError:
    return MalformedError(
        FILE,
        Words(f"{limit} を超えています。", f"It exceeds {limit}."),
        Words("ファイルを分けて送ってください。", "Send it in several files."),
    )


_CHECK_QUOTES = Words(
    'その行の引用符（"）を確かめてください。',
    'Check the quotation marks (") of that line.',
)
_EMPTY = Words("空のファイルです。", "The file is empty.")
_SEND_ROWS = Words(
    "見出しと1行以上の加入者を書いて送ってください。",
    "Send a heading line and at least one member.",
)
_NOT_ONE = Words(
    "zip の中の一覧が1つではありません。", "The zip does not hold exactly one list."
)
_NESTED = Words("zip の中に zip があります。", "There is a zip within the zip.")
_ONE_LIST = Words("一覧を1つだけ入れてください。", "Put exactly one list into it.")
