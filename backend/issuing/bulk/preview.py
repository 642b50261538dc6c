"""A dry run: how many lines would get a certificate, and why the others would not.

Nothing is written, not even the list. Who was found is set aside while the list is
read, so that who stands in it twice is told.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
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
from backend.storage.run_rows import Decided, Run, RunCounts, RunKind

SHOWN = 100  # lines that are told one by one; all are counted
_NOTHING = RunCounts(0, 0, 0, 0)


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
    number = InsurerNumber.parse(order.insurer)
    reader = OrderReader([it for it in columns if it], number)
    run = Run("", order.insurer, order.kind, "", order.asked, "", "", "", order.at)
    preparing = Preparing(bulk.issuer, run, reader)
    found = _Found()
    with bulk.issuer.store.aside() as served:
        for chunk in chunks(order_rows(columns, source.rows), CHUNKS[RunKind.ISSUE]):
            with bulk.issuer.store.reading() as tx:
                prepared = preparing.prepare(tx, chunk, order.at, served)
            found.add(decided(prepared.outcomes))
            watch(found.counts)
    if not found.counts.decided:
        raise no_lines()
    awaits = found.counts.decided > bulk.approval_above
    return Preview(
        source.encoding, found.counts, dict(found.reasons), tuple(found.shown), awaits
    )


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    counts: RunCounts = _NOTHING
    reasons: Counter[str] = field(default_factory=Counter)
    shown: list[LineOutcome] = field(default_factory=list)

    def add(self, told: Decided) -> None:
        """Count a chunk, and keep some lines of those that get nothing."""
        self.counts = self.counts.plus(told)
        outcomes = read_outcomes(told.outcomes)
        others = [it for it in outcomes if it.result is not LineResult.DONE]
        self.reasons.update(reason for it in others for reason in _reasons(it))
        self.shown += islice(others, SHOWN - len(self.shown))


def _reasons(outcome: LineOutcome) -> list[str]:
    if outcome.result is LineResult.REJECTED:
        return [error.field for error in outcome.errors]
    return [outcome.code or ""]
