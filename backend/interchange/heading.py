"""The heading line of a member list: which column stands where."""

from backend.domain.errors import MalformedError
from backend.domain.words import Words
from backend.interchange.columns import REQUIRED, Column, column_of

HEADING = "heading"
"""The field that errors about the heading line name."""


def read_heading(cells: list[str]) -> tuple[Column, ...]:
    """The columns in the order of the file.

    Raises MalformedError: no heading line, a column that is unknown or stands twice,
    or a required one that is missing. Columns are named by place, never quoted: in a
    list without headings the first line is somebody's.
    """
    columns = [column_of(cell) for cell in cells]
    known = tuple(column for column in columns if column is not None)
    if not known:
        raise MalformedError(HEADING, _NO_HEADING, _PUT_HEADINGS)
    if len(known) < len(columns):
        unknown = [place for place, column in enumerate(columns, 1) if column is None]
        raise _unknown(unknown)
    twice = [column for column in Column if known.count(column) > 1]
    if twice:
        raise _named(_TWICE, _KEEP_ONE, twice)
    missing = [column for column in REQUIRED if column not in known]
    if missing:
        raise _named(_MISSING, _ADD, missing)
    return known


_NO_HEADING = Words("1行目に見出しがありません。", "The first line has no headings.")
_PUT_HEADINGS = Words(
    f"1行目に見出しを置いてください: {'、'.join(c.japanese for c in REQUIRED)} など",
    f"Put headings in the first line: {', '.join(c.value for c in REQUIRED)}, …",
)
_TWICE = Words("同じ列が2回あります", "There twice")
_KEEP_ONE = Words("どちらか1列だけにしてください。", "Keep one of the two.")
_MISSING = Words("必要な列がありません", "Missing")
_ADD = Words("その列を加えてください。", "Add them.")


def _named(reason: Words, fix: Words, columns: list[Column]) -> MalformedError:
    return MalformedError(
        HEADING,
        Words(
            f"{reason.ja}: {'、'.join(column.japanese for column in columns)}",
            f"{reason.en}: {', '.join(column.value for column in columns)}",
        ),
        fix,
    )


def _unknown(places: list[int]) -> MalformedError:
    listed = ", ".join(str(place) for place in places)
    return MalformedError(
        HEADING,
        Words(
            f"知らない見出しの列があります（左から {listed} 列目）。",
            f"Headings that we do not know, counted from the left: {listed}.",
        ),
        Words(
            "見出しを直すか、その列を除いてください。使える見出し: "
            + "、".join(column.japanese for column in Column),
            "Mend the heading or remove the column. Known: "
            + ", ".join(column.value for column in Column),
        ),
    )
