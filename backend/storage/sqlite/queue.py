"""The queue of processes that wait to write to one file: none is always first.

SQLite's own waiting is by trying again, less and less often: a process that writes and
at once writes again is always there first, and one that answers a desk would wait for
as long as a run lasts. Here whoever wants to write stands at the head of the queue
until it has SQLite's lock, and only then lets the next one stand there; so a process
that has just written comes after all who waited meanwhile. It decides the order only:
what keeps two from writing at once is SQLite's lock.
"""

import fcntl
import os
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.domain.errors import UnavailableError
from backend.storage.sqlite.database import CANNOT_OPEN

SUFFIX = "-queue"

_TRIES, _BETWEEN = 1_000, 0.002  # seconds: the head moves on within a write's time


class Queue:
    """This process's place in the queue beside a database file."""

    def __init__(self, path: Path) -> None:
        """Raises UnavailableError where the file of the queue cannot be opened."""
        beside = path.with_name(path.name + SUFFIX)
        try:
            self._file = os.open(beside, os.O_RDONLY | os.O_CREAT, 0o600)
        except OSError as error:
            raise UnavailableError(CANNOT_OPEN) from error
        self._closing = weakref.finalize(self, os.close, self._file)

    @contextmanager
    def at_head(self) -> Iterator[None]:
        """Stand at the head; the place goes with the process, however that one ends.

        Who stands there and does not move (a process that was stopped) is passed by.
        """
        is_at_head = self._come()
        try:
            yield
        finally:
            if is_at_head:
                fcntl.flock(self._file, fcntl.LOCK_UN)

    def _come(self) -> bool:
        for _ in range(_TRIES):
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_BETWEEN)
            else:
                return True
        return False

    def close(self) -> None:
        """Give up the place for good; a second time changes nothing."""
        self._closing()
