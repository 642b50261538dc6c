"""Bulk runs in SQLite: chunks of sealed lines, then of outcomes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from backend.storage.run_rows import (
    Decided,
    Run,
    RunChunk,
    RunCounts,
    RunKind,
    RunState,
)
from backend.storage.sqlite.instants import (
    to_instant,
    to_instant_or_none,
    to_micros,
    to_micros_or_none,
)
from backend.storage.sqlite.statements import Statements

_PUT = "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_RUN = "SELECT * FROM runs WHERE id = ?"
_OF_KEY = "SELECT * FROM runs WHERE insurer = ? AND key = ?"
_OF_INSURER = """
SELECT * FROM runs WHERE insurer = ?1 AND state <> 'receiving'
  AND (?2 IS NULL OR (made_at, id) < (
    SELECT made_at, id FROM runs WHERE id = ?2 AND insurer = ?1
  ))
ORDER BY made_at DESC, id DESC LIMIT ?3
"""
_AT_WORK = """
SELECT * FROM runs WHERE insurer = ? AND state IN ('awaiting-approval', 'ready')
ORDER BY made_at DESC, id DESC
"""
_READY = "SELECT * FROM runs WHERE state = 'ready' ORDER BY made_at, id"
_TURN = """
UPDATE runs SET state = ?, approved_by = COALESCE(?, approved_by), ended_at = ?
WHERE id = ? AND state IN (%s)
"""
_FORGET = (
    "DELETE FROM run_chunks WHERE run = ?",
    "DELETE FROM runs WHERE id = ?",
)
_KEEP = "UPDATE runs SET key = ?, state = ?, lines = ? WHERE id = ?"
_RECEIVING = "SELECT id FROM runs WHERE state = 'receiving' AND made_at < ?"
_LEFT = """
SELECT * FROM runs WHERE state IN ('awaiting-approval', 'ready', 'cancelled')
  AND made_at < ?
"""
_ABANDON = (
    "UPDATE run_chunks SET rows = NULL WHERE run = ? AND outcomes IS NULL",
    "UPDATE runs SET state = 'abandoned' WHERE id = ?",
)
_PUT_CHUNK = "INSERT INTO run_chunks (run, number, lines, rows) VALUES (?, ?, ?, ?)"
_CHUNK = "SELECT number, lines, rows FROM run_chunks WHERE run = ? AND number = ?"
_TO_DECIDE = """
SELECT number FROM run_chunks
WHERE run = ? AND number > ? AND outcomes IS NULL ORDER BY number LIMIT ?
"""
_DECIDE = """
UPDATE run_chunks SET outcomes = ?, done = ?, skipped = ?, rejected = ?, batch = ?,
  decided_at = ?, rows = NULL
WHERE run = ? AND number = ? AND outcomes IS NULL
"""
_COUNTS = """
SELECT COALESCE(SUM(lines), 0), COALESCE(SUM(done), 0), COALESCE(SUM(skipped), 0),
  COALESCE(SUM(rejected), 0)
FROM run_chunks WHERE run = ? AND done IS NOT NULL
"""
_PACE = """
SELECT COALESCE(SUM(lines), 0), MIN(decided_at) FROM run_chunks
WHERE run = ? AND decided_at >= ?
"""
_BATCHES_OPEN = """
SELECT b.id FROM batches b JOIN run_chunks k ON k.batch = b.id
WHERE b.closed_at IS NULL AND k.run = ? AND EXISTS (
  SELECT 1 FROM intents i
  WHERE i.id BETWEEN b.first_intent AND b.last_intent AND i.words <> ''
)
ORDER BY b.id
"""
_OUTCOMES = """
SELECT number, outcomes FROM run_chunks
WHERE run = ? AND number > ? AND outcomes IS NOT NULL ORDER BY number
"""
_OF_PAPER = """
SELECT k.number FROM intents i
  JOIN batches b ON b.first_intent = (
    SELECT MAX(first_intent) FROM batches WHERE first_intent <= i.id
  ) AND b.last_intent >= i.id
  JOIN run_chunks k ON k.batch = b.id
