"""One line of an order list: whose certificate, why, and what is wished on it.

A line is read twice only when something is wrong with it: the short way asks each cell
for its value and stops at the first that has none; the long way gathers every error.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from backend.domain.entitlement import CardStatus
from backend.domain.errors import MalformedError
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber, Scheme
from backend.domain.paper_order import PaperOrder
from backend.domain.wareki import parse_date
from backend.domain.words import Words
from backend.interchange import choices
from backend.interchange.member_row import LineError
from backend.interchange.order_columns import OrderColumn

LONGEST_CELL = 200  # characters; the longest value that is read, a name, has 40

_PADDING = " \u3000"
_FORMULA_TEXT = re.compile(r'="(.*)"')  # how spreadsheets are told to keep zeros
_PLAIN_NUMBER = re.compile("[0-9A-Za-z]{1,11}")  # 12 digits could be a My Number
_ANY_NUMBER = "00000000"


@dataclass(frozen=True, slots=True, eq=False)
class OrderTerms:
    """What a line orders, beside whose paper: one object for all lines in these words.

    `symbol_key` is folded, as the register finds it. `branch` and `status` are None
    where the list does not tell.
    """

    symbol_key: str
    branch: str | None
    status: CardStatus | None
    order: PaperOrder
    wants_limit: bool
    wants_diseases: bool


OrderLine = tuple[OrderTerms, str, str, str, str]
"""A line of an order list: its terms, number, birth date, name in kanji and in kana.

The number is folded, as the register finds it; the day is ISO text; names stand as in
the list, "" where it has none. No class of its own: a list has a million lines.
"""


class OrderReader:
    """Reads the cells of a list's columns; `columns` are those that are read."""

    def __init__(self, columns: Sequence[OrderColumn], insurer: InsurerNumber) -> None:
        self._width = width = len(columns)
        # A column that the list does not have is read in the empty cell put behind.
        place = {
            it: columns.index(it) if it in columns else width for it in OrderColumn
        }
        terms, own = _terms_readings(insurer), _own_readings(insurer)
        reads = terms | own
        self._reads = [(place[it], reads[it]) for it in OrderColumn]
        self._terms_cells = itemgetter(*(place[it] for it in terms))
        self._own_cells = itemgetter(*(place[it] for it in own))
        self._terms = _remembered(tuple(terms.values()))
        self._number_key = own[OrderColumn.NUMBER]

    def read(self, line: int, cells: Sequence[str]) -> OrderLine | list[LineError]:
        """The order of a line, or everything that is wrong with it."""
        if len(cells) != self._width:
            return [LineError(line, "line", *_WRONG_COUNT)]
        cells = [*cells, ""]
        number, birth_on, kanji, kana = self._own_cells(cells)
        try:
            return (
                self._terms(self._terms_cells(cells)),
                self._number_key(number),
                _birth_on(birth_on),
                _cell(kanji),
                _cell(kana),
            )
        except MalformedError:
            return [
                LineError(line, error.field, error.reason, error.fix)
                for error in self._errors(cells)
            ]

    def _errors(self, cells: Sequence[str]) -> Iterator[MalformedError]:
        for place, read in self._reads:
            try:
                read(cells[place])
            except MalformedError as error:
                yield error


_Read = Callable[[str], Any]


def _remembered(reads: Sequence[_Read]) -> Callable[[tuple[str, ...]], OrderTerms]:
    """How the cells of a line become its terms: words that recur are read once."""

    @lru_cache(4096)
    def terms(cells: tuple[str, ...]) -> OrderTerms:
        _, *values = [read(cell) for read, cell in zip(reads, cells, strict=True)]
        return OrderTerms(*values)

    return terms


