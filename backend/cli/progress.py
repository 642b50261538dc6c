"""A bar for long work: how far, how fast, how long still; plain lines without a tty."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Task as Bar
from rich.text import Text

from backend.storage.run_rows import RunCounts

Watch = Callable[[RunCounts], None]


class _Rate(ProgressColumn):
    """Lines a second, lately."""

    def render(self, task: Bar) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f} 行/秒 lines/s")


@contextmanager
def progress(label: str, lines: int | None) -> Iterator[Watch]:
    """Show how far a run of so many lines is, on standard error."""
    bar = Progress(
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[counts]}"),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(label, total=lines, counts="")

        def watch(counts: RunCounts) -> None:
            said = f"✓{counts.done:,} –{counts.skipped:,} ✗{counts.rejected:,}"
            bar.update(task, completed=counts.decided, counts=said)

        yield watch
