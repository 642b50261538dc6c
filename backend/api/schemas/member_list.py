"""An insurer's member list: what it would change, and what is wrong with it."""

from enum import Enum

from backend.api.schemas.fields import (
    Bilingual,
    Choice,
    Flag,
    Part,
    Several,
    Shape,
    Text,
    Whole,
)

MOST_SHOWN = 10_000
"""Changes, missing members, warnings in one answer; `counts` always counts all."""

_MOST_ROWS = 1_000_000
_LINE = (1, _MOST_ROWS)


class ChangeKind(Enum):
    """What a line does."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    REOPENED = "reopened"


class CountsShape(Shape):
    """How many lines do what."""

    rows = Whole(0, _MOST_ROWS, required=True)
    added = Whole(0, _MOST_ROWS, required=True)
    changed = Whole(0, _MOST_ROWS, required=True)
    ended = Whole(0, _MOST_ROWS, required=True)
    reopened = Whole(0, _MOST_ROWS, required=True)
    unchanged = Whole(0, _MOST_ROWS, required=True)
    missing = Whole(0, _MOST_ROWS, required=True)
    errors = Whole(0, _MOST_ROWS * 24, required=True)
    warnings = Whole(0, _MOST_ROWS * 24, required=True)


class PlannedLineShape(Shape):
    """A line that does something: to whom, and which fields (names, never values)."""

    line = Whole(*_LINE, required=True)
    kind = Choice(ChangeKind, required=True)
    numbers = Text(44, required=True)
    fields = Several(Text(30), 30, required=True)  # type: ignore[assignment] # a shape may name a member so


class MissingShape(Shape):
    """A coverage that goes on, and that the list does not name."""

    person_id = Text(40, required=True)
    coverage_id = Text(40, required=True)
    numbers = Text(44, required=True)


class LineComplaintShape(Shape):
    """What is wrong with a line, or worth a look."""

    line = Whole(*_LINE, required=True)
    field = Text(30, required=True)
    reason = Bilingual(required=True)
    fix = Bilingual(required=True)


class PreviewShape(Shape):
    """What committing the list would do; nothing is changed yet."""

    list_id = Text(40, required=True)
    digest = Text(64, required=True, metadata={"description": "SHA-256, hex"})
    encoding = Text(20, required=True)
    counts = Part(CountsShape(), required=True)
    changes = Several(Part(PlannedLineShape()), MOST_SHOWN, required=True)
    missing = Several(Part(MissingShape()), MOST_SHOWN, required=True)
    errors = Several(Part(LineComplaintShape()), MOST_SHOWN, required=True)
    warnings = Several(Part(LineComplaintShape()), MOST_SHOWN, required=True)


class CommittedShape(Shape):
    """The list is true now."""

    committed = Flag(required=True)
    counts = Part(CountsShape(), required=True)
