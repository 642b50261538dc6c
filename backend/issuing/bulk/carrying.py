"""A run carried on to its end, from wherever it was left.

1. Finish what was noted and not signed (by a process that ended).
2. For every chunk that is not decided, in the order of the list: prepare it; note
   outcomes and intents; sign; record the signatures. Each of the two writes is one
   durable transaction. Several carriers prepare and sign at once and note in turn.
3. When every chunk is decided and every batch signed, the run is finished.
Killed anywhere, the run is carried on from there: a chunk is decided once, whoever
asks, and what was noted is signed as it was noted. Two processes may carry on one run.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext

from backend.audit.events import AuditKind
from backend.domain.errors import ConflictError, NotFoundError
from backend.domain.words import Words
from backend.issuing.batches import finish_batches
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.carrier import Carrier, Clock
from backend.issuing.bulk.trail import note
from backend.issuing.bulk.withdrawing import withdraw_all
from backend.storage.run_rows import Run, RunCounts, RunKind, RunState
from backend.storage.store import Transaction

Watch = Callable[[RunCounts], None]
Crew = Callable[[Run, Sequence[int], Callable[[], None]], None]
"""Carries these chunks of a run, one carrier or several, and tells how it goes on."""


def carry_on(bulk: Bulk, crew: Crew, run_id: str, clock: Clock, watch: Watch) -> Run:
    """Carry a run on until it is finished or cancelled; `watch` is told of its steps.

    Raises NotFoundError for an unknown run, ConflictError for one that is neither
    ready nor finished.
    """
    store = bulk.issuer.store
    with store.reading() as tx:
        run = tx.bulk_run(run_id)
    if run is None:
        raise NotFoundError("run")
    if run.state is RunState.FINISHED:
        return run
    if run.state is not RunState.READY:
        raise ConflictError(NOT_READY[run.state])
    if run.kind is RunKind.WITHDRAW:
        withdraw_all(bulk, run, clock, watch)
    else:
        _issue_all(bulk, crew, run, clock, watch)
    return store.write(lambda tx: _end(tx, run, clock))


def alone(bulk: Bulk, clock: Clock) -> Crew:
    """The crew of one, in this process."""

    def carry(run: Run, numbers: Sequence[int], tell: Callable[[], None]) -> None:
        Carrier(bulk, run, clock).carry(numbers, lambda number: nullcontext(), tell)

    return carry


def _issue_all(bulk: Bulk, crew: Crew, run: Run, clock: Clock, watch: Watch) -> None:
    store = bulk.issuer.store

    def tell() -> None:
        with store.reading() as tx:
            watch(tx.run_counts(run.id))

    finish_batches(bulk.issuer, run.insurer, clock())
    tell()
    with store.reading() as tx:
        numbers = tx.chunks_to_decide(run.id, -1, run.lines)
    crew(run, numbers, tell)


def _end(tx: Transaction, run: Run, clock: Clock) -> Run:
    """Nothing left to do is the end of the run."""
    at = clock()
    is_whole = not tx.chunks_to_decide(run.id, -1, 1)
    if is_whole and not tx.run_batches_open(run.id):
        if tx.turn_run(run.id, [RunState.READY], RunState.FINISHED, at=at):
            note(tx, run, AuditKind.RUN_FINISHED, "", at)
    return tx.bulk_run(run.id) or run


NOT_READY = {
    RunState.RECEIVING: Words(
        "一覧を読み込み中です。少し待ってください。",
        "Its list is being read: wait a little.",
    ),
    RunState.AWAITING_APPROVAL: Words(
        "別の担当者の承認が必要です。",
        "It needs the approval of a second operator.",
    ),
    RunState.ABANDONED: Words(
        "長く放置されたため破棄されました。一覧を --key を付けて送り直してください。",
        "It was left too long and given up: send its list again, with a key.",
    ),
    RunState.CANCELLED: Words(
        "取り消されています。続けるには再開してください。",
        "It was cancelled: resume it to go on.",
    ),
}
"""Why a run in each of these states is not carried on."""
