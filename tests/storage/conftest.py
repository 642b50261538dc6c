"""A fresh store of every driver; the contract tests run over each."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from storage_samples import INSURER, LIST_SIZE, OTHER_INSURER, person_with_coverage

from backend.storage.rows import Insurer
from backend.storage.sqlite.store import SqliteStore


def sqlite_store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "store.db", status_list_size=LIST_SIZE)


DRIVERS: list[Callable[[Path], SqliteStore]] = [sqlite_store]


@pytest.fixture(params=DRIVERS, ids=lambda driver: driver.__name__)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqliteStore]:
    opened = request.param(tmp_path)
    with opened.transaction() as tx:
        tx.put_insurer(Insurer(INSURER, "けんぽ", "03-0000-0000"))
        tx.put_insurer(Insurer(OTHER_INSURER, "国保", "06-0000-0000"))
    yield opened
    opened.close()


@pytest.fixture
def peopled(store: SqliteStore) -> SqliteStore:
    """A store that knows one person with one coverage, `p1` and `c1`."""
    store.write(person_with_coverage)
    return store


@pytest.fixture
def random_bytes() -> Callable[[int], bytes]:
    return random.Random(7).randbytes
