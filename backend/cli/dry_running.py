"""What a command over a list would do, told and not done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from backend.cli.opening import enrolled_insurer, opened, say
from backend.cli.progress import progress
from backend.cli.run_words import counts_said
from backend.interchange.list_limits import ListLimits
from backend.interchange.list_stream import open_list
from backend.issuing.bulk.intake import Order
from backend.issuing.bulk.outcomes import LineOutcome
from backend.issuing.bulk.preview import Preview, preview
from backend.storage.run_rows import RunKind

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="何も書かずに、結果だけを示す / write nothing"
)


def tell_dry_run(
    insurer: str, file: Path, order_of: Callable[[str, str], Order], as_json: bool
) -> None:
    """Say what would become of each line; `order_of` is that of `run_list`."""
    with opened() as house, file.open("rb") as source:
        order = order_of(enrolled_insurer(house, insurer).digits, "")
        listed = open_list(source, ListLimits())
        with progress("確認 dry run", None) as watch:
            found = preview(house.rooms.bulk, order, listed, watch)
    _tell(order.kind, found, as_json)


def _tell(kind: RunKind, found: Preview, as_json: bool) -> None:
    said = counts_said(kind, found.counts)
    facts: dict[str, Any] = {
        "dry_run": True,
        "encoding": found.encoding,
        "lines": found.counts.decided,
        "done": found.counts.done,
        "skipped": found.counts.skipped,
        "rejected": found.counts.rejected,
        "reasons": found.reasons,
        "awaits_approval": found.awaits_approval,
    }
    lines = [line for it in found.shown for line in _lines(it)]
    ja = "\n".join([f"確認（{found.encoding}、何も書いていません）: {said.ja}", *lines])
    say(as_json, facts, ja, f"Dry run, nothing was written: {said.en}")


def _lines(told: LineOutcome) -> list[str]:
    """Why a line is not done; nothing of those that would be."""
    reasons = [told.reason] if told.reason else [it.reason for it in told.errors]
    return [f"  {told.line}行: {it.ja} / {it.en}" for it in reasons]
