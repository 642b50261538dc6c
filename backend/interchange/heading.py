"""The heading line of a list: which column stands where."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from backend.domain.errors import MalformedError
from backend.domain.words import Words
from backend.interchange.columns import REQUIRED, Column, column_of

HEADING = "heading"
"""The field that errors about the heading line name."""


class Headed(Protocol):
    """A column: its wire name, and what a message calls it."""

    @property
    def value(self) -> Any: ...
    @property
    def japanese(self) -> str: ...


C = TypeVar("C", bound=Headed)


def read_heading(cells: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a member list; see `read_columns`."""
    return read_columns(cells, column_of, tuple(Column), REQUIRED)


def read_columns(
    cells: Sequence[str],
    column_of: Callable[[str], C | None],
    known: Sequence[C],
    required: Sequence[C],
) -> tuple[C, ...]:
    """The columns in the order of the file.

    Raises MalformedError: no heading line, a column that is unknown or stands twice,
    or a required one that is missing. Columns are named by place, never quoted: in a
    list without headings the first line is somebody's.
    """
    places = [column_of(cell) for cell in cells]
    found = tuple(column for column in places if column is not None)
    if not found:
        raise _no_heading(required)
    if len(found) < len(places):
        unknown = [place for place, column in enumerate(places, 1) if column is None]
        raise _unknown(unknown, known)
    twice = [column for column in known if found.count(column) > 1]
    if twice:
        raise _named(_TWICE, _KEEP_ONE, twice)
    missing = [column for column in required if column not in found]
    if missing:
        raise _named(_MISSING, _ADD, missing)
    return found


_TWICE = Words("同じ列が2回あります", "There twice")
_KEEP_ONE = Words("どちらか1列だけにしてください。", "Keep one of the two.")
_MISSING = Words("必要な列がありません", "Missing")
_ADD = Words("その列を加えてください。", "Add them.")


def _names(columns: Sequence[Headed]) -> Words:
    return Words(
        "、".join(column.japanese for column in columns),
        ", ".join(column.value for column in columns),
    )


def _no_heading(required: Sequence[Headed]) -> MalformedError:
    names = _names(required)
    return MalformedError(
        HEADING,
        Words("1行目に見出しがありません。", "The first line has no headings."),
        Words(
            f"1行目に見出しを置いてください: {names.ja} など",
            f"Put headings in the first line: {names.en}, …",
        ),
    )


def _named(reason: Words, fix: Words, columns: Sequence[Headed]) -> MalformedError:
    names = _names(columns)
    told = Words(f"{reason.ja}: {names.ja}", f"{reason.en}: {names.en}")
    return MalformedError(HEADING, told, fix)


def _unknown(places: Sequence[int], known: Sequence[Headed]) -> MalformedError:
    listed, names = ", ".join(map(str, places)), _names(known)
    return MalformedError(
        HEADING,
        Words(
            f"知らない見出しの列があります（左から {listed} 列目）。",
            f"Headings that we do not know, counted from the left: {listed}.",
        ),
        Words(
            f"見出しを直すか、その列を除いてください。使える見出し: {names.ja}",
            f"Mend the heading or remove the column. Known: {names.en}",
        ),
    )
