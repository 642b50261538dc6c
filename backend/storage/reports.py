"""The contract of reports (本人からの申出): what people say, and the answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from backend.domain.report import ReportKind


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """What the insurer answered, and when."""

    text: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """One report; texts are "" once the person is erased.

    `about` is the sequence number of the log's entry that it is about; `phone` the id
    of the phone that filed it; `number` counts up and is given by the store.
    """

    id: str
    person_id: str
    insurer: str
    kind: ReportKind
    text: str = field(repr=False)
    about: int | None
    phone: str
    filed_at: datetime
    closed_at: datetime | None = None
    answers: tuple[ReportAnswer, ...] = ()
    number: int = 0


class OpenReports(NamedTuple):
    """Reports that are not closed, and when the oldest of them was filed."""

    reports: int
    oldest_at: datetime | None


class Reports(Protocol):
    """Reports and their answers; append-only but for what is closed or blanked."""

    def put_report(self, report: Report) -> None:
        """File a report that nobody has answered yet."""
        ...

    def report(self, report_id: str) -> Report | None: ...
    def reports_of(self, person_id: str, phone: str | None = None) -> Sequence[Report]:
        """The newest hundred of a person, or those that one phone filed."""
        ...

    def reports_to(
        self, insurer: str, is_open: bool, after: int, limit: int
    ) -> Sequence[Report]:
        """What an insurer was told, oldest first, from behind the number `after`.

        Without those of people who were erased.
        """
        ...

    def open_reports(self, insurer: str) -> OpenReports:
        """How many of them wait for an answer."""
        ...

    def answer_report(self, report_id: str, text: str, at: datetime) -> None:
        """Append an answer."""
        ...

    def close_report(self, report_id: str, at: datetime) -> None:
        """Close it, unless it is closed already."""
        ...
