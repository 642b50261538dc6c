"""Numbers by name in a file without a name of its own, gone when it is closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.storage.sqlite.database import Connection, nameless

_TABLE = """
CREATE TABLE aside (name TEXT PRIMARY KEY, number INTEGER NOT NULL)
STRICT, WITHOUT ROWID
"""
_PUT = "INSERT OR REPLACE INTO aside VALUES (?, ?)"
_GET = "SELECT number FROM aside WHERE name = ?"


class SqliteAside:
    """`storage.aside.Aside` on the disk."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __contains__(self, name: object) -> bool:
        return self._connection.execute(_GET, (name,)).fetchone() is not None

    def get(self, name: str) -> int | None:
        found = self._connection.execute(_GET, (name,)).fetchone()
        return None if found is None else int(found[0])

    def __setitem__(self, name: str, number: int) -> None:
        self._connection.execute(_PUT, (name, number))


@contextmanager
def set_aside(folder: Path) -> Iterator[SqliteAside]:
    """Room for any number of names; `UnavailableError` where the disk is full."""
    with nameless(folder) as connection:
        connection.execute(_TABLE)
        yield SqliteAside(connection)
