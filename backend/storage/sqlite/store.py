"""The Store in one SQLite file: many readers, one pen."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from backend.storage.sqlite.aside import SqliteAside, set_aside
from backend.storage.sqlite.backup import copy_database
from backend.storage.sqlite.conditions import Condition, checks
from backend.storage.sqlite.database import Connection, open_database, view
from backend.storage.sqlite.group_commit import GroupCommit
from backend.storage.sqlite.guards import schema_stands
from backend.storage.sqlite.migrating import migrate, steps
from backend.storage.sqlite.queue import Queue
from backend.storage.sqlite.status_lists import STATUS_LIST_SIZE
from backend.storage.sqlite.transaction import SqliteTransaction

T = TypeVar("T")


class SqliteStore:
    """`storage.store.Store` over a file, which is created and migrated at need.

    Raises `UnavailableError`, with the cure, where the file or the SQLite library is
    not one to trust. Open it after a fork, never before.
    """

    def __init__(self, path: Path, status_list_size: int = STATUS_LIST_SIZE) -> None:
        self._path = path
        self._status_list_size = status_list_size
        self._database = open_database(path, is_writing=True)
        self._queue = Queue(path)
        self.group = GroupCommit(
            self._database.conn, self._queue, self._transaction_over
        )
        self._resting: deque[Connection] = deque()
        self._is_closed = False
        try:
            migrate(self._database, steps())
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[SqliteTransaction]:
        """One consistent state, on a connection of its own; see `Store.reading`."""
        connection = self._borrow()
        tx = self._transaction_over(connection, {})
        try:
            with view(connection):
                yield tx
        finally:
            tx.end()
            self._give_back(connection)

    def transaction(self) -> AbstractContextManager[SqliteTransaction]:
        """A change of its own; see `Store.transaction`."""
        return self.group.transaction()

    def write(self, work: Callable[[SqliteTransaction], T]) -> T:
        """A change that may share its commit; see `Store.write`."""
        return self.group.write(work)

    def aside(self) -> AbstractContextManager[SqliteAside]:
        """Numbers by name on the disk; see `Store.aside`."""
        return set_aside(self._path.parent)

    def checks(self) -> Sequence[Condition]:
        """What must hold of the file and of the connection that writes to it."""
        return (*checks(self._database), schema_stands(self._database))

    def backup(self, target: Path) -> None:
        """Write a consistent copy to a new file, durably, while others go on writing.

        Raises `ConflictError` if the file exists and `UnavailableError` if the copy
        cannot be written; then no file is left.
        """
        copy_database(self._path, target)

    def close(self) -> None:
        """Close the file; a view that is still open closes with its block."""
        self._is_closed = True
        while self._resting:
            self._resting.pop().close()
        self._queue.close()
        self._database.close()

    def _transaction_over(
        self, connection: Connection, known: dict[str, int]
    ) -> SqliteTransaction:
        return SqliteTransaction(connection, self._status_list_size, known)

    def _borrow(self) -> Connection:
        """The reader that rested last, whose cache is warm; else a new one."""
        if self._is_closed:
            raise RuntimeError("the store is closed")
        try:
            return self._resting.pop()
        except IndexError:
            return open_database(self._path, is_writing=False).conn

    def _give_back(self, connection: Connection) -> None:
        if self._is_closed or connection.in_transaction:
            connection.close()
        else:
            self._resting.append(connection)
