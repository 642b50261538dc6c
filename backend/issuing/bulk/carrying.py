"""A run carried on to its end, from wherever it was left.

1. Finish what was noted and not signed (by a process that ended).
2. For every chunk that is not decided, in the order of the list: prepare it; note
   outcomes and intents; sign; record the signatures. Each of the two writes is one
   durable transaction, and the next chunks are prepared and signed meanwhile.
3. When every chunk is decided and every batch signed, the run is finished.
Killed anywhere, the run is carried on from there: a chunk is decided once, whoever
asks, and what was noted is signed as it was noted. Two processes may carry on one run.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from backend.audit.events import AuditKind
from backend.domain.errors import ConflictError, NotFoundError
from backend.domain.words import Words
from backend.issuing.batches import close_batch, finish_batches
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.noting import Noted, Noting
from backend.issuing.bulk.preparing import Prepared
from backend.issuing.bulk.trail import note
from backend.issuing.bulk.withdrawing import withdraw_all
from backend.issuing.bulk.workshop import Bench, Ready, Workshop
from backend.storage.rows import OpenBatch
from backend.storage.run_rows import Decided, Run, RunCounts, RunKind, RunState
from backend.storage.store import Transaction

NOTHING = Decided(b"[]", 0, 0, 0)
AHEAD = 4  # chunks prepared before their turn: enough that nobody waits

Clock = Callable[[], datetime]
Watch = Callable[[RunCounts], None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    number: int
    at: datetime
    prepared: Ready[Prepared]


@dataclass(frozen=True, slots=True)
class _Signing:
    batch: OpenBatch
    signatures: Ready[list[bytes]]


def carry_on(
    bulk: Bulk, workshop: Workshop, run_id: str, clock: Clock, watch: Watch
) -> Run:
    """Carry a run on until it is finished or cancelled; `watch` is told of each step.

    Raises NotFoundError for an unknown run, ConflictError for one that is neither
    ready nor finished.
    """
    with bulk.issuer.store.reading() as tx:
        run = tx.bulk_run(run_id)
    if run is None:
        raise NotFoundError("run")
    if run.state is RunState.FINISHED:
        return run
    if run.state is not RunState.READY:
        raise ConflictError(NOT_READY[run.state])
    return _Carrier(bulk, workshop, run, clock, watch).carry()


@dataclass(frozen=True, slots=True)
class _Signed:
    batch: OpenBatch
    signatures: dict[int, bytes]


class _Carrier:
    def __init__(
        self, bulk: Bulk, workshop: Workshop, run: Run, clock: Clock, watch: Watch
    ) -> None:
        self._bulk, self._workshop, self._run = bulk, workshop, run
        self._clock, self._watch = clock, watch
        self._store = bulk.issuer.store
        self._bench = Bench(bulk)
        self._noting = Noting(bulk, run)
        self._signing: deque[_Signing] = deque()
        with self._store.reading() as tx:
            self._counts = tx.run_counts(run.id)

    def carry(self) -> Run:
        if self._run.kind is RunKind.WITHDRAW:
            withdraw_all(self._bulk, self._run, self._clock, self._watch)
            return self._stop()
        finish_batches(self._bulk.issuer, self._run.insurer, self._clock())
        self._watch(self._counts)
        waiting: deque[_Waiting] = deque()
        for ahead in self._ahead():
            waiting.append(ahead)
            if len(waiting) > AHEAD and not self._step(waiting.popleft()):
                return self._stop()
        while waiting and self._step(waiting.popleft()):
            pass
        return self._stop()

    def _ahead(self) -> Iterator[_Waiting]:
        """Every chunk that is not decided, being prepared."""
        last = -1
        while numbers := self._to_decide(last):
            for number in numbers:
                at = self._clock()
                prepared = self._workshop.prepare(self._run, number, at)
                yield _Waiting(number, at, prepared)
            last = numbers[-1]

    def _to_decide(self, last: int) -> list[int]:
        with self._store.reading() as tx:
            return list(tx.chunks_to_decide(self._run.id, last, _LOOK_AHEAD))

    def _step(self, waiting: _Waiting) -> bool:
        """Note a chunk, record what is signed by now; False once the run is stopped."""
        prepared = waiting.prepared.result()
        signed = self._signed(all_but=1)  # that one is being signed meanwhile

        def write(tx: Transaction) -> Noted | None:
            self._record(tx, signed)
            return self._note(tx, waiting, prepared)

        noted = self._store.write(write)
        if noted is None:
            return False
        self._sign(noted.batch)
        self._counts = self._counts.plus(noted.decided)
        self._watch(self._counts)
        return True

    def _note(
        self, tx: Transaction, waiting: _Waiting, prepared: Prepared
    ) -> Noted | None:
        run, number, at = self._run, waiting.number, waiting.at
        now = tx.bulk_run(run.id)
        if now is None or now.state is not RunState.READY:
            return None
        if tx.chunks_to_decide(run.id, number - 1, 1) != [number]:
            return Noted(NOTHING, None)  # another process was faster
        press = self._bench.preparing(tx, run, at).press
        return self._noting.note(
            tx,
            press,
            number,
            prepared,
            lambda tx: self._bench.prepare_in(tx, run, number, at),
            at,
        )

    def _sign(self, batch: OpenBatch | None) -> None:
        if batch is None:
            return
        intents = list(batch.intents.values())
        digests = [intent.digest for intent in intents]
        made = self._workshop.sign(intents[0].kid, digests)
        self._signing.append(_Signing(batch, made))

    def _signed(self, all_but: int) -> list[_Signed]:
        """The batches being signed, oldest first, waited for until so many are left."""
        signed = []
        while len(self._signing) > all_but:
            it = self._signing.popleft()
            made = zip(it.batch.intents, it.signatures.result(), strict=True)
            signed.append(_Signed(it.batch, dict(made)))
        return signed

    def _record(self, tx: Transaction, signed: list[_Signed]) -> None:
        for it in signed:
            at = self._clock()
            close_batch(tx, self._run.insurer, it.batch, it.signatures, at)

    def _stop(self) -> Run:
        """Record what is left to record; nothing left to do is the end of the run."""
        signed = self._signed(all_but=0)

        def stop(tx: Transaction) -> Run:
            self._record(tx, signed)
            at, run_id = self._clock(), self._run.id
            is_whole = not tx.chunks_to_decide(run_id, -1, 1)
            if is_whole and not tx.run_batches_open(run_id):
                if tx.turn_run(run_id, [RunState.READY], RunState.FINISHED, at=at):
                    note(tx, self._run, AuditKind.RUN_FINISHED, "", at)
            return tx.bulk_run(run_id) or self._run

        return self._store.write(stop)


_LOOK_AHEAD = 100
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
