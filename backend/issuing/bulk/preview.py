"""A dry run: how many lines would get a certificate, and why the others would not.

Nothing is written, not even the list. People are remembered while the list is read, so
that who stands in it twice is told.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from backend.domain.insurer_number import InsurerNumber
from backend.interchange.list_stream import OpenList
from backend.interchange.order_columns import read_order_heading
from backend.interchange.order_row import OrderReader
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.intake import Order, no_lines, order_rows
from backend.issuing.bulk.lines import CHUNKS, chunks
from backend.issuing.bulk.outcomes import (
    LineOutcome,
    LineResult,
    decided,
    read_outcomes,
)
from backend.issuing.bulk.preparing import Preparing
from backend.storage.run_rows import Run, RunCounts, RunKind

SHOWN = 100  # lines that are told one by one; all are counted


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run would do: `done` counts what would be issued.

    `reasons` counts the other lines by code (skipped) or field (rejected); `shown`
    holds the first of them.
    """

    encoding: str
    counts: RunCounts
    reasons: dict[str, int]
    shown: tuple[LineOutcome, ...]
    awaits_approval: bool


def preview(
    bulk: Bulk,
    order: Order,
    source: OpenList,
    watch: Callable[[RunCounts], None] = lambda counts: None,
) -> Preview:
    """Read a list as a run of this order would, and say what would become of it.

    Raises MalformedError where the list cannot be read as a whole, NotFoundError for
    an insurer that is not registered.
    """
    columns = read_order_heading(source.heading)
    reader = OrderReader(
        [it for it in columns if it], InsurerNumber.parse(order.insurer)
    )
    run = Run("", order.insurer, order.kind, "", order.asked, "", "", "", order.at)
    preparing = Preparing(bulk.issuer, run, reader)
    counts, reasons = RunCounts(0, 0, 0, 0), Counter[str]()
    shown: list[LineOutcome] = []
    served: dict[str, int] = {}
    for chunk in chunks(order_rows(columns, source.rows), CHUNKS[RunKind.ISSUE]):
        with bulk.issuer.store.reading() as tx:
            prepared = preparing.prepare(tx, chunk, order.at, served)
        told = decided(prepared.outcomes)
        counts = counts.plus(told)
        outcomes = read_outcomes(told.outcomes)
        others = [it for it in outcomes if it.result is not LineResult.DONE]
        reasons.update(reason for it in others for reason in _reasons(it))
        shown += islice(others, SHOWN - len(shown))
        watch(counts)
    if not counts.decided:
        raise no_lines()
    awaits = counts.decided > bulk.approval_above
    return Preview(source.encoding, counts, dict(reasons), tuple(shown), awaits)


def _reasons(outcome: LineOutcome) -> list[str]:
    if outcome.result is LineResult.REJECTED:
        return [error.field for error in outcome.errors]
    return [outcome.code or ""]
