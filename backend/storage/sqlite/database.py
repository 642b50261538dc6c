"""The database file: how a connection to it is opened, and how it is changed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from sqlite_utils import Database

from backend.domain.errors import ConflictError, UnavailableError
from backend.domain.words import Words
from backend.storage.sqlite.conditions import require_fit

if TYPE_CHECKING:  # the same interface; pysqlite3 ships no types
    import sqlite3
else:
    import pysqlite3 as sqlite3

Connection = sqlite3.Connection

_BUSY_MS = 10_000  # another process commits in 0.2 ms; seconds pass only when starved
_MMAP_BYTES = 64 << 30  # of address space: 124 million insured are about 27 GB
_CACHE_KIB = 16 << 10  # only for what is changed: reads go through the map
_WAL_PAGES = 4_000  # 16 MB: one block of its index (4,062), which every read asks
_CACHED_STATEMENTS = 256  # more than we have

APPLICATION_ID = 0x7368696B  # "shik", which the first migration writes into the file

_PRAGMAS = (
    f"busy_timeout = {_BUSY_MS}",
    "synchronous = FULL",  # without it a power cut loses acknowledged writes
    "foreign_keys = ON",
    "recursive_triggers = ON",  # else INSERT OR REPLACE walks past DELETE triggers
    "secure_delete = ON",  # what is erased is overwritten in the file
    "trusted_schema = OFF",
    f"mmap_size = {_MMAP_BYTES}",
    f"cache_size = -{_CACHE_KIB}",
    f"wal_autocheckpoint = {_WAL_PAGES}",
)

_NAMELESS = (
    "journal_mode = OFF",  # nothing of it is to be kept
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    f"cache_size = -{_CACHE_KIB}",
)

# https://sqlite.org/rescode.html
_BUSY, _LOCKED, _NOMEM, _READONLY, _IOERR = 5, 6, 7, 8, 10
_CORRUPT, _FULL, _CANTOPEN, _PROTOCOL, _CONSTRAINT, _NOTADB = 11, 13, 14, 15, 19, 26
# A value that its column cannot hold is our mistake and contradicts nothing.
_MISTAKES = ("NOT NULL", "CHECK", "cannot store")


def open_database(path: Path, *, is_writing: bool) -> Database:
    """A connection to the file, created if absent, readable by its owner only.

    Raises `UnavailableError`, with the cure, where the file cannot be opened or the
    connection is not one to trust (`conditions.checks`).
    """
    try:
        path.touch(mode=0o600)  # the files that SQLite lays beside it follow its mode
        return _connect(path, is_writing)
    except OSError as error:
        raise UnavailableError(CANNOT_OPEN) from error
    except sqlite3.Error as error:
        raise refusal(error) from error


def _connect(path: Path, is_writing: bool) -> Database:
    connection = sqlite3.connect(
        str(path),
        isolation_level=None,  # we say ourselves where a transaction begins
        check_same_thread=False,  # one thread at a time, not always the same
        cached_statements=_CACHED_STATEMENTS,
    )
    try:
        database = Database(connection, execute_plugins=False)
        _require_ours(database)
        for pragma in _PRAGMAS:
            database.execute(f"PRAGMA {pragma}")
        database.enable_wal()
        require_fit(database)
        if not is_writing:
            database.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return database


@contextmanager
def nameless(folder: Path) -> Iterator[Connection]:
    """A database in a file without a name, gone when the block ends or the process.

    Raises `UnavailableError` where the disk is full or the folder cannot be used.
    """
    with closing(_nameless(folder)) as connection:
        try:
            yield connection
        except sqlite3.Error as error:
            raise refusal(error) from error


def _nameless(folder: Path) -> Connection:
    try:
        with NamedTemporaryFile(dir=folder, prefix="aside-") as file:  # 0600
            # One change without an end: pages leave memory when there is no room.
            connection = sqlite3.connect(file.name, isolation_level="EXCLUSIVE")
            for pragma in _NAMELESS:
                connection.execute(f"PRAGMA {pragma}")
    except OSError as error:
        raise UnavailableError(CANNOT_OPEN) from error
    return connection


def _require_ours(database: Database) -> None:
    """Before anything is written: a file of somebody else's stays as it is."""
    (tables,) = database.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    (mark,) = database.execute("PRAGMA application_id").fetchone()
    if tables and mark != APPLICATION_ID:
        raise UnavailableError(_NOT_OURS)


