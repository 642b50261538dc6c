"""Several processes that prepare and sign for one that writes."""

import gc
import marshal
import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import wait
from threading import Thread

from backend.house import open_house
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.preparing import Prepared
from backend.issuing.bulk.workshop import Bench, Ready, SoleBench, Workshop
from backend.issuing.paper import Draft
from backend.printing.typeface import advances
from backend.settings import Settings
from backend.storage.run_rows import Run
from backend.system import now, random_bytes

SMALL = 3_000  # lines that one process has done before others have begun
GARBAGE = 100_000  # objects made before a search for rings: a chunk has none


class ProcessWorkshop:
    """`Workshop` over a pool of processes, each with the house opened for itself."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def prepare(self, run: Run, number: int, at: datetime) -> Ready[Prepared]:
        """See `Workshop`."""
        return _Packed(self._pool.submit(_prepare, run, number, at))

    def sign(self, kid: str, digests: Sequence[bytes]) -> Future[list[bytes]]:
        """See `Workshop`."""
        return self._pool.submit(_sign, kid, digests)


@contextmanager
def workshop(settings: Settings, start: str = "fork") -> Iterator[ProcessWorkshop]:
    """One process for each core. A fork must come before anything that it would share;
    `start="spawn"` takes a second and may come at any time.

    On the way out nothing is waited for: what was not recorded is done anew.
    """
    pool = ProcessPoolExecutor(
        os.cpu_count() or 1,
        mp_context=multiprocessing.get_context(start),
        initializer=_begin,
        initargs=(settings,),
    )
    if start == "fork":
        advances()  # read once, and shared by all
    pool.submit(os.getpid)  # the processes are forked here, at the first work
    gc.set_threshold(GARBAGE)
    try:
        yield ProcessWorkshop(pool)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def workshop_beside(settings: Settings, bulk: Bulk, run: Run) -> Iterator[Workshop]:
    """For a server: processes of their own for a large run, so that checks go on."""
    if run.lines <= SMALL:
        yield SoleBench(bulk)
        return
    with workshop(settings, "spawn") as shop:
        yield shop


_benches: list[Bench] = []
"""In a process of the pool: its one place of work."""


def _begin(settings: Settings) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who writes tells us to end
    Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(GARBAGE)
    _benches.append(Bench(open_house(settings, now, random_bytes).rooms.bulk))


def _end_with_parent() -> None:
    """Whoever writes may be killed without a word; then there is no more to do."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
    os._exit(0)


def _prepare(run: Run, number: int, at: datetime) -> bytes:
    version, last_intent, drafts, *rest = _benches[0].prepare_now(run, number, at)
    return marshal.dumps((version, last_intent, list(map(tuple, drafts)), *rest))


class _Packed:
    """A chunk on its way from another process of ours, of the same Python.

    All of it is plain values, so `marshal` does it in a tenth of the time of pickle.
    """

    def __init__(self, packed: Future[bytes]) -> None:
        self._packed = packed

    def result(self) -> Prepared:
        version, last_intent, drafts, *rest = marshal.loads(self._packed.result())  # noqa: S302 - our own process wrote it
        return Prepared(version, last_intent, list(map(Draft._make, drafts)), *rest)


def _sign(kid: str, digests: Sequence[bytes]) -> list[bytes]:
    return _benches[0].sign_now(kid, digests)
