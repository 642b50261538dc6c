"""An insurer's member list: the whole file is judged, then each of its lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice

from backend.domain.errors import MalformedError
from backend.domain.words import Words
from backend.interchange.columns import Column
from backend.interchange.duplicates import duplicate_errors
from backend.interchange.encoding import FILE
from backend.interchange.heading import read_heading
from backend.interchange.list_limits import ListLimits
from backend.interchange.list_stream import open_list
from backend.interchange.member_row import LineError, MemberRow, RowRules
from backend.interchange.row_reading import read_row


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """How much one list may hold; beyond, it is refused as a whole."""

    bytes: int = 32 * 1024 * 1024
    rows: int = 200_000
    cell_characters: int = 200  # the longest field, an address, has 60
    errors: int = 1_000  # how many are told; all are counted

    @property
    def of_list(self) -> ListLimits:
        """The limits of the file, which here is read into memory whole."""
        most = 4 * self.bytes  # unpacked
        return ListLimits(unpacked_bytes=most, workbook_bytes=most)


@dataclass(frozen=True, slots=True)
class ParsedList:
    """What a list says: the rows that were read, and what is wrong with the others.

    `error_count` counts all errors, of which the first `IntakeLimits.errors` are here;
    `row_count` counts the lines that are not blank, the heading aside.
    """

    encoding: str
    rows: tuple[MemberRow, ...] = field(repr=False)
    errors: tuple[LineError, ...]
    row_count: int
    error_count: int


def parse_member_list(
    content: bytes, rules: RowRules, limits: IntakeLimits
) -> ParsedList:
    """Read a list (`list_stream`) with a heading line (`columns.Column`).

    Raises MalformedError when the file as a whole cannot be taken: empty, too large,
    not text, a broken quotation, wrong headings. A wrong line is an error of its own,
    and the others are still read.
    """
    if len(content) > limits.bytes:
        raise _too_large(Words(f"{limits.bytes}バイト", f"{limits.bytes} bytes"))
    listed = open_list(BytesIO(content), limits.of_list)
    columns = read_heading(listed.heading)
    answers = [
        _read_line(number, cells, columns, rules, limits)
        for number, cells in islice(listed.rows, limits.rows + 1)
    ]
    if not answers:
        raise _refused(
            Words("見出しだけで、行がありません。", "It has headings, but no line."),
            _SEND_ROWS,
        )
    if len(answers) > limits.rows:
        raise _too_large(Words(f"{limits.rows}行", f"{limits.rows} lines"))
    return _gathered(listed.encoding, answers, limits)


def _gathered(
    encoding: str,
    answers: list[MemberRow | tuple[LineError, ...]],
    limits: IntakeLimits,
) -> ParsedList:
    rows = [answer for answer in answers if isinstance(answer, MemberRow)]
    errors = [
        error
        for answer in answers
        if not isinstance(answer, MemberRow)
        for error in answer
    ]
    errors = sorted([*errors, *duplicate_errors(rows)], key=lambda error: error.line)
    wrong = {error.line for error in errors}
    return ParsedList(
        encoding=encoding,
        rows=tuple(row for row in rows if row.line not in wrong),
        errors=tuple(errors[: limits.errors]),
        row_count=len(answers),
        error_count=len(errors),
    )


def _read_line(
    number: int,
    cells: list[str],
    columns: tuple[Column, ...],
    rules: RowRules,
    limits: IntakeLimits,
) -> MemberRow | tuple[LineError, ...]:
    if len(cells) != len(columns):
        return (
            _wrong_line(
                number,
                Words(
                    f"列の数が見出しと違います（{len(cells)}、見出しは{len(columns)}）。",
                    f"It has {len(cells)} cells under {len(columns)} headings.",
                ),
                Words(
                    "コンマの過不足を確かめてください。値の中のコンマは引用符で"
                    "囲みます。",
                    "Check the commas; one inside a value needs quotation marks.",
                ),
            ),
        )
    told = dict(zip(columns, cells, strict=True))
    too_long = _too_long(number, told, limits)
    return too_long or read_row(number, told, rules)


def _too_long(
    number: int, told: Mapping[Column, str], limits: IntakeLimits
) -> tuple[LineError, ...]:
    return tuple(
        LineError(
            number,
            column.value,
            Words(
                f"{limits.cell_characters}文字を超えています。",
                f"It exceeds {limits.cell_characters} characters.",
            ),
            Words("値を確かめてください。", "Check the value."),
        )
        for column, cell in told.items()
        if len(cell) > limits.cell_characters
    )


_SEND_ROWS = Words(
    "見出しと1行以上の加入者を書いて送ってください。",
    "Send a heading line and at least one member.",
)


def _wrong_line(number: int, reason: Words, fix: Words) -> LineError:
    return LineError(number, "line", reason, fix)


def _refused(reason: Words, fix: Words) -> MalformedError:
    return MalformedError(FILE, reason, fix)


def _too_large(limit: Words) -> MalformedError:
    return _refused(
        Words(f"{limit.ja}を超えています。", f"It exceeds {limit.en}."),
        Words("ファイルを分けて送ってください。", "Send it in several files."),
    )
