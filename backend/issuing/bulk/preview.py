"""A dry run: how many lines would be done, and why the others would not.

Nothing is written, not even the list. Who or what was found is set aside while the
list is read, so that what stands in it twice is told.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from backend.interchange.list_stream import OpenList
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.intake import Order, no_lines
from backend.issuing.bulk.outcomes import LineOutcome, LineResult, read_outcomes
from backend.issuing.bulk.planning import planned, planned_run
from backend.storage.run_rows import Decided, Run, RunCounts, RunState

SHOWN = 100  # lines of each result that are told one by one; all are counted
_NOTHING = RunCounts(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run would do: `done` counts what would be issued, or take its step.

    `reasons` counts the other lines by code (skipped) or field (rejected); `shown`
    holds the first lines of each result.
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
    found = _Found()
    for told in planned(bulk, order, source):
        found.add(told)
        watch(found.counts)
    if not found.counts.decided:
        raise no_lines()
    return found.told(source.encoding, found.counts.decided > bulk.approval_above)


def preview_run(bulk: Bulk, run: Run, at: datetime) -> Preview:
    """What a run would do with the lines that are not decided yet."""
    found = _Found()
    for told in planned_run(bulk, run, at):
        found.add(told)
    return found.told(run.encoding, run.state is RunState.AWAITING_APPROVAL)


def _empty() -> dict[LineResult, list[LineOutcome]]:
    return {result: [] for result in LineResult}


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    counts: RunCounts = _NOTHING
    reasons: Counter[str] = field(default_factory=Counter)
    shown: dict[LineResult, list[LineOutcome]] = field(default_factory=_empty)

    def add(self, told: Decided) -> None:
        """Count a chunk, and keep the first lines of each result."""
        self.counts = self.counts.plus(told)
        for outcome in read_outcomes(told.outcomes):
            self.reasons.update(_reasons(outcome))
            kept = self.shown[outcome.result]
            if len(kept) < SHOWN:
                kept.append(outcome)

    def told(self, encoding: str, awaits_approval: bool) -> Preview:
        """All of it; the lines that are told one by one as the list has them."""
        kept = (it for of_result in self.shown.values() for it in of_result)
        shown = tuple(sorted(kept, key=lambda it: it.line))
        return Preview(
            encoding, self.counts, dict(self.reasons), shown, awaits_approval
        )


def _reasons(outcome: LineOutcome) -> Iterator[str]:
    if outcome.code is not None:
        yield outcome.code
    for error in outcome.errors:
        yield error.field
