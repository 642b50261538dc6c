"""Processes that write to one file: none of them is always first."""

import fcntl
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from storage_samples import append

from backend.domain.errors import UnavailableError
from backend.storage.sqlite.queue import SUFFIX
from backend.storage.sqlite.store import SqliteStore


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.db"


@pytest.fixture
def two(path):
    stores = SqliteStore(path), SqliteStore(path)
    yield stores
    for store in stores:
        store.close()


def notes(store):
    with store.reading() as tx:
        return [json.loads(stored)["note"] for _, stored in tx.audit_entries()]


def until_somebody_waits(path):
    with path.with_name(path.name + SUFFIX).open("rb") as queue:
        for _ in range(5_000):
            try:
                fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            fcntl.flock(queue, fcntl.LOCK_UN)
            Event().wait(0.001)
    raise AssertionError("nobody waits")


def test_who_has_just_written_comes_after_whoever_waited(two, path):
    busy, patient = two
    with ThreadPoolExecutor(1) as pool:
        with busy.transaction() as tx:
            append(note="first")(tx)
            pool.submit(patient.write, append(note="patient"))
            until_somebody_waits(path)
        busy.write(append(note="second"))

    assert notes(busy) == ["first", "patient", "second"]


def test_who_stands_still_at_the_head_is_passed_by(two, path):
    with path.with_name(path.name + SUFFIX).open("rb") as stopped:
        fcntl.flock(stopped, fcntl.LOCK_EX)

        two[0].write(append(note="unordered"))

    assert notes(two[0]) == ["unordered"]


def test_a_place_in_the_queue_is_given_up_by_closing(two, path):
    busy, closed = two
    closed.close()

    busy.write(append(note="alone"))

    assert notes(busy) == ["alone"]


def test_the_file_of_the_queue_is_its_owners_only(two, path):
    mode = path.with_name(path.name + SUFFIX).stat().st_mode

    assert stat.S_IMODE(mode) == 0o600


def test_a_queue_that_cannot_be_opened_is_told_with_its_cure(path):
    os.mkdir(path.with_name(path.name + SUFFIX))

    with pytest.raises(UnavailableError) as told:
        SqliteStore(path)

    assert "folder" in told.value.reason.en
