"""本人からの申出: what a person reports, and what the insurer reads and answers."""

from backend.api.schemas.fields import (
    Bilingual,
    Choice,
    Flag,
    Instant,
    Part,
    Several,
    Shape,
    Text,
    Whole,
)
from backend.api.schemas.patient import LAST_SEQUENCE
from backend.audit.events import AuditKind
from backend.domain.delegation import DelegateRelation
from backend.domain.report import LONGEST_TEXT, ReportKind
from backend.registering.reports import MOST_ANSWERS

MOST_REPORTS = 100
_STATE = "(open|closed)"


class ReportDraftShape(Shape):
    """What is wrong; `about` is the `sequence` of a line of the history."""

    kind = Choice(ReportKind, required=True)
    text = Text(
        LONGEST_TEXT,
        metadata={"description": "改行なし / one line; other kinds need none"},
    )
    about = Whole(0, LAST_SEQUENCE)


class ReportFiledShape(Shape):
    """The new report."""

    report_id = Text(40, required=True)


class ReportAnswerShape(Shape):
    """What the insurer answered; empty once the person is erased."""

    text = Text(LONGEST_TEXT, required=True, shortest=0)
    at = Instant(required=True)


class ReportShape(Shape):
    """One report with its answers."""

    report_id = Text(40, required=True)
    kind = Choice(ReportKind, required=True)
    kind_words = Bilingual(required=True)
    text = Text(LONGEST_TEXT, required=True, shortest=0)
    filed_at = Instant(required=True)
    closed_at = Instant(required=True, allow_none=True)
    answers = Several(Part(ReportAnswerShape()), MOST_ANSWERS, required=True)


class OwnReportShape(ReportShape):
    """One's own report."""

    about = Whole(0, LAST_SEQUENCE, required=True, allow_none=True)


class OwnReportsShape(Shape):
    """The newest hundred, newest first."""

    reports = Several(Part(OwnReportShape()), MOST_REPORTS, required=True)


class ReportsQueryShape(Shape):
    """Which page of which reports."""

    state = Text(6, pattern=_STATE, load_default="open")
    after = Whole(
        0,
        LAST_SEQUENCE,
        from_text=True,
        load_default=0,
        metadata={"description": "`next` of the page before"},
    )
    limit = Whole(1, MOST_REPORTS, from_text=True, load_default=50)


class AboutShape(Shape):
    """The line of the person's history that a report is about."""

    sequence = Whole(0, LAST_SEQUENCE, required=True)
    at = Instant(required=True)
    kind = Choice(AuditKind, required=True)
    actor = Text(10, required=True, shortest=0)
    outcome = Text(40, required=True, shortest=0)


class ReporterShape(Shape):
    """A delegate who filed it for the person."""

    relation = Choice(DelegateRelation, required=True)
    relation_words = Bilingual(required=True)


class ReportToInsurerShape(ReportShape):
    """A report as the insurer reads it."""

    person_id = Text(40, required=True)
    about = Part(AboutShape(), required=True, allow_none=True)
    delegate = Part(ReporterShape(), required=True, allow_none=True)


class ReportsToInsurerShape(Shape):
    """Oldest first; `next` pages on."""

    reports = Several(Part(ReportToInsurerShape()), MOST_REPORTS, required=True)
    next = Whole(0, LAST_SEQUENCE, required=True, allow_none=True)


class AnswerReportShape(Shape):
    """The insurer's answer; `close` ends the report."""

    text = Text(LONGEST_TEXT, required=True)
    close = Flag(required=True)
