"""What is remembered of bulk runs, and the register as a run reads it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from operator import itemgetter
from typing import Any, NamedTuple


class RegisterLine(NamedTuple):
    """One coverage and its person as one insurer has them, flat and as stored.

    A run reads these by the hundred thousand: days are ISO text, codes the national
    ones, `copay` the periods of ratios (`storage/periods.py`). `asked` is the place in
    what was asked. `is_plain`: the person has no other coverage, no hold and no
    certificate of which the last day has not passed, so that the days of this coverage
    alone decide.
    """

    asked: int
    coverage_id: str
    person_id: str
    symbol: str | None
    number: str
    branch: str | None
    acquired_on: str
    lost_on: str | None
    relation: str | None
    classification: str
    copay: str | None
    kanji: str
    kana: str
    birth_on: str
    sex: str
    address: str | None
    is_undisclosed: int
    card_status: str
    continuation_ends_on: str | None
    is_plain: int

    def holds_on(self, day: str) -> bool:
        """Whether these days cover a day; `lost_on` itself no longer is covered."""
        return self.acquired_on <= day and (self.lost_on is None or self.lost_on > day)


RegisterRow = Sequence[Any]
"""The values of a `RegisterLine` in their order, of which one is made where its names
are wanted: to make one of each row is a tenth of what reading them costs."""


def values_of(*names: str) -> Callable[[RegisterRow], tuple[Any, ...]]:
    """What picks the values of these names, two or more, out of a row."""
    return itemgetter(*map(RegisterLine._fields.index, names))


class RunKind(Enum):
    """What a run does to each person or paper of its list."""

    ISSUE = "issue"
    WITHDRAW = "withdraw"


class RunState(Enum):
    """Where a run stands; the values are wire names."""

    RECEIVING = "receiving"
    AWAITING_APPROVAL = "awaiting-approval"
    READY = "ready"
    """Approved, or small enough: it goes on whenever somebody carries it on."""
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"
    """Left so long that its lines, which name people, were forgotten."""
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Run:
    """One list to be carried out once.

    `key` names it for good: the same list again is the same run. `asked` is the form
    of the papers, or the step of the withdrawal; `columns` are the list's, in order.
    """

    id: str
    insurer: str
    kind: RunKind
    key: str
    asked: str
    columns: str
    encoding: str
    made_by: str
    made_at: datetime
    state: RunState = RunState.RECEIVING
    lines: int = 0
    approved_by: str | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RunChunk:
    """Some lines of a run's list, in a row; `rows` are gone once they are decided."""

    number: int
    lines: int
    rows: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a chunk's lines: `outcomes` tells each, the rest counts."""

    outcomes: bytes = field(repr=False)
    done: int
    skipped: int
    rejected: int


@dataclass(frozen=True, slots=True)
class RunCounts:
    """How far a run is: lines decided, and of these done, skipped, rejected."""

    decided: int
    done: int
    skipped: int
    rejected: int

    def plus(self, more: Decided) -> "RunCounts":
        """The counts once another chunk is decided."""
        done, skipped, rejected = more.done, more.skipped, more.rejected
        return RunCounts(
            self.decided + done + skipped + rejected,
            self.done + done,
            self.skipped + skipped,
            self.rejected + rejected,
        )
