"""The register's look-up alone, with ten thousand people and with a million."""

import random
import tempfile
import time
from pathlib import Path
from statistics import median

from backend.storage.sqlite.store import SqliteStore
from benchmarks.small_house import fill, person_id

SMALL, LARGE = 10_000, 1_000_000
LOOKUPS, ROUNDS = 4_000, 5


def growth() -> tuple[float, float]:
    """Microseconds of CPU a look-up takes: among `SMALL`, among `LARGE` people.

    Rounds alternate between both, so that a busy machine slows both alike.
    """
    with tempfile.TemporaryDirectory() as folder:
        stores = [_filled(Path(folder) / f"{size}.db", size) for size in (SMALL, LARGE)]
        taken: list[list[float]] = [[], []]
        for _ in range(ROUNDS):
            for store, size, into in zip(stores, (SMALL, LARGE), taken, strict=True):
                into.append(_one_round(store, size))
        for store in stores:
            store.close()
    return median(taken[0]) * 1e6, median(taken[1]) * 1e6


def _one_round(store: SqliteStore, size: int) -> float:
    # The same number of distinct people in both: caches of people are not compared.
    chosen = [person_id(random.randrange(size)) for _ in range(LOOKUPS)]
    with store.reading() as tx:
        for person in chosen[:200]:
            tx.record_of_person(person)
        started = time.process_time()
        for person in chosen:
            found = tx.record_of_person(person)
        taken = time.process_time() - started
    if not found.coverages:
        raise RuntimeError("the look-up found nobody: nothing was measured")
    return taken / LOOKUPS


def _filled(path: Path, size: int) -> SqliteStore:
    store = SqliteStore(path)
    fill(store, size)
    return store
