"""資格情報のお知らせ for those of a list who can use their card and are covered."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from backend.domain.charge import CopayRatio
from backend.domain.codes import Relation, Sex
from backend.domain.entitlement import CardStatus
from backend.domain.insurer_number import InsurerNumber
from backend.domain.japan_time import japan_day
from backend.domain.paper_order import PaperOrder
from backend.domain.recorded_copay import copay_from_seventy
from backend.interchange.list_stream import OpenList
from backend.interchange.member_row import LineError
from backend.interchange.order_columns import read_order_heading
from backend.interchange.order_row import OrderLine, OrderReader
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.intake import Order, order_rows
from backend.issuing.bulk.lines import chunks
from backend.issuing.bulk.matching import match
from backend.issuing.due import NotDue, is_due
from backend.printing.notices import Notice, print_notices
from backend.storage.periods import read_periods
from backend.storage.rows import Insurer
from backend.storage.run_rows import RegisterLine
from backend.storage.store import Transaction

PART = 100  # notices printed at once


class NoticePart(NamedTuple):
    """Some pages, the line of the list that each is for, and the lines without one."""

    pdf: bytes
    lines: Sequence[int]
    without: Sequence[int]


def notices(bulk: Bulk, order: Order, source: OpenList) -> Iterator[NoticePart]:
    """A notice for everyone on the list whose card is usable and who is covered today.

    Nothing is written: a notice is no certificate. Raises MalformedError where the
    list cannot be read as a whole, NotFoundError for an insurer that is not registered.
    """
    columns = read_order_heading(source.heading)
    number = InsurerNumber.parse(order.insurer)
    reader = OrderReader([it for it in columns if it], number)
    for rows in chunks(order_rows(columns, source.rows), PART):
        with bulk.issuer.store.reading() as tx:
            told = [
                (line, _notice(tx, order, reader.read(line, cells), line))
                for line, cells in rows
            ]
        made = [(line, it) for line, it in told if it is not None]
        pdf = print_notices([it for _, it in made]) if made else b""
        without = [line for line, it in told if it is None]
        yield NoticePart(pdf, [line for line, _ in made], without)


def _notice(
    tx: Transaction, order: Order, asked: OrderLine | list[LineError], line: int
) -> Notice | None:
    if isinstance(asked, list):
        return None
    terms, number_key, *_ = asked
    on = japan_day(order.at)
    rows = tx.registered_numbers(order.insurer, [(terms.symbol_key, number_key)], on)
    found = match(line, asked, list(map(RegisterLine._make, rows)), on.isoformat())
    insurer = tx.insurer(order.insurer)
    if isinstance(found, LineError) or insurer is None:
        return None
    status = terms.status or CardStatus(found.card_status)
    due = is_due(tx, found, status, PaperOrder.EX_OFFICIO, on, order.at)
    if not isinstance(due, NotDue) or due.code != "card-usable":
        return None
    return _drawn(insurer, found, on)


def _drawn(insurer: Insurer, found: RegisterLine, on: date) -> Notice:
    number = InsurerNumber.parse(insurer.number)
    birth_on = date.fromisoformat(found.birth_on)
    ratios = read_periods(CopayRatio, found.copay)
    ratio = copay_from_seventy(ratios, number.scheme, birth_on, on)
    return Notice(
        insurer_number=number,
        insurer_name=insurer.name,
        number=found.number,
        name=found.kanji,
        kana=found.kana,
        birth_on=birth_on,
        acquired_on=date.fromisoformat(found.acquired_on),
        issued_on=on,
        symbol=found.symbol,
        branch=found.branch,
        sex=Sex(found.sex),
        relation=Relation(found.relation) if found.relation else None,
        copay_ratio=ratio.value if ratio else None,
        copay_from_on=ratio.from_on if ratio else None,
    )
