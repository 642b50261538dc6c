"""Runs as their operators handle them: found, approved, cancelled, resumed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from math import ceil

from backend.audit.events import AuditKind
from backend.domain.errors import ConflictError, NotFoundError
from backend.domain.words import Words
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.carrying import Crew, carry_on
from backend.issuing.bulk.makers import is_one_person
from backend.issuing.bulk.trail import note
from backend.storage.run_rows import Run, RunCounts, RunState
from backend.storage.store import Store, Transaction


def run_of(tx: Transaction, insurer: str, run_id: str) -> Run:
    """A run of this insurer; raises NotFoundError, also for another insurer's."""
    run = tx.bulk_run(run_id)
    if run is None or run.insurer != insurer:
        raise NotFoundError("run")
    return run


STATES = {
    RunState.RECEIVING: Words("読み込み中", "receiving its list"),
    RunState.AWAITING_APPROVAL: Words("承認待ち", "awaiting approval"),
    RunState.READY: Words("途中（再開できます）", "under way (can be resumed)"),
    RunState.CANCELLED: Words("取消し", "cancelled"),
    RunState.ABANDONED: Words("期限切れで破棄", "left too long and given up"),
    RunState.FINISHED: Words("完了", "finished"),
}
"""What each state is called."""

_PACE_OF = timedelta(minutes=1)


def seconds_left(
    tx: Transaction, run: Run, counts: RunCounts, at: datetime
) -> int | None:
    """How long a run still takes at the pace of its last minute; None if it rests."""
    lines, first_at = tx.run_pace(run.id, at - _PACE_OF)
    if run.state is not RunState.READY or first_at is None:
        return None
    elapsed = max((at - first_at).total_seconds(), 0.001)
    return ceil((run.lines - counts.decided) * elapsed / lines)


def carry_on_ready(
    bulk: Bulk,
    crew_for: Callable[[Run], AbstractContextManager[Crew]],
    clock: Callable[[], datetime],
) -> Iterator[Run]:
    """Carry on every run that an insurer's system made and that may go on.

    What an operator began at the terminal is theirs to carry on.
    """
    with bulk.issuer.store.reading() as tx:
        ready = [run for run in tx.runs_ready() if tx.client(run.made_by)]
    for run in ready:
        with crew_for(run) as crew:
            yield carry_on(bulk, crew, run.id, clock, lambda counts: None)


def abandon(store: Store, before: datetime, at: datetime) -> int:
    """Give up runs that were left unfinished; how many.

    Their lines name people, so they are not kept for ever; what was done stays done.
    """

    def give_up(tx: Transaction) -> int:
        runs = tx.abandon_runs(before)
        for run in runs:
            note(tx, run, AuditKind.RUN_ABANDONED, "", at)
        return len(runs)

    return store.write(give_up)


def approve(store: Store, insurer: str, run_id: str, by: str, at: datetime) -> Run:
    """Let a large run go on: by another operator than the one who made it.

    `by` is the id of a session, of an operator at the terminal, or of a system.

    A second time changes nothing. Raises NotFoundError, and ConflictError for the
    operator who made it or a run that awaits no approval.
    """

    def turn(tx: Transaction) -> Run:
        run = run_of(tx, insurer, run_id)
        if run.approved_by is not None:
            return run
        if is_one_person(tx, by, run.made_by):
            raise ConflictError(_SAME_OPERATOR)
        before = [RunState.AWAITING_APPROVAL]
        if not tx.turn_run(run_id, before, RunState.READY, approved_by=by):
            raise ConflictError(_NOT_AWAITED)
        note(tx, run, AuditKind.RUN_APPROVED, by, at)
        return run_of(tx, insurer, run_id)

    return store.write(turn)


def cancel(store: Store, insurer: str, run_id: str, by: str, at: datetime) -> Run:
    """Stop a run after the chunk at hand; what is done stays done.

    A second time changes nothing. Raises NotFoundError, and ConflictError for a run
    that is finished.
    """

    def turn(tx: Transaction) -> Run:
        run = run_of(tx, insurer, run_id)
        if run.state is RunState.CANCELLED:
            return run
        before = [RunState.READY, RunState.AWAITING_APPROVAL]
        if not tx.turn_run(run_id, before, RunState.CANCELLED):
            raise ConflictError(_FINISHED)
        note(tx, run, AuditKind.RUN_CANCELLED, by, at)
        return run_of(tx, insurer, run_id)

    return store.write(turn)


def resume(
    store: Store, insurer: str, run_id: str, approval_above: int, by: str, at: datetime
) -> Run:
    """Let a cancelled run go on; a large one that nobody approved awaits approval.

    Of a run that is not cancelled nothing changes. Raises NotFoundError.
    """

    def turn(tx: Transaction) -> Run:
        run = run_of(tx, insurer, run_id)
        must_wait = run.lines > approval_above and run.approved_by is None
        state = RunState.AWAITING_APPROVAL if must_wait else RunState.READY
        if tx.turn_run(run_id, [RunState.CANCELLED], state):
            note(tx, run, AuditKind.RUN_RESUMED, by, at)
        return run_of(tx, insurer, run_id)

    return store.write(turn)


_SAME_OPERATOR = Words(
    "作成した人は承認できません。別の担当者が承認してください。",
    "Whoever made it cannot approve it: a second operator must.",
)
_NOT_AWAITED = Words("承認待ちではありません。", "It awaits no approval.")
_FINISHED = Words(
    "既に終わっています（完了または破棄）。",
    "It has ended already: finished or given up.",
)
