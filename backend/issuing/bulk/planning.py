"""What a run would do with each line of a list, chunk by chunk; nothing is written."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from backend.domain.insurer_number import InsurerNumber
from backend.interchange.list_stream import OpenList
from backend.interchange.order_columns import OrderColumn
from backend.interchange.order_row import OrderReader
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.intake import Order, order_rows, read_heading
from backend.issuing.bulk.lines import CHUNKS, chunks, open_chunk
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
    rows = order_rows(columns, source.rows)
    kept = [it.value for it in columns if it]
    return _planned(bulk, order, kept, chunks(rows, CHUNKS[order.kind]))


def planned_run(bulk: Bulk, run: Run, at: datetime) -> Iterator[Decided]:
    """The same of a run's lines that are not decided yet: for whoever approves it."""
    order = Order(run.insurer, run.kind, run.asked, run.key, run.made_by, at)
    return _planned(bulk, order, run.columns.split(","), _undecided(bulk, run))


def _undecided(bulk: Bulk, run: Run) -> Iterator[Sequence[Row]]:
    number = -1
    while True:
        with bulk.issuer.store.reading() as tx:
            following = tx.chunks_to_decide(run.id, number, 1)
            chunk = tx.chunk(run.id, following[0]) if following else None
        if chunk is None:
            return
        number = chunk.number
        yield open_chunk(bulk.safe, run.id, chunk)


def _planned(
    bulk: Bulk, order: Order, columns: Sequence[str], rows: Iterator[Sequence[Row]]
) -> Iterator[Decided]:
    plan = _PLANS[order.kind](bulk, order, columns)
    with bulk.issuer.store.aside() as served:
        for chunk in rows:
            with bulk.issuer.store.reading() as tx:
                outcomes = plan(tx, chunk, served)
            yield decided(outcomes)


def _issuing(bulk: Bulk, order: Order, columns: Sequence[str]) -> _Plan:
    known = [OrderColumn(name) for name in columns]
    reader = OrderReader(known, InsurerNumber.parse(order.insurer))
    run = Run("", order.insurer, order.kind, "", order.asked, "", "", "", order.at)
    preparing = Preparing(bulk.issuer, run, reader)

    def plan(tx: Transaction, rows: Sequence[Row], served: Aside) -> list[Outcome]:
        prepared = preparing.prepare(tx, rows, order.at, served)
        return [_without_serial(it) for it in prepared.outcomes]

    return plan


def _without_serial(outcome: Outcome) -> Outcome:
    """A certificate that would be issued has no serial yet."""
    return done(outcome[0], "", outcome[3]) if is_done(outcome) else outcome


def _withdrawing(bulk: Bulk, order: Order, columns: Sequence[str]) -> _Plan:
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


_PLANS: dict[RunKind, Callable[[Bulk, Order, Sequence[str]], _Plan]] = {
    RunKind.ISSUE: _issuing,
    RunKind.WITHDRAW: _withdrawing,
}
