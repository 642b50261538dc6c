"""Where chunks are prepared and batches signed: in this process, or in several."""

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Protocol, TypeVar

from backend.domain.errors import NotFoundError
from backend.domain.insurer_number import InsurerNumber
from backend.interchange.order_columns import OrderColumn
from backend.interchange.order_row import OrderReader
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.lines import open_chunk
from backend.issuing.bulk.preparing import Prepared, Preparing
from backend.storage.run_rows import Run
from backend.storage.store import Transaction

T_co = TypeVar("T_co", covariant=True)


class Ready(Protocol[T_co]):
    """An answer that comes when it is ready."""

    def result(self) -> T_co:
        """The answer, waited for; raises what its work raised."""
        ...


class Workshop(Protocol):
    """What can be done ahead of the one who writes; the answers come when ready."""

    def prepare(self, run: Run, number: int, at: datetime) -> Ready[Prepared]:
        """A chunk of a run made ready, as of some moment before the answer."""
        ...

    def sign(self, kid: str, digests: Sequence[bytes]) -> Ready[list[bytes]]:
        """The signatures of the key `kid` for these digests, in their order."""
        ...


class Bench:
    """One place of work: does at once what it is asked to."""

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk
        self._readers: dict[str, OrderReader] = {}

    def preparing(self, tx: Transaction, run: Run, at: datetime) -> Preparing:
        """What prepares the run's chunks on the day of `at`."""
        return Preparing(self._bulk.issuer, tx, run, self._reader(run), at)

    def prepare_in(
        self, tx: Transaction, run: Run, number: int, at: datetime
    ) -> Prepared:
        """A chunk made ready as the transaction sees the register."""
        chunk = tx.chunk(run.id, number)
        if chunk is None:
            raise NotFoundError("run")
        rows = open_chunk(self._bulk.safe, run.id, chunk)
        return self.preparing(tx, run, at).prepare(tx, rows)

    def prepare_now(self, run: Run, number: int, at: datetime) -> Prepared:
        """The same as of now."""
        with self._bulk.issuer.store.reading() as tx:
            return self.prepare_in(tx, run, number, at)

    def sign_now(self, kid: str, digests: Sequence[bytes]) -> list[bytes]:
        """The signatures of the key `kid` for these digests, in their order."""
        sign = self._bulk.issuer.signer_of(kid).sign_digest
        return [sign(digest) for digest in digests]

    def _reader(self, run: Run) -> OrderReader:
        if run.id not in self._readers:
            columns = [OrderColumn(name) for name in run.columns.split(",")]
            insurer = InsurerNumber.parse(run.insurer)
            self._readers = {run.id: OrderReader(columns, insurer)}
        return self._readers[run.id]


class SoleBench(Bench):
    """The workshop of one process: everything is ready when it is asked for."""

    def prepare(self, run: Run, number: int, at: datetime) -> Future[Prepared]:
        """See `Workshop`."""
        ready: Future[Prepared] = Future()
        ready.set_result(self.prepare_now(run, number, at))
        return ready

    def sign(self, kid: str, digests: Sequence[bytes]) -> Future[list[bytes]]:
        """See `Workshop`."""
        ready: Future[list[bytes]] = Future()
        ready.set_result(self.sign_now(kid, digests))
        return ready
