"""One pen, one writer at a time: whoever holds it writes for all who wait.

A durable commit costs far more than what is written in it, so callers who would queue
for the pen leave their work with its holder, who commits once for everybody. A caller
who finds the pen free writes at once, in their own thread, as if there were no group.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

from backend.domain.errors import UnavailableError
from backend.storage.sqlite.database import UNDONE, Connection, change
from backend.storage.sqlite.pen import Pen, Turn, Work
from backend.storage.sqlite.queue import Queue
from backend.storage.sqlite.transaction import SqliteTransaction

T = TypeVar("T")


class GroupCommit:
    """The pen over the one connection of a store that writes.

    `commits` counts the commits made through `write`: fewer than the works when they
    came together.
    """

    def __init__(
        self,
        connection: Connection,
        queue: Queue,
        transaction_over: Callable[[Connection, dict[str, int]], SqliteTransaction],
    ) -> None:
        self.commits = 0
        self._connection, self._queue = connection, queue
        self._transaction_over = transaction_over
        self._pen = Pen()

    def write(self, run: Callable[[SqliteTransaction], T]) -> T:
        """Run and commit, alone or with others; see `Store.write`."""
        work = Work(run)
        if self._pen.take(work):
            try:
                self._write_for_all([work, *self._pen.companions()])
            finally:
                self._pen.pass_on()
        if work.error is not None:
            raise work.error
        answer: T = work.answer
        return answer

    @contextmanager
    def transaction(self) -> Iterator[SqliteTransaction]:
        """Hold the pen for a change of one's own; see `Store.transaction`."""
        self._pen.take(Turn())
        try:
            with self._change(), self._open({}) as tx:
                yield tx
        finally:
            self._pen.pass_on()

    def _change(self) -> AbstractContextManager[None]:
        return change(self._connection, self._queue.at_head)

    @contextmanager
    def _open(self, known: dict[str, int]) -> Iterator[SqliteTransaction]:
        tx = self._transaction_over(self._connection, known)
        try:
            yield tx
        finally:
            tx.end()

    def _write_for_all(self, works: Sequence[Work]) -> None:
        try:
            with self._change():
                self._run(works)
            self.commits += 1
        except Exception as error:
            _fail(works, error)
        except BaseException:
            _fail(works, UnavailableError(UNDONE))
            raise
        finally:
            for work in works[1:]:
                work.bell.release()

    def _run(self, works: Sequence[Work]) -> None:
        known: dict[str, int] = {}
        if len(works) == 1:
            with self._open(known) as tx:
                works[0].answer = works[0].run(tx)
            return
        for work in works:
            self._run_apart(work, known)

    def _run_apart(self, work: Work, known: dict[str, int]) -> None:
        """Run so that the work fails alone if it fails."""
        with self._open(known) as tx:
            try:
                with tx.apart():
                    work.answer = work.run(tx)
            except Exception as error:
                if not self._connection.in_transaction:  # SQLite has undone all
                    raise
                work.error = error


def _fail(works: Sequence[Work], error: Exception) -> None:
    """Nothing was written: tell those who have not failed on their own."""
    reason = error.reason if isinstance(error, UnavailableError) else UNDONE
    for work in works:
        work.answer = None
        if work.error is None:
            work.error = error if len(works) == 1 else UnavailableError(reason)
