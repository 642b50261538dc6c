"""Coverages, holds and filings in SQLite; the record that a check reads."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from backend.domain.coverage import Coverage, Hold, Record
from backend.domain.errors import NotFoundError
from backend.storage.rows import Member
from backend.storage.sqlite.coverage_rows import (
    COVERAGE_COLUMNS,
    COVERAGE_WIDTH,
    coverage_row,
    read_coverage,
)
from backend.storage.sqlite.instants import (
    to_instant,
    to_instant_or_none,
    to_micros,
)
from backend.storage.sqlite.register import MEMBER_COLUMNS, read_member
from backend.storage.sqlite.statements import Statements

# ruff: noqa: S608 - the columns put into these texts are ours

# The newest version is the one told last, as `judge` sees it.
_IS_NEWEST = """
c.version = (
  SELECT n.version FROM coverage_versions n WHERE n.id = c.id
  ORDER BY n.recorded_at DESC, n.version DESC LIMIT 1
)
"""
_PUT = """
INSERT INTO coverage_versions (
  id, person_id, insurer, symbol, number, branch, acquired_on, lost_on, loss_reason,
  relation, classification, copay, limits, diseases, recorded_at, symbol_key,
  number_key, version
) VALUES (
  ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
  (SELECT COALESCE(MAX(version) + 1, 0) FROM coverage_versions WHERE id = ?1)
)
"""
_NEWEST = f"""
SELECT {COVERAGE_COLUMNS} FROM coverage_versions c WHERE id = ?
ORDER BY recorded_at DESC, version DESC LIMIT 1
"""
_HISTORY = f"""
SELECT {COVERAGE_COLUMNS} FROM coverage_versions c WHERE id = ? ORDER BY version
"""
_NUMBERED = f"""
SELECT {COVERAGE_COLUMNS} FROM coverage_versions c
WHERE insurer = ? AND symbol_key = ? AND number_key = ? AND {_IS_NEWEST}
ORDER BY c.id
"""
_MEMBERS = f"""
SELECT {COVERAGE_COLUMNS}, {MEMBER_COLUMNS}
FROM coverage_versions c JOIN member_versions m
  ON m.person_id = c.person_id AND m.insurer = c.insurer
WHERE c.insurer = ? AND {_IS_NEWEST} AND m.version = (
  SELECT n.version FROM member_versions n
  WHERE n.person_id = c.person_id AND n.insurer = c.insurer
  ORDER BY n.recorded_at DESC, n.version DESC LIMIT 1
)
"""
_OPEN_HOLD = """
INSERT INTO holds (coverage_id, reason, opened_at, released_at)
SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM coverage_versions WHERE id = ?1)
"""
_RELEASE_HOLD = """
UPDATE holds SET released_at = ? WHERE coverage_id = ? AND released_at IS NULL
"""
# A coverage that was moved from one person to another belongs to the record of both:
# the old versions alone would still cover the first.
_RECORD = f"""
SELECT {COVERAGE_COLUMNS},
  EXISTS (SELECT 1 FROM holds WHERE coverage_id = c.id),
  (SELECT delivered_at FROM insurers WHERE number = c.insurer)
FROM coverage_versions c
WHERE c.id IN (SELECT id FROM coverage_versions WHERE person_id IN (%(persons)s))
ORDER BY c.id, c.version
"""
_HOLDS = """
SELECT coverage_id, opened_at, released_at FROM holds
WHERE coverage_id IN (
  SELECT id FROM coverage_versions WHERE person_id IN (%(persons)s))
"""
_ONE = {"persons": "?1"}
_OWNERS = {
    "persons": "SELECT person_id FROM coverage_versions "
    "WHERE id IN (SELECT value FROM json_each(?1))"
}
_RECORD_OF_ONE, _HOLDS_OF_ONE = _RECORD % _ONE, _HOLDS % _ONE
_RECORD_OF_OWNERS, _HOLDS_OF_OWNERS = _RECORD % _OWNERS, _HOLDS % _OWNERS


class SqliteCoverages(Statements):
    """`Register`'s coverages: versions are appended, never overwritten."""

    __slots__ = ()

    def put_coverage(self, version: Coverage) -> None:
        self.run(_PUT, coverage_row(version))

    def coverage(self, coverage_id: str) -> Coverage | None:
        row = self.run(_NEWEST, (coverage_id,)).fetchone()
        return None if row is None else read_coverage(row)

    def coverage_history(self, coverage_id: str) -> Sequence[Coverage]:
        return [read_coverage(row) for row in self.run(_HISTORY, (coverage_id,))]

    def members_of(self, insurer: str) -> Iterator[tuple[Member, Coverage]]:
        for row in self.run(_MEMBERS, (insurer,)):
            yield read_member(row[COVERAGE_WIDTH:]), read_coverage(row)

    def coverages_numbered(
        self, insurer: str, symbol_key: str, number_key: str
    ) -> Sequence[Coverage]:
        found = self.run(_NUMBERED, (insurer, symbol_key, number_key))
        return [read_coverage(row) for row in found]

    def record_of_person(self, person_id: str) -> Record:
        return self._record(_RECORD_OF_ONE, _HOLDS_OF_ONE, person_id)

    def record_of_coverages(self, coverage_ids: Iterable[str]) -> Record:
        asked = json.dumps(list(coverage_ids))
        return self._record(_RECORD_OF_OWNERS, _HOLDS_OF_OWNERS, asked)

    def _record(self, told_of: str, holds_of: str, asked: str) -> Record:
        told = self.run(told_of, (asked,)).fetchall()
        if not any(has_holds for *_, has_holds, _ in told):
            return _record(told, [])
        return _record(told, self.run(holds_of, (asked,)).fetchall())

    def open_hold(self, hold: Hold, reason: str) -> None:
        row = (
            hold.coverage_id,
            reason,
            to_micros(hold.opened_at),
            None if hold.released_at is None else to_micros(hold.released_at),
        )
        if self.run(_OPEN_HOLD, row).rowcount != 1:
            raise NotFoundError("coverage")

    def release_hold(self, coverage_id: str, at: datetime) -> None:
        self.run(_RELEASE_HOLD, (to_micros(at), coverage_id))


def _record(told: list[tuple[Any, ...]], holds: list[tuple[Any, ...]]) -> Record:
    if not told:
        return Record()
    delivered = {row[2]: row[-1] for row in told if row[-1] is not None}
    return Record(
        tuple([read_coverage(row) for row in told]),
        tuple(
            [
                Hold(coverage_id, to_instant(opened), to_instant_or_none(released))
                for coverage_id, opened, released in holds
            ]
        ),
        (),
        {insurer: to_instant(at) for insurer, at in delivered.items()},
    )
