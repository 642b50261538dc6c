"""A copy of the database that is whole, taken while others write."""

import os
from pathlib import Path

from backend.domain.errors import ConflictError, UnavailableError
from backend.domain.words import Words
from backend.storage.sqlite.database import open_database, refusal


def copy_database(source: Path, target: Path) -> None:
    """Copy in one step to the new file `target`, readable by its owner only.

    One step, because a copy by pieces starts again whenever somebody writes. SQLite
    does not sync the copy, so we do, before it takes its name.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)  # of a copy that was broken off
        unfinished.touch(mode=0o600)
        _vacuum_into(source, unfinished)
        _sync(unfinished)
        os.link(unfinished, target)  # unlike a renaming, never over another file
        _sync(target.parent)
    except FileExistsError as error:
        raise ConflictError(_EXISTS) from error
    except OSError as error:
        raise UnavailableError(_CANNOT_WRITE) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _vacuum_into(source: Path, target: Path) -> None:
    database = open_database(source, is_writing=True)
    try:
        database.execute("VACUUM INTO ?", [str(target)])
    except Exception as error:
        raise refusal(error) from error
    finally:
        database.close()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_EXISTS = Words(
    "その名前のファイルがあります。別の名前にしてください。",
    "A file of that name exists: choose another name.",
)
_CANNOT_WRITE = Words(
    "バックアップを書けません。フォルダーの有無、権限、空き容量を確かめてください。",
    "The copy cannot be written: see that its folder exists, may be written and has "
    "room.",
)
