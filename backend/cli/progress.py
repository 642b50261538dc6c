"""How far long work is, how fast, how long still: a bar, or lines where none shows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic

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

BETWEEN_LINES = 10.0  # seconds, where a log is written and no bar can be drawn


class _Rate(ProgressColumn):
    """Lines a second, lately."""

    def render(self, task: Bar) -> Text:
        return Text(_pace(task))


def _pace(task: Bar) -> str:
    speed = task.finished_speed or task.speed
    return "" if speed is None else f"{speed:,.0f} 行/秒 lines/s"


@contextmanager
def progress(
    label: str, lines: int | None, get_time: Callable[[], float] = monotonic
) -> Iterator[Watch]:
    """Show how far a run of so many lines is, on standard error.

    `get_time` tells seconds that only grow.
    """
    console = Console(stderr=True)
    bar = Progress(
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[counts]}"),
        console=console,
        transient=True,
        get_time=get_time,
        disable=not console.is_terminal,
    )
    told_at = get_time()
    with bar:
        task = bar.add_task(label, total=lines, counts="")

        def watch(counts: RunCounts) -> None:
            nonlocal told_at
            said = f"✓{counts.done:,} –{counts.skipped:,} ✗{counts.rejected:,}"
            bar.update(task, completed=counts.decided, counts=said)
            if bar.disable and get_time() - told_at >= BETWEEN_LINES:
                told_at = get_time()
                console.print(_line(bar.tasks[0]), soft_wrap=True)

        yield watch


def _line(task: Bar) -> str:
    """The same as the bar, in words."""
    of = "" if task.total is None else f"/{task.total:,.0f}"
    left = task.time_remaining
    said = [
        f"{task.description} {task.completed:,.0f}{of}",
        _pace(task),
        "" if left is None else f"残り left {timedelta(seconds=round(left))}",
        task.fields["counts"],
    ]
    return " ・ ".join(filter(None, said))
