"""Status lists in SQLite: which indices are taken, which papers are withdrawn."""

from array import array
from collections.abc import Callable, Sequence
from itertools import count, repeat
from typing import Any

from backend.domain.errors import ConflictError, NotFoundError
from backend.domain.words import Words
from backend.storage.rows import StatusPlace, Withdrawal
from backend.storage.sqlite.instants import to_micros
from backend.storage.sqlite.statements import Statements

STATUS_LIST_SIZE = 2**17  # 16 KiB of two-bit values before compression

_INDEX_BYTES = 4
_KEY_BYTES = 8  # two equal keys in a list: once in two billion lists

_LAST_LIST = """
SELECT list_number, size, used FROM status_lists
WHERE insurer = ? ORDER BY list_number DESC LIMIT 1
"""
_OPEN_LIST = "INSERT INTO status_lists VALUES (?, ?, ?, 0)"
_SHUFFLE = (
    "INSERT INTO status_shuffles (insurer, list_number, indices) VALUES (?, ?, ?)"
)
_SHUFFLE_ID = "SELECT id FROM status_shuffles WHERE insurer = ? AND list_number = ?"
_USE = "UPDATE status_lists SET used = used + ? WHERE insurer = ? AND list_number = ?"
_LISTS = "SELECT insurer, list_number FROM status_lists ORDER BY insurer, list_number"
_SIZE = "SELECT size FROM status_lists WHERE insurer = ? AND list_number = ?"
_ENTRIES = """
SELECT idx, kind FROM withdrawals WHERE insurer = ? AND list_number = ? ORDER BY id
"""
_WITHDRAW = """
INSERT INTO withdrawals (object_id, insurer, list_number, idx, kind, reason, at)
SELECT object_id, insurer, list_number, idx, ?, ?, ? FROM intents
WHERE object_id = ? AND insurer = ? AND list_number = ? AND idx = ?
"""


class SqliteStatusLists(Statements):
    """`Papers`' status lists: an index is used once, whatever becomes of the paper."""

    __slots__ = ()

    def allocate_status(
        self, insurer: str, wanted: int, random_bytes: Callable[[int], bytes]
    ) -> Sequence[StatusPlace]:
        places: list[StatusPlace] = []
        while len(places) < wanted:
            last = self.run(_LAST_LIST, (insurer,)).fetchone()
            number, size, used = last or (-1, 0, 0)
            if used == size:
                self._open_list(insurer, number + 1, random_bytes)
                continue
            some = min(wanted - len(places), size - used)
            indices = self._shuffled(insurer, number, used, some)
            turns = zip(repeat(insurer), repeat(number), indices, count(used))
            places += map(StatusPlace._make, turns)
            self.run(_USE, (some, insurer, number))
        return places

    def _open_list(
        self, insurer: str, number: int, random_bytes: Callable[[int], bytes]
    ) -> None:
        """Shuffle a new list's indices by sorting them by random keys."""
        size = self.status_list_size
        keys = array("Q", random_bytes(_KEY_BYTES * size))
        shuffled = array("I", sorted(range(size), key=keys.__getitem__))
        self.run(_OPEN_LIST, (insurer, number, size))
        self.run(_SHUFFLE, (insurer, number, shuffled.tobytes()))

    def _shuffled(
        self, insurer: str, number: int, start: int, some: int
    ) -> Sequence[int]:
        """So many of a list's indices in their random order, from `start` on.

        Read from the middle of the blob: a select would read all of it.
        """
        (row_id,) = self.run(_SHUFFLE_ID, (insurer, number)).fetchone()
        connection: Any = self.connection  # pysqlite3's name for it is not sqlite3's
        with connection.open_blob("status_shuffles", "indices", row_id, True) as blob:
            blob.seek(_INDEX_BYTES * start)
            return array("I", blob.read(_INDEX_BYTES * some))

    def put_withdrawal(self, withdrawal: Withdrawal, place: StatusPlace) -> None:
        row = (
            withdrawal.kind.value,
            withdrawal.reason,
            to_micros(withdrawal.at),
            withdrawal.object_id,
            place.insurer,
            place.list_number,
            place.idx,
        )
        if self.run(_WITHDRAW, row).rowcount != 1:
            raise ConflictError(_NO_SUCH_PAPER)

    def status_lists(self) -> Sequence[tuple[str, int]]:
        return list(self.run(_LISTS))

    def status_entries(
        self, insurer: str, list_number: int
    ) -> tuple[int, Sequence[tuple[int, str]]]:
        found = self.run(_SIZE, (insurer, list_number)).fetchone()
        if found is None:
            raise NotFoundError("status list")
        newest = dict(self.run(_ENTRIES, (insurer, list_number)).fetchall())
        return found[0], sorted(newest.items())


_NO_SUCH_PAPER = Words(
    "その場所にその文書は記録されていません。",
    "No such paper is recorded at that place.",
)
