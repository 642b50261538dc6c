"""Several processes that carry one run: they work at once and note in turn."""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ProcessPoolExecutor, wait
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
from backend.printing.typeface import advances
from backend.settings import Settings
from backend.storage.run_rows import Run
from backend.system import now, random_bytes

SMALL = 3_000  # lines that one process has done before others have begun
GARBAGE = 100_000  # objects made before a search for rings: a chunk has none
_TELL_SECONDS = 0.2


class Turns:
    """Whose turn it is among processes: the place of the next chunk to be noted."""

    def __init__(self, context: BaseContext) -> None:
        self._changed = context.Condition()
        self._next: Any = context.Value("q", 0, lock=False)

    @contextmanager
    def turn(self, place: int) -> Iterator[None]:
        """Wait until all places before are done; raises UnavailableError on a stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._next.value in (place, _STOPPED))
            if self._next.value == _STOPPED:
                raise UnavailableError(_ANOTHER_FAILED)
        try:
            yield
        finally:
            self._go_to(place + 1)

    def stop(self) -> None:
        """Let nobody note any more."""
        self._go_to(_STOPPED)

    def _go_to(self, place: int) -> None:
        with self._changed:
            if self._next.value != _STOPPED:
                self._next.value = place
            self._changed.notify_all()


_STOPPED = -1
_ANOTHER_FAILED = Words("ほかの処理が失敗しました。", "Another process failed.")


@contextmanager
def crew(settings: Settings, start: str = "fork") -> Iterator[Crew]:
    """As many carriers as cores, and one more for while another waits for the disk.

    A fork must come before anything that it would share; `start="spawn"` takes a
    second and may come at any time. One crew carries one run.
    """
    context = multiprocessing.get_context(start)
    carriers = (os.cpu_count() or 1) + 1
    turns = Turns(context)
    pool = ProcessPoolExecutor(
        carriers, context, initializer=_begin, initargs=(settings, turns)
    )
    if start == "fork":
        advances()  # read once, and shared by all
        pool.submit(os.getpid)  # the processes are forked here, at the first work
    gc.set_threshold(GARBAGE)
    try:
        yield partial(_carry_all, pool, carriers, turns)
    finally:
        turns.stop()
        pool.shutdown(wait=False, cancel_futures=True)


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
    """Each carrier takes every third chunk, say; the first failure ends all."""
    carrying = [
        pool.submit(_carry, run, numbers, first, carriers) for first in range(carriers)
    ]
    while True:
        ended, going = wait(carrying, _TELL_SECONDS, FIRST_EXCEPTION)
        tell()
        failed = [it for it in ended if it.exception()]
        if failed:
            turns.stop()
            failed[0].result()
        if not going:
            return


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
