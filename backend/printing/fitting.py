"""Text made to fit its box: measured, smaller type or more lines, never cut."""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from backend.printing.typeface import MM_PER_POINT, width_of

LINE = 1.16
"""From one line to the next, in em."""
_STEP = 0.25
_MARKS = {"Mn", "Me", "Mc"}


class Box(NamedTuple):
    """A place on a face: its upper left corner and size, in mm."""

    x: float
    y: float
    width: float
    height: float


class Line(NamedTuple):
    """One line of type: the upper left corner of its em box in mm, size in points."""

    x: float
    y: float
    size: float
    text: str


def fit(text: str, box: Box, size: float, *, at_top: bool = False) -> list[Line]:
    """The text in the box, at `size` points where it fits, else as large as it can.

    It stands on the lower edge, or hangs from the upper one. Lines break between any
    two characters, as names, addresses and numbers do in Japanese, but not before a
    mark or variation selector.
    """
    if width_of(text) * size * MM_PER_POINT <= box.width:
        return _set((text,), box, size, at_top)
    while True:
        lines = tuple(_lines(text, box.width / (size * MM_PER_POINT)))
        if _height(len(lines), size) <= box.height:
            return _set(lines, box, size, at_top)
        size -= _STEP


def _set(lines: tuple[str, ...], box: Box, size: float, at_top: bool) -> list[Line]:
    top = box.y if at_top else box.y + box.height - _height(len(lines), size)
    pitch = size * MM_PER_POINT * LINE
    return [
        Line(box.x, round(top + number * pitch, 3), size, text)
        for number, text in enumerate(lines)
    ]


def _height(lines: int, size: float) -> float:
    """Of so many lines, in mm: full pitch between them, the last one an em."""
    return ((lines - 1) * LINE + 1) * size * MM_PER_POINT


def _lines(text: str, width: float) -> Iterator[str]:
    """The text in lines at most so many em wide."""
    line, used = "", 0.0
    for letter in _letters(text):
        advance = width_of(letter)
        if line and used + advance > width:
            yield line
            line, used = "", 0.0
        line, used = line + letter, used + advance
    yield line


def _letters(text: str) -> list[str]:
    """Each character together with the marks and selectors that belong to it."""
    letters: list[str] = []
    for character in text:
        if letters and unicodedata.category(character) in _MARKS:
            letters[-1] += character
        else:
            letters.append(character)
    return letters