WHERE i.object_id = ? AND k.run = ?
"""


class SqliteRuns(Statements):
    """`Runs` but for the register."""

    __slots__ = ()

    def put_run(self, run: Run) -> None:
        row = (
            run.id,
            run.insurer,
            run.kind.value,
            run.key,
            run.asked,
            run.columns,
            run.encoding,
            run.made_by,
            to_micros(run.made_at),
            run.state.value,
            run.lines,
            run.approved_by,
            to_micros_or_none(run.ended_at),
        )
        self.run(_PUT, row)

    def keep_run(self, run: Run) -> None:
        self.run(_KEEP, (run.key, run.state.value, run.lines, run.id))

    def bulk_run(self, run_id: str) -> Run | None:
        return _run(self.run(_RUN, (run_id,)).fetchone())

    def run_of_key(self, insurer: str, key: str) -> Run | None:
        return _run(self.run(_OF_KEY, (insurer, key)).fetchone())

    def runs_of(
        self, insurer: str, limit: int, before: str | None = None
    ) -> Sequence[Run]:
        found = map(_run, self.run(_OF_INSURER, (insurer, before, limit)))
        return [run for run in found if run]

    def runs_at_work(self, insurer: str) -> Sequence[Run]:
        return [run for run in map(_run, self.run(_AT_WORK, (insurer,))) if run]

    def runs_ready(self) -> Sequence[Run]:
        return [run for run in map(_run, self.run(_READY)) if run]

    def turn_run(
        self,
        run_id: str,
        before: Sequence[RunState],
        state: RunState,
        *,
        approved_by: str | None = None,
        at: datetime | None = None,
    ) -> bool:
        row = (state.value, approved_by, to_micros_or_none(at), run_id)
        states = [it.value for it in before]
        turn = _TURN % ", ".join("?" * len(states))
        return bool(self.run(turn, (*row, *states)).rowcount == 1)

    def forget_run(self, run_id: str) -> None:
        for statement in _FORGET:
            self.run(statement, (run_id,))

    def forget_receiving(self, before: datetime) -> None:
        for (run_id,) in self.run(_RECEIVING, (to_micros(before),)).fetchall():
            self.forget_run(run_id)

    def abandon_runs(self, before: datetime) -> Sequence[Run]:
        left = [_run(row) for row in self.run(_LEFT, (to_micros(before),)).fetchall()]
        runs = [run for run in left if run]
        for run in runs:
            for statement in _ABANDON:
                self.run(statement, (run.id,))
        return runs

    def put_chunk(self, run_id: str, chunk: RunChunk) -> None:
        self.run(_PUT_CHUNK, (run_id, chunk.number, chunk.lines, chunk.rows))

    def chunk(self, run_id: str, number: int) -> RunChunk | None:
        row = self.run(_CHUNK, (run_id, number)).fetchone()
        return None if row is None else RunChunk(*row)

    def chunks_to_decide(self, run_id: str, after: int, limit: int) -> Sequence[int]:
        return [number for (number,) in self.run(_TO_DECIDE, (run_id, after, limit))]

    def decide_chunk(
        self,
        run_id: str,
        number: int,
        decided: Decided,
        batch: int | None,
        at: datetime,
    ) -> bool:
        counts = (decided.done, decided.skipped, decided.rejected)
        row = (decided.outcomes, *counts, batch, to_micros(at), run_id, number)
        return bool(self.run(_DECIDE, row).rowcount == 1)

    def run_counts(self, run_id: str) -> RunCounts:
        return RunCounts(*self.run(_COUNTS, (run_id,)).fetchone())

    def run_pace(self, run_id: str, since: datetime) -> tuple[int, datetime | None]:
        lines, first = self.run(_PACE, (run_id, to_micros(since))).fetchone()
        return int(lines), to_instant_or_none(first)

    def run_batches_open(self, run_id: str) -> Sequence[int]:
        return [batch for (batch,) in self.run(_BATCHES_OPEN, (run_id,))]

    def outcomes(self, run_id: str, after: int = -1) -> Iterator[tuple[int, bytes]]:
        found: Iterator[tuple[int, bytes]] = self.run(_OUTCOMES, (run_id, after))
        return found

    def chunk_of_paper(self, run_id: str, serial: str) -> int | None:
        row = self.run(_OF_PAPER, (serial, run_id)).fetchone()
        return None if row is None else int(row[0])


def _run(row: tuple[Any, ...] | None) -> Run | None:
    if row is None:
        return None
    run_id, insurer, kind, key, asked, columns, encoding, made_by, made_at = row[:9]
    state, lines, approved_by, ended_at = row[9:]
    return Run(
        run_id,
        insurer,
        RunKind(kind),
        key,
        asked,
        columns,
        encoding,
        made_by,
        to_instant(made_at),
        RunState(state),
        lines,
        approved_by,
        to_instant_or_none(ended_at),
    )
