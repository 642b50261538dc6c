"""A face: what stands where on one side of a paper. Lengths in mm, type in points."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from backend.printing.fitting import Box, Line, fit
from backend.printing.typeface import MM_PER_POINT, width_of


class Tone(Enum):
    """In which colour something stands; the template has the colours."""

    INK = "ink"
    ACCENT = "accent"
    QUIET = "quiet"
    PALE = "pale"


class Cell(NamedTuple):
    """One item: its label, and the box and largest type of its value.

    `is_optional`: the label is printed only where the value is. `at_top`: the value
    hangs from the upper edge of its box. `is_last_framed`: a frame marks its last
    character.
    """

    item: str
    label: str
    label_box: Box
    label_size: float
    box: Box
    size: float
    is_optional: bool = False
    at_top: bool = False
    is_last_framed: bool = False

    def label_lines(self) -> list[Line]:
        """The label, in its place; none for an item that needs none."""
        return _label_lines(self)

    def value_lines(self, value: str) -> list[Line]:
        """A value, in its place."""
        return fit(value, self.box, self.size, at_top=self.at_top)


@cache
def _label_lines(cell: Cell) -> list[Line]:
    return fit(cell.label, cell.label_box, cell.label_size) if cell.label else []


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

    def drawn(self) -> tuple[float | str | bool, ...]:
        """As the template wants it."""
        return (*self.box, self.weight, self.tone.value, self.is_dashed)


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a paper; `code` is where the QR's modules stand, without margin."""

    width: float
    height: float
    cells: tuple[Cell, ...] = ()
    texts: tuple[Text, ...] = ()
    rules: tuple[Rule, ...] = ()
    code: Box | None = None

    def ground(self) -> dict[str, Any]:
        """What is the same on every paper, as the template wants it."""
        labels = [cell.label_lines() for cell in self.cells if not cell.is_optional]
        texts = [(text.tone.value, text.lines()) for text in self.texts]
        return {
            "width": self.width,
            "height": self.height,
            "code": self.code,
            "rules": [rule.drawn() for rule in self.rules],
            "lines": [*((Tone.QUIET.value, it) for it in labels), *texts],
        }

    def fill(self, items: Mapping[str, str]) -> dict[str, Any]:
        """What one paper has beside the ground: its values, and labels of options."""
        values: list[Line] = []
        labels: list[Line] = []
        frames: list[Rule] = []
        for cell in self.cells:
            if value := items[cell.item]:
                lines = cell.value_lines(value)
                if cell.is_last_framed:
                    lines[-1:], frame = _framed(lines[-1])
                    frames.append(frame)
                if cell.is_optional:
                    labels += cell.label_lines()
                values += lines
        return {
            "values": values,
            "labels": labels,
            "frames": [frame.drawn() for frame in frames],
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
    head = em + 0.4  # a little air beneath the label
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
