"""A file of somebody else's: told apart before anything is written to it."""

import sqlite3

import pytest

from backend.domain.errors import UnavailableError
from backend.storage.sqlite.store import SqliteStore


def test_another_programs_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as theirs:
        theirs.execute("CREATE TABLE notes (text)")
    before = path.read_bytes()

    with pytest.raises(UnavailableError, match="no database of Shikaku"):
        SqliteStore(path)

    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_text_file_is_left_as_it_is(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("a letter, and no database\n" * 100, "utf-8")
    before = path.read_bytes()

    with pytest.raises(UnavailableError):
        SqliteStore(path)

    assert path.read_bytes() == before


def test_a_file_that_lost_a_table_is_told_as_damaged(tmp_path):
    path = tmp_path / "shikaku.db"
    SqliteStore(path).close()
    with sqlite3.connect(path) as broken:
        broken.execute("DROP TABLE clinics")
    broken.close()
    store = SqliteStore(path)

    with pytest.raises(UnavailableError, match="damaged"), store.reading() as tx:
        tx.clinic("1312345678")
    with pytest.raises(UnavailableError, match="damaged"):
        store.write(lambda tx: tx.clinic("1312345678"))
    store.close()
