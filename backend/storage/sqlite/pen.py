"""The pen: held by one at a time, passed on in order of asking."""

from collections import deque
from collections.abc import Callable
from threading import Lock, get_ident
from typing import Any


class Turn:
    """A place in the row of those who want the pen, for a change of their own."""

    __slots__ = ("bell", "has_pen")

    def __init__(self) -> None:
        self.bell = Lock()
        self.has_pen = False


class Work(Turn):
    """A turn that the holder may take along; then what became of it."""

    __slots__ = ("answer", "error", "run")

    def __init__(self, run: Callable[..., Any]) -> None:
        super().__init__()
        self.run = run
        self.answer: Any = None
        self.error: Exception | None = None


class Pen:
    """Whoever holds it may write, and may take along the works that wait."""

    def __init__(self) -> None:
        self._door = Lock()  # held for moments only, never while writing
        self._holder: int | None = None
        self._waiting: deque[Turn] = deque()

    def take(self, turn: Turn) -> bool:
        """Wait until the pen is ours (True), or a holder did our work (False).

        Raises RuntimeError in the thread that holds the pen: it would wait for itself.
        """
        if self._holder == get_ident():
            raise RuntimeError("a write is under way here: use its transaction")
        with self._door:
            if self._holder is None:
                self._holder = get_ident()
                return True
            turn.bell.acquire()
            self._waiting.append(turn)
        try:
            turn.bell.acquire()
        except BaseException:  # an interrupted wait: nobody is there to be served
            self._leave(turn)
            raise
        if turn.has_pen:
            self._holder = get_ident()
        return turn.has_pen

    def companions(self) -> list[Work]:
        """The works that wait, in order, up to a turn that is no work."""
        taken: list[Work] = []
        with self._door:
            while self._waiting and isinstance(first := self._waiting[0], Work):
                taken.append(first)
                self._waiting.popleft()
        return taken

    def pass_on(self) -> None:
        """Give the pen to whoever waits longest, or lay it down."""
        with self._door:
            if self._waiting:
                heir = self._waiting.popleft()
                heir.has_pen = True
                self._holder = _NOBODY_YET
                heir.bell.release()
            else:
                self._holder = None

    def _leave(self, turn: Turn) -> None:
        with self._door:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return
        if turn.has_pen:
            self.pass_on()


_NOBODY_YET = -1
