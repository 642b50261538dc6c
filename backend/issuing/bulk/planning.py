"""What a run would do with each line of a list, chunk by chunk; nothing is written."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from backend.domain.insurer_number import InsurerNumber
from backend.interchange.list_stream import OpenList
from backend.interchange.order_row import OrderReader
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.intake import Order, order_rows, read_heading
from backend.issuing.bulk.lines import CHUNKS, chunks
from backend.issuing.bulk.outcomes import Outcome, decided, done, is_done, skipped
from backend.issuing.bulk.preparing import Preparing, Row
from backend.issuing.bulk.withdrawing import ALREADY, judge_line, read_asked
from backend.storage.aside import Aside
from backend.storage.run_rows import Decided, Run, RunKind
from backend.storage.store import Transaction

_Plan = Callable[[Transaction, Sequence[Row], Aside], list[Outcome]]


def planned(bulk: Bulk, order: Order, source: OpenList) -> Iterator[Decided]:
    """What would become of the lines, in their order.

    Raises MalformedError where the list cannot be read as a whole.
    """
    columns = read_heading(order.kind, source.heading)
    plan = _PLANS[order.kind](bulk, order, [it for it in columns if it])
    rows = order_rows(columns, source.rows)
    with bulk.issuer.store.aside() as served:
        for chunk in chunks(rows, CHUNKS[order.kind]):
            with bulk.issuer.store.reading() as tx:
                outcomes = plan(tx, chunk, served)
            yield decided(outcomes)


def _issuing(bulk: Bulk, order: Order, columns: Sequence[Any]) -> _Plan:
    reader = OrderReader(columns, InsurerNumber.parse(order.insurer))
    run = Run("", order.insurer, order.kind, "", order.asked, "", "", "", order.at)
    preparing = Preparing(bulk.issuer, run, reader)

    def plan(tx: Transaction, rows: Sequence[Row], served: Aside) -> list[Outcome]:
        prepared = preparing.prepare(tx, rows, order.at, served)
        return [_without_serial(it) for it in prepared.outcomes]

    return plan


def _without_serial(outcome: Outcome) -> Outcome:
    """A certificate that would be issued has no serial yet."""
    return done(outcome[0], "", outcome[3]) if is_done(outcome) else outcome


def _withdrawing(bulk: Bulk, order: Order, columns: Sequence[Any]) -> _Plan:
    kind, _ = read_asked(order.asked)

    def plan(tx: Transaction, rows: Sequence[Row], served: Aside) -> list[Outcome]:
        judged = (judge_line(tx, order.insurer, kind, row)[0] for row in rows)
        return [_once(it, served) for it in judged]

    return plan


def _once(outcome: Outcome, served: Aside) -> Outcome:
    """A step that an earlier line of the list takes is not taken again."""
    if not is_done(outcome):
        return outcome
    line, _, serial, _ = outcome
    if serial in served:
        return skipped(line, ALREADY, serial)
    served[serial] = line
    return outcome


_PLANS: dict[RunKind, Callable[[Bulk, Order, Sequence[Any]], _Plan]] = {
    RunKind.ISSUE: _issuing,
    RunKind.WITHDRAW: _withdrawing,
}
