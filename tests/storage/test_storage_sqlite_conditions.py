"""A database is opened only by a SQLite, and in a way, that keeps it whole."""

import sqlite3

import pysqlite3
import pytest
from sqlite_utils import Database

from backend.domain.errors import UnavailableError
from backend.storage.sqlite import conditions
from backend.storage.sqlite.conditions import checks, is_new_enough, require_fit
from backend.storage.sqlite.database import open_database
from backend.storage.sqlite.store import SqliteStore

SYSTEM_IS_OLD = sqlite3.sqlite_version_info < (3, 51, 3)


@pytest.fixture
def opened(tmp_path):
    database = open_database(tmp_path / "a.db", is_writing=True)
    yield database
    database.close()


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2", "3.9.99"])
def test_a_sqlite_that_corrupts_is_known(version):
    assert not is_new_enough(version)


@pytest.mark.parametrize("version", ["3.51.3", "3.52.0", "3.100.0", "4.0.0"])
def test_a_sqlite_that_was_mended_is_known(version):
    assert is_new_enough(version)


@pytest.mark.skipif(not SYSTEM_IS_OLD, reason="the system's SQLite is no longer old")
def test_an_old_sqlite_is_refused_with_its_cure(tmp_path):
    database = Database(sqlite3.connect(tmp_path / "old.db"))
    database.enable_wal()
    with pytest.raises(UnavailableError) as caught:
        require_fit(database)
    database.close()

    assert "pysqlite3>=0.6.1" in caught.value.reason.en
    assert "pysqlite3>=0.6.1" in caught.value.reason.ja


@pytest.mark.parametrize("is_writing", [True, False])
def test_no_file_is_opened_under_a_condition_not_met(tmp_path, monkeypatch, is_writing):
    monkeypatch.setattr(conditions, "_OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(UnavailableError, match="pysqlite3"):
        open_database(tmp_path / "a.db", is_writing=is_writing)


@pytest.mark.parametrize(
    ("name", "pragma"),
    [
        ("journal", "journal_mode = DELETE"),
        ("synchronous", "synchronous = NORMAL"),
        ("synchronous", "synchronous = OFF"),
        ("synchronous", "synchronous = EXTRA"),
        ("recursive-triggers", "recursive_triggers = OFF"),
        ("foreign-keys", "foreign_keys = OFF"),
    ],
)
def test_each_condition_is_refused_with_its_cure(opened, name, pragma):
    require_fit(opened)
    opened.execute(f"PRAGMA {pragma}")
    unmet = [condition for condition in checks(opened) if not condition.is_met]

    assert [condition.name for condition in unmet] == [name]
    with pytest.raises(UnavailableError) as caught:
        require_fit(opened)
    assert caught.value.reason is unmet[0].cure


def test_a_store_tells_its_conditions(store):
    found = {condition.name: condition for condition in store.checks()}

    assert all(condition.is_met for condition in found.values())
    assert found["sqlite-version"].found == pysqlite3.sqlite_version
    assert found["journal"].found == "wal"


@pytest.mark.parametrize("way_in", ["reading", "transaction"])
def test_every_connection_is_set_alike(store, way_in):
    pragmas = {
        "journal_mode": "wal",
        "synchronous": 2,
        "recursive_triggers": 1,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "query_only": int(way_in == "reading"),
    }
    with getattr(store, way_in)() as tx:
        found = {name: tx.run(f"PRAGMA {name}").fetchone()[0] for name in pragmas}
        assert tx.run("PRAGMA mmap_size").fetchone()[0] > 0
        assert tx.run("PRAGMA busy_timeout").fetchone()[0] >= 5_000
    assert found == pragmas


def test_only_the_owner_may_read_the_files(store, tmp_path):
    store.write(lambda tx: tx.audit_size())
    modes = {it.name: it.stat().st_mode & 0o777 for it in tmp_path.iterdir()}

    assert set(modes) >= {"store.db", "store.db-wal", "store.db-shm"}
    assert set(modes.values()) == {0o600}


def test_a_folder_that_is_missing_is_told(tmp_path):
    with pytest.raises(UnavailableError) as caught:
        SqliteStore(tmp_path / "no" / "store.db")
    assert "folder" in caught.value.reason.en


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_bytes(b"Dear Sir or Madam, " * 300)

    with pytest.raises(UnavailableError) as caught:
        SqliteStore(path)

    assert "damaged" in caught.value.reason.en
    assert path.read_bytes() == b"Dear Sir or Madam, " * 300
