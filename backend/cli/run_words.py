"""How a run is told at the terminal and to programs."""

from typing import Any

from backend.domain.words import Words
from backend.issuing.bulk.runs import STATES
from backend.storage.run_rows import Run, RunCounts, RunKind

_DONE = {
    RunKind.ISSUE: Words("交付", "issued"),
    RunKind.WITHDRAW: Words("実施", "done"),
}


def counts_said(kind: RunKind, counts: RunCounts) -> Words:
    """The counts in one line."""
    done = _DONE[kind]
    return Words(
        f"{done.ja} {counts.done:,} ・ 対象外 {counts.skipped:,} ・ "
        f"誤り {counts.rejected:,}",
        f"{counts.done:,} {done.en}, {counts.skipped:,} skipped, "
        f"{counts.rejected:,} rejected",
    )


def run_said(run: Run, counts: RunCounts) -> Words:
    """A run in one line."""
    state, said = STATES[run.state], counts_said(run.kind, counts)
    return Words(
        f"{run.id} {state.ja} {counts.decided:,}/{run.lines:,}行 {said.ja}",
        f"{run.id} {state.en}, {counts.decided:,} of {run.lines:,} lines: {said.en}",
    )


def run_facts(run: Run, counts: RunCounts) -> dict[str, Any]:
    """A run as a program reads it."""
    return {
        "run_id": run.id,
        "kind": run.kind.value,
        "asked": run.asked,
        "state": run.state.value,
        "lines": run.lines,
        "decided": counts.decided,
        "done": counts.done,
        "skipped": counts.skipped,
        "rejected": counts.rejected,
        "made_by": run.made_by,
        "made_at": run.made_at.isoformat(),
        "approved_by": run.approved_by,
        "ended_at": run.ended_at and run.ended_at.isoformat(),
    }
