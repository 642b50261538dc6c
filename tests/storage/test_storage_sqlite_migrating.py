"""Migrations: each step once, whole or not at all, never backwards."""

from threading import Barrier, Thread

import pytest
from storage_samples import append

from backend.domain.errors import UnavailableError
from backend.storage.sqlite.database import open_database
from backend.storage.sqlite.migrating import Step, migrate, reached, steps
from backend.storage.sqlite.store import SqliteStore

ONE = Step(1, "CREATE TABLE one (a TEXT) STRICT")  # no semicolon
TWO = Step(
    2,
    """
    -- a comment; with a semicolon
    CREATE TABLE two (a TEXT) STRICT;
    CREATE TRIGGER t BEFORE DELETE ON two
    BEGIN SELECT RAISE(ABORT, 'x; y'); END;
    INSERT INTO two VALUES (';');
    """,
)
BROKEN = Step(2, "CREATE TABLE two (a TEXT) STRICT;\nSELECT nobody;")


@pytest.fixture
def empty(tmp_path):
    database = open_database(tmp_path / "empty.db", is_writing=True)
    yield database
    database.close()


def test_our_steps_are_numbered_without_gaps():
    assert [step.number for step in steps()] == list(range(1, len(steps()) + 1))


def test_every_step_is_applied_once(empty):
    assert reached(empty) == 0
    migrate(empty, [ONE])
    migrate(empty, [ONE, TWO])
    migrate(empty, [ONE, TWO])

    assert reached(empty) == 2
    assert empty.execute("SELECT a FROM two").fetchall() == [(";",)]


def test_a_step_that_breaks_off_leaves_nothing_and_is_tried_again(empty):
    with pytest.raises(Exception, match="no such column: nobody"):
        migrate(empty, [ONE, BROKEN])

    assert reached(empty) == 1
    assert empty.table_names() == ["one"]
    migrate(empty, [ONE, TWO])
    assert reached(empty) == 2


def test_of_many_that_open_an_empty_file_at_once_each_finds_it_whole(tmp_path):
    path, start, opened = tmp_path / "store.db", Barrier(6), []

    def open_one():
        start.wait()
        opened.append(SqliteStore(path))

    threads = [Thread(target=open_one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 6
    assert all(condition.is_met for condition in opened[0].checks())
    for store in opened:
        store.close()


def test_a_newer_file_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "store.db"
    store = SqliteStore(path)
    store.write(append())
    with store.transaction() as tx:
        tx.run(f"PRAGMA user_version = {len(steps()) + 1}")
    store.close()

    with pytest.raises(UnavailableError) as caught:
        SqliteStore(path)

    assert "newer" in caught.value.reason.en
    database = open_database(path, is_writing=True)
    assert reached(database) == len(steps()) + 1
    assert database.execute("SELECT count(*) FROM audit_entries").fetchone() == (1,)
    database.close()


def test_opening_again_changes_nothing(store, tmp_path):
    store.write(append())
    again = SqliteStore(tmp_path / "store.db")
    with again.reading() as tx:
        assert tx.audit_size() == 1
    again.close()
