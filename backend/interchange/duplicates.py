"""One person told twice in a list, which may be said only once."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from backend.domain.words import Words
from backend.interchange.columns import Column
from backend.interchange.member_row import LineError, MemberRow

_SHOWN = 5  # how many other lines an error names


def duplicate_errors(rows: Iterable[MemberRow]) -> list[LineError]:
    """An error for every line that shares its person with others, naming those."""
    sharing: dict[tuple[Column, Hashable], list[int]] = defaultdict(list)
    for row in rows:
        for column, key in _names(row):
            sharing[column, key].append(row.line)
    return [
        _shared(line, column, [other for other in lines if other != line])
        for (column, _), lines in sharing.items()
        if len(lines) > 1
        for line in lines
    ]


def _names(row: MemberRow) -> Iterator[tuple[Column, Hashable]]:
    """What belongs to one person alone: numbers with birth date, branch, My Number.

    A branch that was lost may be another's by now; without a branch, a family shares
    symbol and number.
    """
    numbers = (row.identity.search_key, row.identity.branch)
    yield Column.NUMBER, (*numbers, row.birth_on)
    if row.identity.branch and row.lost_on is None:
        yield Column.BRANCH, numbers
    if row.my_number:
        yield Column.MY_NUMBER, row.my_number


def _shared(line: int, column: Column, others: list[int]) -> LineError:
    listed = ", ".join(str(other) for other in others[:_SHOWN])
    return LineError(
        line,
        column.value,
        Words(
            f"{listed}行目と同じ人を指しています（{column.japanese}）。",
            f"It names the same person as line {listed} ({column.value}).",
        ),
        Words(
            "1人1行にしてください。家族や双子は枝番で区別してください。",
            "Keep one line a person; tell family and twins apart by branch.",
        ),
    )
