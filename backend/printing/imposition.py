"""Many papers on one sheet: their places, where to cut, and the back behind each front.

Papers touch, as nothing on them runs to the edge; marks outside show each cut.
"""

from typing import NamedTuple

_MARK_FROM, _MARK_TO = 2.0, 6.0  # how far outside a mark begins and ends, mm


class Imposition(NamedTuple):
    """A sheet's size and a paper's in mm, and how many stand across and down."""

    width: float
    height: float
    across: int
    down: int
    paper_width: float
    paper_height: float

    @property
    def places(self) -> int:
        """How many papers stand on a sheet."""
        return self.across * self.down

    def corner(self, place: int, is_back: bool) -> tuple[float, float]:
        """The upper left corner of a place, counted from 0 in reading order.

        The back of a place lies behind its front when the sheet is turned on its long,
        upright edge: mirrored from side to side.
        """
        row, column = divmod(place, self.across)
        if is_back:
            column = self.across - 1 - column
        left, top = self._margins()
        return left + column * self.paper_width, top + row * self.paper_height

    def cuts(self) -> list[tuple[float, float, float, float]]:
        """The mark at each end of every cut, as x and y of the mark's two ends."""
        if self.places == 1:
            return []
        left, top = self._margins()
        right, bottom = self.width - left, self.height - top
        xs = [left + column * self.paper_width for column in range(self.across + 1)]
        ys = [top + row * self.paper_height for row in range(self.down + 1)]
        upright = [
            (x, edge + away * _MARK_FROM, x, edge + away * _MARK_TO)
            for x in xs
            for edge, away in ((top, -1), (bottom, 1))
        ]
        level = [
            (edge + away * _MARK_FROM, y, edge + away * _MARK_TO, y)
            for y in ys
            for edge, away in ((left, -1), (right, 1))
        ]
        return upright + level

    def _margins(self) -> tuple[float, float]:
        return (
            (self.width - self.across * self.paper_width) / 2,
            (self.height - self.down * self.paper_height) / 2,
        )
