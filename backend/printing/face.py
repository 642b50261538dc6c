"""A face: what stands where on one side of a paper. Lengths in mm, type in points."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from backend.printing.fitting import Box, Line, fit


class Tone(Enum):
    """In which colour something stands; the template has the colours."""

    INK = "ink"
    ACCENT = "accent"
    QUIET = "quiet"
    PALE = "pale"


class Cell(NamedTuple):
    """One item: its label, and the box and largest type of its value.

    `is_optional`: the label is printed only where the value is. `at_top`: the value
    hangs from the upper edge of its box.
    """

    item: str
    label: str
    label_box: Box
    label_size: float
    box: Box
    size: float
    is_optional: bool = False
    at_top: bool = False

    def label_lines(self) -> list[Line]:
        """The label, in its place; none for an item that needs none."""
        return fit(self.label, self.label_box, self.label_size)


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
        values, labels = [], []
        for cell in self.cells:
            if value := items[cell.item]:
                values += fit(value, cell.box, cell.size, at_top=cell.at_top)
                if cell.is_optional:
                    labels += cell.label_lines()
        return {"values": values, "labels": labels}


def above(item: str, label: str, box: Box, size: float, label_size: float) -> Cell:
    """An item whose label stands above its value, within `box`."""
    head = label_size * 0.4
    return Cell(
        item,
        label,
        Box(box.x, box.y, box.width, head),
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
        Box(box.x, box.y, label_width - 1, box.height - drop),
        label_size,
        Box(box.x + label_width, box.y, box.width - label_width, box.height),
        size,
    )
