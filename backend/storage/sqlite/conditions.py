"""What must hold of a connection before anything is entrusted to it, with the cures."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from backend.domain.errors import UnavailableError
from backend.domain.words import Words

# Older ones corrupt a WAL file when two connections checkpoint at once:
# https://sqlite.org/wal.html#walresetbug
_OLDEST_SQLITE = (3, 51, 3)
_FULL = 2


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold: what was found, and how to mend it."""

    name: str
    is_met: bool
    found: str
    cure: Words


def checks(database: Database) -> Sequence[Condition]:
    """Every condition as it stands on this connection (`shikaku doctor` lists them)."""
    version = _ask(database, "SELECT sqlite_version()")
    journal = _ask(database, "PRAGMA journal_mode")
    synchronous = _ask(database, "PRAGMA synchronous")
    recursive = _ask(database, "PRAGMA recursive_triggers")
    foreign = _ask(database, "PRAGMA foreign_keys")
    return (
        Condition("sqlite-version", is_new_enough(version), version, _VERSION_CURE),
        Condition("journal", journal == "wal", journal, _JOURNAL_CURE),
        Condition("synchronous", synchronous == str(_FULL), synchronous, _OUR_DOOR),
        Condition("recursive-triggers", recursive == "1", recursive, _OUR_DOOR),
        Condition("foreign-keys", foreign == "1", foreign, _OUR_DOOR),
    )


def require_fit(database: Database) -> None:
    """Raise `UnavailableError`, with the cure, at the first condition not met."""
    for condition in checks(database):
        if not condition.is_met:
            raise UnavailableError(condition.cure)


def is_new_enough(version: str) -> bool:
    """Whether this SQLite keeps a WAL file whole under concurrent checkpoints."""
    return tuple(int(part) for part in version.split(".")) >= _OLDEST_SQLITE


def _ask(database: Database, question: str) -> str:
    return str(database.execute(question).fetchone()[0])


_VERSION_CURE = Words(
    "SQLiteが古く、データベースを壊すおそれがあります。"
    "pip install 'pysqlite3>=0.6.1' で 3.51.3 以降にしてください"
    "(pysqlite3-binary は外してください)。",
    "This SQLite may corrupt the database: get 3.51.3 or later with "
    "pip install 'pysqlite3>=0.6.1' (and remove pysqlite3-binary).",
)
_JOURNAL_CURE = Words(
    "WALにできません。ネットワーク共有ではない、"
    "書き込めるフォルダーにデータベースを置いてください。",
    "The journal is not WAL: keep the database in a writable folder of a local disk.",
)
_OUR_DOOR = Words(
    "接続の設定が違います。SqliteStore を通して開いてください。",
    "The connection is not set as it must be: open it through SqliteStore.",
)
