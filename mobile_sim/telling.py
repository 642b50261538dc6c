"""The story in the terminal: Japanese first, then English, with or without colour."""

import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

import segno
from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from backend.domain.words import Words
from mobile_sim.screen import rows_of
from mobile_sim.verdict_line import verdict_line

_WIDTH_OF_A_PIPE = 100


def console_on(stream: TextIO) -> Console:
    """A console that a pipe, a file or a terminal without colour can take.

    Text leaves as UTF-8 whatever the locale says: an ASCII pipe would stop the story
    at its first word.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")
    width = None if stream.isatty() else _WIDTH_OF_A_PIPE
    return Console(file=stream, width=width, highlight=False, emoji=False, markup=False)


class Telling:
    """Says what happens and what people see; counts the steps."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or console_on(sys.stdout)
        self._step = 0

    def title(self, words: Words) -> None:
        """The first line of the story."""
        self._console.rule(Text(words.ja, style="bold"))
        self._console.print(Text(words.en, style="dim"), justify="center")

    def step(self, words: Words) -> None:
        """The next step begins."""
        self._step += 1
        self._console.print()
        line = Text(f"[{self._step:>2}] ", style="bold cyan")
        self._console.print(line.append(words.ja, style="bold"))
        self._console.print(Text(f"     {words.en}", style="dim"))

    def note(self, ja: str, en: str = "") -> None:
        """Something that happens within a step; English below where both are long."""
        line = Text(f"     ・{ja}")
        beside, below = Text(f"  {en}", style="dim"), Text(f"       {en}", style="dim")
        if line.cell_len + beside.cell_len <= self._console.width:
            self._console.print(line + beside)
        else:
            self._console.print(line)
            self._console.print(below)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A small table, such as the counts of a preview; heads of two lines."""
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        for head in heads:
            table.add_column(head, overflow="fold")
        for row in rows:
            table.add_row(*(str(cell) for cell in row))
        self._console.print(Padding(table, (0, 0, 0, 5)))

    def code(self, text: str) -> None:
        """A phone's code as a QR symbol, as it lights up on the phone."""
        symbol = io.StringIO()
        segno.make(text, error="m", micro=False, boost_error=False).terminal(
            symbol, border=2, compact=True
        )
        for line in symbol.getvalue().splitlines():
            self._console.print(Text(f"     {line}", no_wrap=True))

    def answer(self, answer: Mapping[str, Any], place: str) -> None:
        """The screen at the desk `place`: what the clinic sees and what to do."""
        line = verdict_line(answer["outcome"])
        style = line.light.style
        details = Table.grid(padding=(0, 2))
        details.add_column(style="dim", no_wrap=True)
        details.add_column(overflow="fold")
        for label, text in rows_of(answer):
            details.add_row(label, text)
        screen = Group(Text(str(line), style=style), details)
        self._console.print(
            Panel(screen, title=place, title_align="left", border_style=style)
        )

    def addresses(self, addresses: Iterable[tuple[Words, str]]) -> None:
        """Where to look further."""
        self._console.print()
        for words, address in addresses:
            line = Text(f"  {address}", style="bold", no_wrap=True)
            self._console.print(line)
            self._console.print(Text(f"      {words}", style="dim"))

    def failure(self, text: str) -> None:
        """The story broke a promise."""
        self._console.print(Text(f"✗ {text}", style="bold red"))
