"""An insurer's numbers over time."""

from backend.api.schemas.fields import Choice, Day, Part, Several, Shape, Whole
from backend.domain.outcome import Outcome

MOST_DAYS = 366
_MOST = 2**53


class FiguresQueryShape(Shape):
    """How many days, the last of them today."""

    days = Whole(1, MOST_DAYS, from_text=True, load_default=30)


class OutcomeCountShape(Shape):
    """Checks that ended so."""

    outcome = Choice(Outcome, required=True)
    count = Whole(0, _MOST, required=True)


class DayFiguresShape(Shape):
    """A day in Japan: checks about this insurer's members, papers, phones."""

    on = Day(required=True)
    checks = Several(Part(OutcomeCountShape()), 100, required=True)
    certificates_issued = Whole(0, _MOST, required=True)
    certificates_revoked = Whole(0, _MOST, required=True)
    certificates_suspended = Whole(0, _MOST, required=True)
    phones_activated = Whole(0, _MOST, required=True)


class FiguresShape(Shape):
    """A row for every day, the oldest first."""

    days = Several(Part(DayFiguresShape()), MOST_DAYS, required=True)
