"""A face: what stands where on one side of a paper. Lengths in mm, type in points."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from backend.printing.fitting import Box, Line, fit
from backend.printing.typeface import MM_PER_POINT, width_of

Drawn = tuple[float | str | bool, ...]


class Tone(Enum):
    """In which colour something stands; the template has the colours."""

    INK = "ink"
    ACCENT = "accent"
    QUIET = "quiet"
    PALE = "pale"


class Cell(NamedTuple):
    """One item: its label, and the box and largest type of its value.

    `at_top`: the value hangs from the upper edge of its box. `is_last_framed`: a frame
    marks its last character.
    """

    item: str
    label: str
    label_box: Box
    label_size: float
    box: Box
    size: float
    at_top: bool = False
    is_last_framed: bool = False

    def label_lines(self) -> list[Line]:
        """The label, in its place; none for an item that needs none."""
        if not self.label:
            return []
        return fit(self.label, self.label_box, self.label_size)

    def value_lines(self, value: str) -> list[Line]:
        """A value, in its place."""
        return fit(value, self.box, self.size, at_top=self.at_top)

    def moved_down(self, by: float) -> "Cell":
        """The same, so many mm further down."""
        return self._replace(
            label_box=self.label_box.moved_down(by), box=self.box.moved_down(by)
        )


class Text(NamedTuple):
    """Words that stand on every paper."""

    text: str
    box: Box
    size: float
    tone: Tone = Tone.QUIET

    def lines(self) -> list[Line]:
        """The words, in their place."""
        return fit(self.text, self.box, self.size)


class Rule(NamedTuple):
    """A horizontal rule, or a frame where it has a height."""

    box: Box
    weight: float
    tone: Tone = Tone.ACCENT
    is_dashed: bool = False

    def moved_down(self, by: float) -> "Rule":
        """The same, so many mm further down."""
        return self._replace(box=self.box.moved_down(by))

    def drawn(self) -> Drawn:
        """As the template wants it."""
        return (*self.box, self.weight, self.tone.value, self.is_dashed)


class Row(NamedTuple):
    """Items side by side, placed from the row's upper edge; a rule may close it."""

    height: float
    cells: tuple[Cell, ...]
    rule: Rule | None = None


class Placed(NamedTuple):
    """What of some rows one paper shows, in its place."""

    cells: list[Cell]
    labels: list[Line]
    rules: list[Drawn]


@dataclass(frozen=True, slots=True, eq=False)  # quick to find in a cache
class Rows:
    """Rows from `top` down; one that has no value leaves no gap."""

    top: float
    rows: tuple[Row, ...]

    def placed(self, present: frozenset[str]) -> Placed:
        """The rows of a paper that has values for these items."""
        return _placed(self, present)


@cache  # papers of a run have few combinations of items
def _placed(rows: Rows, present: frozenset[str]) -> Placed:
    placed = Placed([], [], [])
    top = rows.top
    for row in rows.rows:
        cells = [cell.moved_down(top) for cell in row.cells if cell.item in present]
        if cells:
            top += row.height
            placed.cells.extend(cells)
            placed.labels.extend(line for it in cells for line in it.label_lines())
            if row.rule:
                placed.rules.append(row.rule.moved_down(top).drawn())
    return placed


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a paper.

    `cells` stand on every paper, `rows` where they have a value. `code` is where the
    modules of the QR code stand, without the white around them.
    """

    width: float
    height: float
    cells: tuple[Cell, ...] = ()
    rows: tuple[Rows, ...] = ()
    texts: tuple[Text, ...] = ()
    rules: tuple[Rule, ...] = ()
    code: Box | None = None

    def ground(self) -> dict[str, Any]:
        """What is the same on every paper, as the template wants it."""
        labels = [(Tone.QUIET.value, cell.label_lines()) for cell in self.cells]
        texts = [(text.tone.value, text.lines()) for text in self.texts]
        return {
            "width": self.width,
            "height": self.height,
            "code": self.code,
            "rules": [rule.drawn() for rule in self.rules],
            "lines": labels + texts,
        }

    def fill(self, items: Mapping[str, str]) -> dict[str, Any]:
        """What one paper has beside the ground: values, and the rows that it has."""
        present = frozenset(item for item, value in items.items() if value)
        rows = [rows.placed(present) for rows in self.rows]
        values: list[Line] = []
        frames: list[Drawn] = []
        for cell in chain(self.cells, *(it.cells for it in rows)):
            lines = cell.value_lines(items[cell.item])
            if cell.is_last_framed:
                lines[-1:], frame = _framed(lines[-1])
                frames.append(frame.drawn())
            values += lines
        return {
            "values": values,
            "frames": frames,
            "labels": [line for it in rows for line in it.labels],
            "rules": [rule for it in rows for rule in it.rules],
        }


def _framed(line: Line) -> tuple[list[Line], Rule]:
    """The line with its last character a little apart, and the frame around that."""
    em = line.size * MM_PER_POINT
    air = em * 0.14
    head, last = line.text[:-1], line.text[-1]
    after = line.x + width_of(head) * em + 3 * air
    box = Box(after - air, line.y + air / 2, width_of(last) * em + 2 * air, em)
    return [line._replace(text=head), line._replace(x=after, text=last)], Rule(box, 0.4)


def above(item: str, label: str, box: Box, size: float, label_size: float) -> Cell:
    """An item whose label stands above its value, within `box`."""
    em = label_size * MM_PER_POINT
    head = em * 1.2  # a little air beneath the label
    return Cell(
        item,
        label,
        Box(box.x, box.y, box.width, em),
        label_size,
        Box(box.x, box.y + head, box.width, box.height - head),
        size,
        at_top=True,
    )


def beside(
    item: str, label: str, box: Box, label_width: float, size: float, label_size: float
) -> Cell:
    """An item whose label stands left of its value, on one line, within `box`."""
    drop = (size - label_size) * 0.045  # so that label and value share a base line
    return Cell(
        item,
        label,
        Box(box.x, box.y, label_width - 1.5, box.height - drop),
        label_size,
        Box(box.x + label_width, box.y, box.width - label_width, box.height),
        size,
    )


def plain(item: str, box: Box, size: float) -> Cell:
    """An item that needs no label."""
    return Cell(item, "", box, size, box, size)
