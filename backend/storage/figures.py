"""The contract of figures: how much happened at an insurer, day by day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

CHECKED = "checked:"  # before the outcome of a check
PHONES_ACTIVATED = "phones-activated"
CERTIFICATES_ISSUED = "certificates-issued"
CERTIFICATES_REVOKED = "certificates-revoked"
CERTIFICATES_SUSPENDED = "certificates-suspended"


class DailyFigure(NamedTuple):
    """How often something happened on a day in Japan."""

    day: date
    figure: str
    times: int


class Figures(Protocol):
    """Counting, and what was counted."""

    def tally(self, insurer: str, day: date, figure: str) -> None:
        """Count one more check or activated phone."""
        ...

    def figures(
        self, insurer: str, first_on: date, last_on: date
    ) -> Sequence[DailyFigure]:
        """Everything counted from the first day to the last, papers included."""
        ...
