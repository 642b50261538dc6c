"""Reports (本人からの申出) and their answers in SQLite."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from backend.domain.report import ReportKind
from backend.storage.reports import OpenReports, Report, ReportAnswer
from backend.storage.sqlite.instants import (
    to_instant,
    to_instant_or_none,
    to_micros,
)
from backend.storage.sqlite.statements import Statements

# ruff: noqa: S608 - the columns put into these texts are ours

_KIND = {kind.value: kind for kind in ReportKind}
_COLUMNS = (
    "r.id, r.person_id, r.insurer, r.kind, r.words, r.about, r.phone, r.filed_at, "
    "r.closed_at, r.number"
)
_PUT = """
INSERT INTO reports (id, person_id, insurer, kind, words, about, phone, filed_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_ONE = f"SELECT {_COLUMNS} FROM reports r WHERE r.id = ?"
_OF_PERSON = f"""
SELECT {_COLUMNS} FROM reports r
WHERE r.person_id = ?1 AND (?2 IS NULL OR r.phone = ?2)
ORDER BY r.number DESC LIMIT 100
"""
_TO_INSURER = f"""
SELECT {_COLUMNS} FROM reports r JOIN persons p ON p.id = r.person_id
WHERE r.insurer = ?1 AND r.number > ?2 AND p.audit_key IS NOT NULL
  AND r.closed_at IS {{}} NULL
ORDER BY r.number LIMIT ?3
"""
_OPEN, _CLOSED = _TO_INSURER.format(""), _TO_INSURER.format("NOT")
_COUNT_OPEN = """
SELECT COUNT(*), MIN(r.filed_at) FROM reports r JOIN persons p ON p.id = r.person_id
WHERE r.insurer = ? AND p.audit_key IS NOT NULL AND r.closed_at IS NULL
"""
_ANSWER = """
INSERT INTO report_answers VALUES (?1, (
  SELECT COALESCE(MAX(number) + 1, 0) FROM report_answers WHERE report = ?1
), ?2, ?3)
"""
_ANSWERS = "SELECT words, at FROM report_answers WHERE report = ? ORDER BY number"
_CLOSE = "UPDATE reports SET closed_at = ? WHERE id = ? AND closed_at IS NULL"


class SqliteReports(Statements):
    """`Reports`, whole."""

    __slots__ = ()

    def put_report(self, report: Report) -> None:
        row = (
            report.id,
            report.person_id,
            report.insurer,
            report.kind.value,
            report.text,
            report.about,
            report.phone,
            to_micros(report.filed_at),
        )
        self.run(_PUT, row)

    def report(self, report_id: str) -> Report | None:
        row = self.run(_ONE, (report_id,)).fetchone()
        return None if row is None else self._report(row)

    def reports_of(self, person_id: str, phone: str | None = None) -> Sequence[Report]:
        found = self.run(_OF_PERSON, (person_id, phone)).fetchall()
        return [self._report(row) for row in found]

    def reports_to(
        self, insurer: str, is_open: bool, after: int, limit: int
    ) -> Sequence[Report]:
        asked = (insurer, after, limit)
        found = self.run(_OPEN if is_open else _CLOSED, asked).fetchall()
        return [self._report(row) for row in found]

    def open_reports(self, insurer: str) -> OpenReports:
        count, oldest_at = self.run(_COUNT_OPEN, (insurer,)).fetchone()
        return OpenReports(count, to_instant_or_none(oldest_at))

    def answer_report(self, report_id: str, text: str, at: datetime) -> None:
        self.run(_ANSWER, (report_id, text, to_micros(at)))

    def close_report(self, report_id: str, at: datetime) -> None:
        self.run(_CLOSE, (to_micros(at), report_id))

    def _report(self, row: tuple[Any, ...]) -> Report:
        report_id, person_id, insurer, kind, words, about, phone, filed_at = row[:8]
        answers = self.run(_ANSWERS, (report_id,))
        return Report(
            report_id,
            person_id,
            insurer,
            _KIND[kind],
            words,
            about,
            phone,
            to_instant(filed_at),
            to_instant_or_none(row[8]),
            tuple(ReportAnswer(text, to_instant(at)) for text, at in answers),
            row[9],
        )