def _terms_readings(insurer: InsurerNumber) -> dict[OrderColumn, _Read]:
    """How each cell becomes its value, in the order of `OrderTerms`."""

    def check_insurer(text: str) -> None:
        number = _required(OrderColumn.INSURER_NUMBER, _cell(text))
        if InsurerNumber.parse(number) != insurer:
            raise _of_another()

    def symbol_key(text: str) -> str:
        identity = InsuredIdentity.parse(_cell(text), _ANY_NUMBER, "", insurer)
        return identity.search_key[0]

    def branch(text: str) -> str | None:
        return InsuredIdentity.parse("", _ANY_NUMBER, _cell(text), insurer).branch

    return {
        OrderColumn.INSURER_NUMBER: check_insurer,
        OrderColumn.SYMBOL: symbol_key,
        OrderColumn.BRANCH: branch,
        OrderColumn.CARD_STATUS: _status,
        OrderColumn.ORDER: _order,
        OrderColumn.WANTS_LIMIT: _wish(OrderColumn.WANTS_LIMIT),
        OrderColumn.WANTS_DISEASES: _wish(OrderColumn.WANTS_DISEASES),
    }


def _own_readings(insurer: InsurerNumber) -> dict[OrderColumn, _Read]:
    """The same of what is a line's own, in the order of `OrderLine`."""
    is_late = insurer.scheme is Scheme.LATE_ELDERLY

    def number_key(text: str) -> str:
        if _PLAIN_NUMBER.fullmatch(text) and not is_late:
            return text  # as it would be folded
        number = _required(OrderColumn.NUMBER, _cell(text))
        return InsuredIdentity.parse("", number, "", insurer).search_key[1]

    return {
        OrderColumn.NUMBER: number_key,
        OrderColumn.BIRTH_ON: _birth_on,
        OrderColumn.NAME: _cell,
        OrderColumn.KANA: _cell,
    }


def _cell(text: str) -> str:
    """The text without the spaces around it, out of `="…"` too."""
    if len(text) > LONGEST_CELL:
        raise MalformedError(
            "line",
            Words(
                f"{LONGEST_CELL}文字を超える値があります。",
                f"A value exceeds {LONGEST_CELL} characters.",
            ),
            Words("値を確かめてください。", "Check the value."),
        )
    plain = text.strip(_PADDING)
    if not plain.startswith("="):
        return plain
    wrapped = _FORMULA_TEXT.fullmatch(plain)
    return wrapped[1].strip(_PADDING) if wrapped else plain


def _required(column: OrderColumn, text: str) -> str:
    if not text:
        raise MalformedError(
            column.value,
            Words("空欄です。", "It is empty."),
            Words("値を入力してください。", "Enter a value."),
        )
    return text


@lru_cache(65_536)  # birth dates: a hundred years have 36,500 days
def _birth_on(text: str) -> str:
    day = _required(OrderColumn.BIRTH_ON, _cell(text))
    return parse_date(day, OrderColumn.BIRTH_ON.value).isoformat()


def _status(text: str) -> CardStatus | None:
    status = _cell(text)
    return _CARD_STATUS(status) if status else None


def _order(text: str) -> PaperOrder:
    order = _cell(text)
    return _PAPER_ORDER(order) if order else PaperOrder.EX_OFFICIO


def _wish(column: OrderColumn) -> Callable[[str], bool]:
    choose = choices.chooser(column, choices.WISH)

    def wish(text: str) -> bool:
        wished = _cell(text)
        return choose(wished) if wished else False

    return wish


_WRONG_COUNT = (
    Words(
        "列の数が見出しと違います。",
        "It has more or fewer cells than there are headings.",
    ),
    Words(
        "コンマの過不足を確かめてください。値の中のコンマは引用符で囲みます。",
        "Check the commas; one inside a value needs quotation marks.",
    ),
)


def _of_another() -> MalformedError:
    return MalformedError(
        OrderColumn.INSURER_NUMBER.value,
        Words("別の保険者の行です。", "The row belongs to another insurer."),
        Words(
            "貴保険者の番号の行だけを送ってください。",
            "Send only rows of your own insurer number.",
        ),
    )


_CARD_STATUS = choices.chooser(OrderColumn.CARD_STATUS, choices.CARD_STATUS)
_PAPER_ORDER = choices.chooser(OrderColumn.ORDER, choices.PAPER_ORDER)
