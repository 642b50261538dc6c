"""The columns of a list that orders certificates: which are read, which are passed by.

The list may be the member list itself (`columns.Column`): what the register knows is
passed by, and never kept. Its own columns say why a paper is ordered and what the
person wishes on it.
"""

from collections.abc import Sequence
from enum import Enum

from backend.interchange.columns import Column, column_of, fold_heading
from backend.interchange.heading import read_columns


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
_READ = {column.value for column in OrderColumn}
_KNOWN = [*OrderColumn, *(column for column in Column if column.value not in _READ)]
_REQUIRED = (OrderColumn.INSURER_NUMBER, OrderColumn.NUMBER, OrderColumn.BIRTH_ON)


def read_order_heading(cells: Sequence[str]) -> tuple[OrderColumn | None, ...]:
    """The columns in the order of the file; None for one that is passed by.

    Raises MalformedError as `read_columns` does.
    """
    found = read_columns(cells, _column, _KNOWN, _REQUIRED)
    return tuple(it if isinstance(it, OrderColumn) else None for it in found)


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
