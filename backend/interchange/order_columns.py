"""The columns of a list that orders certificates: which are read, which are passed by.

The list may be the member list itself (`columns.Column`): what the register knows is
passed by, and never kept. Its own columns say why a paper is ordered and what the
person wishes on it.
"""

from collections.abc import Sequence
from enum import Enum

from backend.domain.errors import MalformedError
from backend.domain.words import Words
from backend.interchange.columns import Column, column_of, fold_heading
from backend.interchange.heading import HEADING


class OrderColumn(Enum):
    """A column of an order list that is read; the value is its wire name."""

    INSURER_NUMBER = "insurer_number"
    SYMBOL = "symbol"
    NUMBER = "number"
    BRANCH = "branch"
    NAME = "name"
    KANA = "kana"
    BIRTH_ON = "birth_on"
    CARD_STATUS = "card_status"
    ORDER = "order"
    WANTS_LIMIT = "wants_limit"
    WANTS_DISEASES = "wants_diseases"

    @property
    def japanese(self) -> str:
        """The Japanese heading: what a message calls the column."""
        own = _OWN.get(self)
        return own[0] if own else Column(self.value).japanese


_OWN = {
    OrderColumn.ORDER: ("交付事由", "交付理由"),
    OrderColumn.WANTS_LIMIT: ("限度区分の記載希望", "限度額区分の記載希望"),
    OrderColumn.WANTS_DISEASES: ("特定疾病の記載希望",),
}
_BY_HEADING = {
    fold_heading(heading): column
    for column, headings in _OWN.items()
    for heading in (*headings, column.value)
}
_REQUIRED = (OrderColumn.INSURER_NUMBER, OrderColumn.NUMBER, OrderColumn.BIRTH_ON)


def read_order_heading(cells: Sequence[str]) -> tuple[OrderColumn | None, ...]:
    """The columns in the order of the file; None for one that is passed by.

    Raises MalformedError: no heading line, a column that is unknown or stands twice,
    or a required one that is missing. Columns are named by place, never quoted.
    """
    places = [_column(cell) for cell in cells]
    unknown = [place for place, found in enumerate(places, 1) if found is None]
    if len(unknown) == len(places):
        raise MalformedError(HEADING, _NO_HEADING, _PUT_HEADINGS)
    if unknown:
        raise _unknown(unknown)
    known = [found for found in places if found is not None]
    twice = {found for found in known if known.count(found) > 1}
    if twice:
        raise _named(_TWICE, _KEEP_ONE, [it.japanese for it in twice])
    missing = [column for column in _REQUIRED if column not in known]
    if missing:
        raise _named(_MISSING, _ADD, [column.japanese for column in missing])
    return tuple(it if isinstance(it, OrderColumn) else None for it in known)


def _column(heading: str) -> OrderColumn | Column | None:
    own = _BY_HEADING.get(fold_heading(heading))
    if own is not None:
        return own
    column = column_of(heading)
    if column is None:
        return None
    try:
        return OrderColumn(column.value)
    except ValueError:
        return column


_NO_HEADING = Words("1行目に見出しがありません。", "The first line has no headings.")
_PUT_HEADINGS = Words(
    f"1行目に見出しを置いてください: {'、'.join(c.japanese for c in _REQUIRED)} など",
    f"Put headings in the first line: {', '.join(c.value for c in _REQUIRED)}, …",
)
_TWICE = Words("同じ列が2回あります", "A column stands twice")
_KEEP_ONE = Words("どちらか1列だけにしてください。", "Keep one of the two.")
_MISSING = Words("必要な列がありません", "A required column is missing")
_ADD = Words("その列を加えてください。", "Add it.")


def _named(reason: Words, fix: Words, names: Sequence[str]) -> MalformedError:
    listed = "、".join(sorted(names))
    return MalformedError(
        HEADING, Words(f"{reason.ja}: {listed}", f"{reason.en}: {listed}"), fix
    )


def _unknown(places: Sequence[int]) -> MalformedError:
    listed = ", ".join(map(str, places))
    known = [*Column, *_OWN]
    return MalformedError(
        HEADING,
        Words(
            f"知らない見出しの列があります（左から {listed} 列目）。",
            f"Headings that we do not know, counted from the left: {listed}.",
        ),
        Words(
            "見出しを直すか、その列を除いてください。使える見出し: "
            + "、".join(column.japanese for column in known),
            "Mend the heading or remove the column. Known: "
            + ", ".join(column.value for column in known),
        ),
    )
