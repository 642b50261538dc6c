"""What a list would do, line by line, before it is done."""

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
from backend.api.schemas.member_list import LineComplaintShape
from backend.api.schemas.runs import (
    MOST,
    IssueListQueryShape,
    ResultQueryShape,
    RunCountsShape,
    WithdrawListQueryShape,
)
from backend.issuing.bulk.outcomes import LineResult
from backend.issuing.bulk.preview import SHOWN


class LineOutcomeShape(Shape):
    """What would become of a line: why it is skipped, or what is wrong with it.

    `serial` is the certificate of which the line speaks, or that stands in the way;
    `replaced` the one that a new one would replace.
    """

    line = Whole(1, MOST, required=True)
    result = Choice(LineResult, required=True)
    serial = Text(19, required=True, allow_none=True)
    replaced = Text(19, required=True, allow_none=True)
    code = Text(30, required=True, allow_none=True)
    reason = Bilingual(required=True, allow_none=True)
    errors = Several(Part(LineComplaintShape()), 20, required=True)


class ReasonCountShape(Shape):
    """How many lines have a reason: a code (skipped) or a field (rejected)."""

    reason = Text(30, required=True)
    lines = Whole(0, MOST, required=True)


class RunPreviewShape(Shape):
    """A dry run: `counts.done` would be issued or take its step. Nothing was written.

    `shown` are the first lines of each result.
    """

    encoding = Text(10, required=True)
    counts = Part(RunCountsShape(), required=True)
    reasons = Several(Part(ReasonCountShape()), 100, required=True)
    shown = Several(Part(LineOutcomeShape()), SHOWN * len(LineResult), required=True)
    awaits_approval = Flag(required=True)


class PlanQueryShape(ResultQueryShape):
    """The lines that are wanted: of one result, or all."""

    result = Choice(LineResult)


class IssuePlanQueryShape(IssueListQueryShape, PlanQueryShape):
    """What would be issued, and which lines of the plan are wanted."""


class WithdrawPlanQueryShape(WithdrawListQueryShape, PlanQueryShape):
    """Which step would be taken and why, and which lines of the plan are wanted."""
