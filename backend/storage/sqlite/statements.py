"""The way to run statements while a transaction is open; refuses when it has ended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from backend.storage.sqlite.database import Connection, refusal


class Statements:
    """A transaction's hold on its connection.

    `run` and `run_many` take SQL and values; the same SQL text each time, since the
    connection keeps what it has compiled by its text. `known` are numbers that were
    read or written since the pen was taken, shared by all who write with one commit.
    """

    __slots__ = ("connection", "known", "run", "run_many", "status_list_size")

    def __init__(
        self, connection: Connection, status_list_size: int, known: dict[str, int]
    ) -> None:
        self.connection = connection
        self.known = known
        self.run: Callable[..., Any] = connection.execute
        self.run_many: Callable[..., Any] = connection.executemany
        self.status_list_size = status_list_size

    @contextmanager
    def apart(self) -> Iterator[None]:
        """See `Transaction.apart`: a savepoint, within others if need be."""
        if not self.connection.in_transaction:  # SQLite has undone all
            self.end()
        self.run("SAVEPOINT apart")
        try:
            yield
        except BaseException as error:
            self._undo()
            worded = refusal(error)
            if worded is error:
                raise
            raise worded from error
        self.run("RELEASE apart")

    def _undo(self) -> None:
        self.known.clear()
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK TO apart")
            self.connection.execute("RELEASE apart")
        else:  # SQLite has undone all: what is written now would stand alone
            self.end()

    def end(self) -> None:
        """Let go: whatever is asked from now on raises RuntimeError."""
        self.run = self.run_many = _refuse


def _refuse(*_: object) -> NoReturn:
    raise RuntimeError("this transaction has ended")
