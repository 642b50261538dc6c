"""Text made to fit its box: measured, smaller type or more lines, never cut."""

import math
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from backend.printing.typeface import MM_PER_POINT, width_of

LINE = 1.16
"""From one line to the next, in em."""
_STEP = 0.25
_MARKS = {"Mn", "Me", "Mc"}
_CLOSING = "、。，．・）)」』】〕］ーっゃゅょッャュョァィゥェォ々"  # 行頭禁則


class Box(NamedTuple):
    """A place on a face: its upper left corner and size, in mm."""

    x: float
    y: float
    width: float
    height: float

    def moved_down(self, by: float) -> "Box":
        """The same, so many mm further down."""
        return self._replace(y=self.y + by)


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
    em = width_of(text) * MM_PER_POINT  # of the whole text, at one point
    if em * size <= box.width:
        return _set([text], box, size, at_top)
    alone, two = box.width / em, box.height / ((1 + LINE) * MM_PER_POINT)
    size = min(size, math.floor(max(alone, two) / _STEP) * _STEP)
    while True:
        lines = list(_lines(text, box.width / (size * MM_PER_POINT)))
        if _height(len(lines), size) <= box.height:
            return _set(lines, box, size, at_top)
        size -= _STEP


def _set(lines: list[str], box: Box, size: float, at_top: bool) -> list[Line]:
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
    """The text in lines at most so many em wide, spaces at their end not counted.

    A line breaks after a space where one stands in its last third.
    """
    line, used = "", 0.0
    for letter in _letters(text):
        advance = width_of(letter)
        if line and used + advance > width and not letter.isspace():
            kept, rest = _break(line)
            yield kept
            line, used = rest, width_of(rest)
        line, used = line + letter, used + advance
    yield line


def _break(line: str) -> tuple[str, str]:
    """A full line, and what of it goes to the next one."""
    after_space = max(line.rfind(" "), line.rfind("\u3000")) + 1
    if after_space > len(line) * 2 / 3:
        return line[:after_space], line[after_space:]
    return line, ""


def _letters(text: str) -> list[str]:
    """Each character together with what may not begin a line after it."""
    letters: list[str] = []
    for character in text:
        if letters and _clings(character, letters[-1]):
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _clings(character: str, before: str) -> bool:
    """Marks and selectors always; closing signs once, so that none fill a line."""
    is_mark = unicodedata.category(character) in _MARKS
    return is_mark or (character in _CLOSING and before[-1] not in _CLOSING)
