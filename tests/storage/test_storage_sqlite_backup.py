"""A backup is whole, private, never over another file, and opens as a store."""

import os
import stat
from threading import Event, Thread

import pytest
from storage_samples import INSURER, a_coverage, append

from backend.domain.errors import ConflictError, UnavailableError
from backend.storage.sqlite.store import SqliteStore


def test_a_backup_opens_as_a_store(peopled, tmp_path, random_bytes):
    with peopled.transaction() as tx:
        append()(tx)
        given = tx.allocate_status(INSURER, 3, random_bytes)
    peopled.backup(tmp_path / "copy.db")
    peopled.write(append())

    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "copy.db.unfinished").exists()
    copy = SqliteStore(tmp_path / "copy.db")
    with copy.transaction() as tx:
        assert tx.audit_size() == 1
        assert tx.coverage("c1") == a_coverage()
        assert not set(given) & set(tx.allocate_status(INSURER, 5, random_bytes))
        with pytest.raises(Exception, match="append only"):
            tx.run("DELETE FROM audit_entries")
    assert all(condition.is_met for condition in copy.checks())
    copy.close()


def test_a_backup_is_on_the_disk_before_it_has_its_name(peopled, tmp_path, monkeypatch):
    steps = []
    fsync, link = os.fsync, os.link

    def watch_fsync(descriptor):
        is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
        steps.append("file synced" if is_file else "directory synced")
        fsync(descriptor)

    def watch_link(source, target):
        steps.append("named")
        link(source, target)

    monkeypatch.setattr(os, "fsync", watch_fsync)
    monkeypatch.setattr(os, "link", watch_link)
    peopled.backup(tmp_path / "copy.db")

    assert steps == ["file synced", "named", "directory synced"]


def test_a_backup_under_load_holds_what_was_acknowledged_before(store, tmp_path):
    stop, acknowledged = Event(), []

    def write():
        while not stop.is_set():
            acknowledged.append(store.write(append()).sequence)

    writer = Thread(target=write)
    writer.start()
    while len(acknowledged) < 20:
        Event().wait(0.001)
    before = acknowledged[-1]
    store.backup(tmp_path / "copy.db")
    stop.set()
    writer.join(10)

    copy = SqliteStore(tmp_path / "copy.db")
    with copy.reading() as tx:
        kept = [sequence for sequence, _ in tx.audit_entries()]
        assert tx.run("PRAGMA integrity_check").fetchall() == [("ok",)]
    copy.close()
    assert kept == list(range(len(kept)))
    assert len(kept) > before


def test_a_backup_never_takes_the_place_of_a_file(store, tmp_path):
    (tmp_path / "copy.db").write_text("precious")

    with pytest.raises(ConflictError):
        store.backup(tmp_path / "copy.db")

    assert (tmp_path / "copy.db").read_text() == "precious"
    assert not (tmp_path / "copy.db.unfinished").exists()


def test_a_backup_that_cannot_be_written_is_told(store, tmp_path):
    with pytest.raises(UnavailableError):
        store.backup(tmp_path / "no" / "copy.db")
    assert store.write(append()).sequence == 0


def test_a_backup_that_was_broken_off_is_made_anew(store, tmp_path):
    (tmp_path / "copy.db.unfinished").write_text("half")
    store.backup(tmp_path / "copy.db")

    assert (tmp_path / "copy.db").read_bytes().startswith(b"SQLite format 3")
