"""One person told twice in a list: only for days apart, as after a change of work."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from itertools import pairwise

from backend.domain.words import Words
from backend.interchange.columns import Column
from backend.interchange.member_row import LineError, MemberRow

_SHOWN = 5  # how many other lines an error names


def duplicate_errors(rows: Iterable[MemberRow]) -> list[LineError]:
    """An error for every line that shares its person with others, naming those."""
    sharing: dict[tuple[Column, Hashable], list[MemberRow]] = defaultdict(list)
    for row in rows:
        for column, key in _names(row):
            sharing[column, key].append(row)
    return [
        _shared(row.line, column, [other.line for other in named if other is not row])
        for (column, _), named in sharing.items()
        if not _is_one_person_on_days_apart(named)
        for row in named
    ]


def _is_one_person_on_days_apart(named: list[MemberRow]) -> bool:
    in_order = sorted(named, key=lambda row: (row.acquired_on, row.lost_on or date.max))
    return all(
        before.birth_on == after.birth_on
        and before.lost_on is not None
        and before.lost_on <= after.acquired_on
        for before, after in pairwise(in_order)
    )


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
            "1人1行にしてください（期間の重ならない前の資格と新しい資格は2行に）。"
            "家族や双子は枝番で区別してください。",
            "Keep one line a person (two for coverages on days apart); tell family and"
            " twins apart by branch.",
        ),
    )