@contextmanager
def change(
    connection: Connection,
    at_head: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Iterator[None]:
    """One durable change, whole or not at all: the only place that opens a write.

    IMMEDIATE takes the writer's lock at once, waiting for other processes; a plain
    transaction that turns to writing midway may find the lock gone and fail.
    `at_head` is waited in for it (`queue.Queue.at_head`).
    Raises `UnavailableError` when the change cannot be made durable.
    """
    try:
        with at_head():
            connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            if not connection.in_transaction:  # SQLite has undone all, unheard
                raise UnavailableError(UNDONE)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except sqlite3.Error as error:
        raise refusal(error) from error


@contextmanager
def view(connection: Connection) -> Iterator[None]:
    """One consistent state to read, as of the first statement."""
    try:
        connection.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        if _code(error) == _READONLY:
            raise RuntimeError("this state may only be read") from error
        raise refusal(error) from error


def refusal(error: BaseException) -> BaseException:
    """What SQLite's error is called in our words; any other error stays itself."""
    if not isinstance(error, sqlite3.Error):
        return error
    code = _code(error)
    if code in _FAULTS:
        return UnavailableError(_FAULTS[code])
    if str(error).startswith("no such table"):  # none that we ask for was ever absent
        return UnavailableError(_DAMAGED)
    if code == _CONSTRAINT and not str(error).startswith(_MISTAKES):
        return ConflictError(_CONTRADICTION)
    return error


def _code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


_CONTRADICTION = Words(
    "記録済みの内容と矛盾するため、記録できません。",
    "It contradicts what is recorded, so it cannot be recorded.",
)
_NOT_OURS = Words(
    "このファイルは Shikaku のデータベースではないため、触りません。SHIKAKU_DATA_DIR を"
    "確かめてください。",
    "This file is no database of Shikaku's and was left alone: see SHIKAKU_DATA_DIR.",
)
CANNOT_OPEN = Words(
    "データベースを開けません。フォルダーの有無と権限を確かめてください。",
    "The database cannot be opened: see that its folder exists and may be used.",
)
UNDONE = Words(
    "記録できませんでした。何も記録されていないので、もう一度お試しください。",
    "It could not be recorded; nothing was written, so try again.",
)
_BEING_WRITTEN = Words(
    "ほかの処理が書き込み中です。少し待ってから、もう一度お試しください。",
    "Others are writing: wait a little and try again.",
)
_NO_ROOM = Words(
    "空き容量がないため、記録できません。空きを作ってから、もう一度お試しください。",
    "There is no room left to write: make room and try again.",
)
_DEVICE = Words(
    "記録装置の異常か権限のため、読み書きできません。装置と権限を確かめてください。",
    "The device or a permission forbids reading or writing: look after both.",
)
_DAMAGED = Words(
    "データベースが壊れています。最後のバックアップから戻してください。",
    "The database file is damaged: restore it from the last backup.",
)
_FAULTS = {
    _BUSY: _BEING_WRITTEN,
    _LOCKED: _BEING_WRITTEN,
    _PROTOCOL: _BEING_WRITTEN,
    _NOMEM: _NO_ROOM,
    _FULL: _NO_ROOM,
    _IOERR: _DEVICE,
    _READONLY: _DEVICE,
    _CANTOPEN: CANNOT_OPEN,
    _CORRUPT: _DAMAGED,
    _NOTADB: _DAMAGED,
}
