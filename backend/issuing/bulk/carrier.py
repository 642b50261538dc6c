"""One who carries chunks of a run: prepares, notes in turn, signs, records."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from backend.domain.insurer_number import InsurerNumber
from backend.interchange.order_columns import OrderColumn
from backend.interchange.order_row import OrderReader
from backend.issuing.batches import close_batch, sign_batch
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.lines import open_chunk
from backend.issuing.bulk.noting import Noted, Noting
from backend.issuing.bulk.preparing import Prepared, Preparing
from backend.storage.batch_rows import OpenBatch
from backend.storage.run_rows import Run, RunState
from backend.storage.store import Transaction

Clock = Callable[[], datetime]
Turn = Callable[[int], AbstractContextManager[None]]
"""Waits until all chunks before one are noted; leaving it lets the next be noted."""


@dataclass(frozen=True, slots=True)
class _Signed:
    batch: OpenBatch
    signatures: list[bytes]


class Carrier:
    """Carries some of a run's chunks; others may carry the rest meanwhile."""

    def __init__(self, bulk: Bulk, run: Run, clock: Clock) -> None:
        columns = [OrderColumn(name) for name in run.columns.split(",")]
        reader = OrderReader(columns, InsurerNumber.parse(run.insurer))
        self._bulk, self._run, self._clock = bulk, run, clock
        self._store = bulk.issuer.store
        self._preparing = Preparing(bulk.issuer, run, reader)
        self._noting = Noting(bulk, run)
        self._signed: list[_Signed] = []

    def carry(
        self, numbers: Iterable[int], turn: Turn, tell: Callable[[], None]
    ) -> None:
        """Carry these chunks to their end, or until the run is stopped.

        `tell` is called whenever a chunk was noted.
        """
        for number in numbers:
            at = self._clock()
            prepared = self.prepare(number, at)
            with turn(number):
                noted = self._write(number, prepared, at)
            if noted is None:
                break
            self._signed = [_Signed(it, self.sign(it)) for it in noted.batches]
            tell()
        self._store.write(self._record)

    def prepare(self, number: int, at: datetime) -> Prepared:
        """A chunk made ready, as of now."""
        with self._store.reading() as tx:
            return self._prepare_in(tx, number, at)

    def sign(self, batch: OpenBatch) -> list[bytes]:
        """A signature for each paper of what was noted."""
        return sign_batch(self._bulk.issuer, batch)

    def _prepare_in(self, tx: Transaction, number: int, at: datetime) -> Prepared:
        chunk = tx.chunk(self._run.id, number)
        rows = open_chunk(self._bulk.safe, self._run.id, chunk) if chunk else ()
        return self._preparing.prepare(tx, rows, at)

    def _write(self, number: int, prepared: Prepared, at: datetime) -> Noted | None:
        """Record what is signed by now, and note a chunk; None once the run rests."""

        def write(tx: Transaction) -> Noted | None:
            self._record(tx)
            return self._note(tx, number, prepared, at)

        return self._store.write(write)

    def _record(self, tx: Transaction) -> None:
        for it in self._signed:
            at = self._clock()
            close_batch(tx, self._run.insurer, it.batch, it.signatures, at)

    def _note(
        self, tx: Transaction, number: int, prepared: Prepared, at: datetime
    ) -> Noted | None:
        now = tx.bulk_run(self._run.id)
        if now is None or now.state is not RunState.READY:
            return None
        if tx.chunks_to_decide(self._run.id, number - 1, 1) != [number]:
            return Noted(())  # another process was faster
        if self._noting.is_old(tx, prepared):
            prepared = self._prepare_in(tx, number, at)
        press = self._preparing.press_at(tx, at)
        return self._noting.note(tx, press, number, prepared, at)
