"""Numbered steps from an empty file to today's tables, each applied once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from sqlite3 import complete_statement  # reads text, opens nothing

from sqlite_utils import Database

from backend.domain.errors import UnavailableError
from backend.domain.words import Words
from backend.storage.sqlite.database import change


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number and its statements."""

    number: int
    sql: str


def steps() -> Sequence[Step]:
    """The steps that this code knows, in order: `migrations/0001_….sql` and on."""
    folder = files(__package__).joinpath("migrations")
    names = sorted(entry.name for entry in folder.iterdir())
    return [
        Step(int(name[:4]), folder.joinpath(name).read_text("utf-8"))
        for name in names
        if name.endswith(".sql")
    ]


def migrate(database: Database, known: Sequence[Step]) -> None:
    """Apply the steps still to come; there is no way back but a backup.

    A step and its number (`user_version`) are one transaction, so an interrupted
    step leaves nothing. Raises `UnavailableError` for a file newer than this code.
    """
    newest = known[-1].number
    if reached(database) > newest:
        raise UnavailableError(_NEWER)
    for step in known:
        if step.number > reached(database):
            _apply(database, step)


def reached(database: Database) -> int:
    """The number of the last step applied to the file; 0 for an empty one."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _apply(database: Database, step: Step) -> None:
    with change(database.conn):
        if reached(database) >= step.number:  # another process was faster
            return
        for statement in _statements(step.sql):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {step.number:d}")


def _statements(sql: str) -> Iterator[str]:
    """Statements, each from a line of its own; `executescript` would commit midway."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if complete_statement(statement):
            yield statement
            statement = ""
    if statement:  # the last, should its semicolon be missing
        yield statement


_NEWER = Words(
    "データベースはこの版より新しい shikaku で作られています。"
    "新しい版を入れるか、バックアップから戻してください。",
    "The database was made by a newer shikaku: install that version, or restore a "
    "backup.",
)
