"""Several processes that carry one run: they work at once and note in turn."""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import BaseContext
from threading import Thread
from typing import Any

from backend.domain.errors import UnavailableError
from backend.domain.words import Words
from backend.house import open_house
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.carrier import Carrier
from backend.issuing.bulk.carrying import Crew, alone
from backend.issuing.mould import are_common
from backend.settings import Settings
from backend.storage.run_rows import Run
from backend.system import now, random_bytes

SMALL = 3_000  # lines that one process has done before others have begun
GARBAGE = 100_000  # objects made before a search for rings: a chunk has none
_TELL_SECONDS = 0.2


class Turns:
    """Whose turn it is among some carriers: each opens the next one's gate.

    A gate is opened without waiting for anybody, for whoever should answer may have
    been killed (a Condition would wait for them for ever).
    """

    def __init__(self, context: BaseContext, carriers: int) -> None:
        self._gates = [context.Semaphore(int(first == 0)) for first in range(carriers)]
        self._is_stopped: Any = context.Value("b", 0, lock=False)

    @contextmanager
    def turn(self, place: int) -> Iterator[None]:
        """Wait until the place before is done; raises UnavailableError on a stop."""
        self._gate(place).acquire()
        if self._is_stopped.value:
            self._gate(place).release()
            raise UnavailableError(_ANOTHER_FAILED)
        try:
            yield
        finally:
            self._gate(place + 1).release()

    def stop(self) -> None:
        """Let nobody note any more."""
        self._is_stopped.value = 1
        for gate in self._gates:
            gate.release()

    def _gate(self, place: int) -> Any:
        return self._gates[place % len(self._gates)]


_ONE_WAS_KILLED = Words(
    "処理の一つが途中で終了させられました（メモリー不足など）。",
    "One of the processes was killed (for want of memory, say).",
)
_ANOTHER_FAILED = Words("ほかの処理が失敗しました。", "Another process failed.")


@contextmanager
def crew(settings: Settings, start: str = "fork") -> Iterator[Crew]:
    """As many carriers as cores, and one more for while another waits for the disk.

    A fork must come before anything that it would share; `start="spawn"` takes a
    second and may come at any time. One crew carries one run.
    """
    context = multiprocessing.get_context(start)
    carriers = (os.cpu_count() or 1) + 1
    turns = Turns(context, carriers)
    pool = ProcessPoolExecutor(
        carriers, context, initializer=_begin, initargs=(settings, turns)
    )
    if start == "fork":
        are_common()  # made once, and shared by all
        pool.submit(os.getpid)  # the processes are forked here, at the first work
    gc.set_threshold(GARBAGE)
    try:
        yield partial(_carry_all, pool, carriers, turns)
    finally:
        pool.shutdown(cancel_futures=True)  # they end at their next turn


@contextmanager
def crew_beside(settings: Settings, bulk: Bulk, run: Run) -> Iterator[Crew]:
    """For a server: processes of their own for a large run, so that checks go on."""
    if run.lines <= SMALL:
        yield alone(bulk, now)
        return
    with crew(settings, "spawn") as many:
        yield many


def _carry_all(
    pool: ProcessPoolExecutor,
    carriers: int,
    turns: Turns,
    run: Run,
    numbers: Sequence[int],
    tell: Callable[[], None],
) -> None:
    """Each carrier takes every third chunk, say; the first failure ends all.

    Raises UnavailableError where a carrier is killed, and what a carrier raised.
    """
    try:
        carrying = [
            pool.submit(_carry, run, numbers, first, carriers)
            for first in range(min(carriers, len(numbers)))
        ]
        _await(carrying, tell)
    except BrokenProcessPool:
        raise UnavailableError(_ONE_WAS_KILLED) from None
    finally:
        turns.stop()


def _await(carrying: Sequence[Future[None]], tell: Callable[[], None]) -> None:
    """Wait until all have ended, or the first has failed: then raise its error."""
    going = True
    while going:
        ended, unfinished = wait(carrying, _TELL_SECONDS, FIRST_EXCEPTION)
        tell()
        for it in ended:
            it.result()
        going = bool(unfinished)


_own: list[tuple[Settings, Turns]] = []
"""In a process of the crew: what it was begun with."""


def _begin(settings: Settings, turns: Turns) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever began us tells us to end
    Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(GARBAGE)
    _own.append((settings, turns))


def _end_with_parent() -> None:
    """Our parent may be killed without a word; then there is no more to do."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
    os._exit(0)


def _carry(run: Run, numbers: Sequence[int], first: int, step: int) -> None:
    settings, turns = _own[0]
    house = open_house(settings, now, random_bytes)
    places = {number: place for place, number in enumerate(numbers)}
    Carrier(house.rooms.bulk, run, now).carry(
        numbers[first::step], lambda number: turns.turn(places[number]), _say_nothing
    )


def _say_nothing() -> None:
    """Progress is read from the record by whoever began us."""
