"""A killed process, a full disk, other processes: nothing acknowledged is lost."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from storage_samples import append

from backend.domain.errors import UnavailableError
from backend.storage.sqlite.database import open_database
from backend.storage.sqlite.store import SqliteStore

WRITER = """
import sys
from pathlib import Path
from backend.storage.sqlite.store import SqliteStore
from storage_samples import append

store = SqliteStore(Path(sys.argv[1]))
count = int(sys.argv[2])
while count:
    print(store.write(append()).sequence, flush=True)
    count -= 1
store.close()
"""
FOR_EVER = -1


def start_writer(path, count):
    search = f"import sys; sys.path[:0] = {sys.path!r}\n"
    return subprocess.Popen(
        [sys.executable, "-c", search + WRITER, str(path), str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def sequences(path):
    store = SqliteStore(path)
    with store.reading() as tx:
        found = [sequence for sequence, _ in tx.audit_entries()]
    store.close()
    return found


@pytest.mark.parametrize("acknowledged", [1, 150])
def test_a_killed_process_loses_nothing_that_it_acknowledged(tmp_path, acknowledged):
    path = tmp_path / "killed.db"
    with start_writer(path, FOR_EVER) as child:
        told = [int(child.stdout.readline()) for _ in range(acknowledged)]
        child.kill()  # SIGKILL: no farewell
        told += [int(line) for line in child.stdout.read().splitlines()]

    kept = sequences(path)

    assert kept == list(range(len(kept)))
    assert set(told) <= set(kept)
    database = open_database(path, is_writing=True)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()


def test_several_processes_write_without_an_error(tmp_path):
    path = tmp_path / "shared.db"
    children = [start_writer(path, 60) for _ in range(3)]  # all open a file to be made
    told = []
    for child in children:
        out, err = child.communicate(timeout=60)
        assert (child.returncode, err) == (0, "")
        told += [int(line) for line in out.splitlines()]

    assert sorted(told) == list(range(180))
    assert sequences(path) == sorted(told)


def test_a_full_disk_is_told_and_writing_goes_on_when_there_is_room(store):
    def fill(tx):
        for _ in range(1000):
            append(note="x" * 200)(tx)

    for _ in range(3):
        store.write(append())
    limit(store, pages=2)

    with pytest.raises(UnavailableError) as caught:
        store.write(fill)
    with pytest.raises(UnavailableError), store.transaction() as tx:
        fill(tx)

    assert "room" in caught.value.reason.en
    with store.reading() as tx:
        assert tx.audit_size() == 3  # reading goes on, and nothing is half there
    limit(store, pages=2**30)
    assert store.write(append()).sequence == 3


def test_what_is_set_aside_lies_on_the_disk_without_a_name(store, tmp_path):
    with store.aside() as names:
        names._connection.execute("PRAGMA cache_size = 10")
        for number in range(5_000):
            names[f"per-{number}"] = number
        assert names.get("per-17") == 17
        opened = [f"/proc/self/fd/{it}" for it in os.listdir("/proc/self/fd")]
        sizes = [
            os.stat(it).st_size
            for it in opened
            if os.path.exists(it) and str(tmp_path / "aside-") in os.readlink(it)
        ]
        assert max(sizes) > 50_000
        assert list(tmp_path.glob("aside-*")) == []


def test_a_full_disk_is_told_to_who_sets_aside(store):
    def fill():
        with store.aside() as names:
            names._connection.execute("PRAGMA max_page_count = 4")
            for number in range(10_000):
                names[f"per-{number}"] = number

    with pytest.raises(UnavailableError):
        fill()


def test_a_full_disk_is_told_to_everybody_who_wrote_together(store):
    def write(n):
        try:
            return store.write(lambda tx: [append(note="x" * 200)(tx) for _ in "x" * 9])
        except UnavailableError:
            return None

    limit(store, pages=12)
    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(write, range(64)))

    kept = [entry for it in outcomes if it for entry in it]
    assert None in outcomes
    with store.reading() as tx:
        assert tx.audit_size() == len(kept)
    assert {entry.sequence for entry in kept} == set(range(len(kept)))
    limit(store, pages=2**30)
    assert store.write(append()).sequence == len(kept)


def test_a_lock_that_is_never_released_is_told(store, tmp_path):
    other = open_database(tmp_path / "store.db", is_writing=True)
    with store.transaction() as tx:
        tx.run("PRAGMA busy_timeout = 50")  # ours is ten seconds
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(UnavailableError) as caught:
        store.write(append())
    other.execute("ROLLBACK")
    other.close()

    assert "Others are writing" in caught.value.reason.en
    assert store.write(append()).sequence == 0


def limit(store, pages):
    """Let the file grow by so many pages and no more."""
    with store.transaction() as tx:
        (now,) = tx.run("PRAGMA page_count").fetchone()
        tx.run(f"PRAGMA max_page_count = {now + pages}")


def test_a_change_that_was_undone_unheard_is_never_called_done(store):
    def undone():
        with store.transaction() as tx:
            append()(tx)
            tx.run("ROLLBACK")  # as SQLite does by itself when the disk is full

    with pytest.raises(UnavailableError) as caught:
        undone()

    assert "try again" in caught.value.reason.en
    with store.reading() as tx:
        assert tx.audit_size() == 0
