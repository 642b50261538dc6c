"""Whether the file still has the tables, indexes and triggers that we made in it."""

from sqlite_utils import Database

from backend.domain.words import Words
from backend.storage.sqlite.conditions import Condition
from backend.storage.sqlite.migrating import migrate, steps

_SCHEMA = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"


def schema_stands(database: Database) -> Condition:
    """Compare the file with an empty one made anew; names all that differs.

    Whoever may write the file may drop a trigger, change rows, and go unseen.
    """
    differing = _schema(database) ^ _schema_as_made()
    names = sorted({name for name, _ in differing})
    return Condition("schema", not names, ", ".join(names) or "as made", _CURE)


def _schema(database: Database) -> set[tuple[str, str]]:
    return set(database.execute(_SCHEMA).fetchall())


def _schema_as_made() -> set[tuple[str, str]]:
    made = Database(memory=True, execute_plugins=False)
    try:
        migrate(made, steps())
        return _schema(made)
    finally:
        made.close()


_CURE = Words(
    "記録を守る仕組みが外されたか変えられています。"
    "shikaku audit verify と shikaku recheck で調べ、バックアップから戻してください。",
    "What guards the record was removed or changed: run shikaku audit verify and "
    "shikaku recheck, and restore the backup.",
)
