"""Whether the log still is what the checkpoints outside the database saw.

(1) The checkpoints only grow: sizes and instants never fall, one size has one root.
(2) The sequence numbers run 0, 1, 2, … without gap, repetition or swap.
(3) Every entry can be read and is in its one spelling.
(4) Every entry carries the sequence number under which it is stored.
(5) Every entry carries the subject under which it is stored and found.
(6) At each checkpoint's size the tree has that checkpoint's root.
(7) The log is at least as long as every checkpoint says.

What came after the last checkpoint is held by (2) to (5) alone. A well-formed edit,
insertion or cut there never shows: the next checkpoint seals the log as it then is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import pairwise

from backend.audit.events import read_entry
from backend.audit.tree import CompactRange, leaf_hash
from backend.domain.errors import MalformedError
from backend.domain.words import Words

MAX_PROBLEMS = 1000  # kept in the report; the rest are counted


@dataclass(frozen=True, slots=True)
class Checkpointed:
    """What one opened checkpoint says: the tree's size and root at an instant."""

    size: int
    root: bytes
    at: datetime


class Step(Enum):
    """The step of the list above that failed."""

    CHECKPOINTS_GROW = 1
    SEQUENCE = 2
    SPELLING = 3
    PLACE = 4
    SUBJECT = 5
    ROOT = 6
    LENGTH = 7


@dataclass(frozen=True, slots=True)
class Problem:
    """One failure and where it was met.

    `sequence`: the stored number of the entry, or of the first one concerned;
    `checkpoint`: the 0-based position in the checkpoints given.
    """

    step: Step
    words: Words
    sequence: int | None = None
    checkpoint: int | None = None


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What the whole log was found to be.

    `size` and `root` are of the log as it stands; its first `sealed` entries are as a
    checkpoint saw them. `found` counts all problems, `problems` keeps the first 1000.
    """

    size: int
    root: bytes
    sealed: int
    found: int
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        """Nothing was found, with at least one checkpoint to hold the log against."""
        return self.found == 0


Row = tuple[int, str | None, bytes]
"""As stored: sequence number, subject (None where there is none), the entry's bytes."""


def verify_log(rows: Iterable[Row], checkpoints: Sequence[Checkpointed]) -> AuditReport:
    """Read the whole log once, in stored order, and report all that is wrong.

    `rows` are all there are, from the lowest number. Memory does not grow with the
    log. Nothing is raised on a bad log: the report says what is bad.
    """
    walk = _Walk(checkpoints)
    _check_growth(walk, checkpoints)  # (1)
    walk.compare_roots()  # (6) for a checkpoint of the empty log
    for sequence, subject, stored in rows:
        walk.check_sequence(sequence)  # (2)
        _check_entry(walk, sequence, subject, stored)  # (3) (4) (5)
        walk.take(stored)
        walk.compare_roots()  # (6)
    walk.check_length()  # (7)
    return walk.report()


class _Walk:
    """Where the reading stands, and what it found so far."""

    def __init__(self, checkpoints: Sequence[Checkpointed]) -> None:
        self._tree = CompactRange()
        self._next = 0  # the sequence number expected next
        self._checkpoints = checkpoints
        # Positions, the farthest first: the next one to meet is popped from the end.
        self._ahead = sorted(
            range(len(checkpoints)),
            key=lambda position: (checkpoints[position].size, position),
            reverse=True,
        )
        self._is_astray = False
        self._sealed = 0
        self._found = 0
        self._problems: list[Problem] = []

    def find(self, problem: Problem) -> None:
        self._found += 1
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(problem)

    def check_sequence(self, sequence: int) -> None:
        if sequence != self._next:
            words = Words(
                f"番号{self._next}があるはずの所に番号{sequence}があります",
                f"entry {sequence} stands where entry {self._next} should",
            )
            self.find(Problem(Step.SEQUENCE, words, sequence=sequence))
        self._next = sequence + 1

    def take(self, stored: bytes) -> None:
        self._tree = self._tree.append(leaf_hash(stored))

    def compare_roots(self) -> None:
        """Meet every checkpoint of the size reached.

        After one wrong root all later ones are wrong for the same reason: only the
        first of a run is reported, with the entries among which to look.
        """
        while self._ahead and self._checkpoints[self._ahead[-1]].size <= self._size:
            position = self._ahead.pop()
            is_same = self._checkpoints[position].root == self._tree.root()
            if is_same:
                self._sealed = self._size
            elif not self._is_astray:
                self.find(self._wrong_root(position))
            self._is_astray = not is_same

    def check_length(self) -> None:
        if not self._ahead:
            return
        farthest = self._ahead[0]
        size = self._checkpoints[farthest].size
        words = Words(
            f"記録が{self._size}件しかありません({size}件あったはずです)",
            f"the log ends after {self._size} entries; a checkpoint saw {size}",
        )
        self.find(Problem(Step.LENGTH, words, self._size, farthest))

    def report(self) -> AuditReport:
        return AuditReport(
            self._size,
            self._tree.root(),
            self._sealed,
            self._found,
            tuple(self._problems),
        )

    @property
    def _size(self) -> int:
        return self._tree.size

    def _wrong_root(self, position: int) -> Problem:
        start, end = self._sealed, self._checkpoints[position].size
        words = Words(
            f"{start}件目より後、{end}件目までの記録が封印時と違います",
            f"the log of {end} entries is not as sealed; it was after {start}",
        )
        return Problem(Step.ROOT, words, start, position)


def _check_growth(walk: _Walk, checkpoints: Sequence[Checkpointed]) -> None:
    """(1); no checkpoint at all proves nothing, and nothing is not a pass."""
    if not checkpoints:
        words = Words("封印がありません", "there is no checkpoint to hold it against")
        walk.find(Problem(Step.CHECKPOINTS_GROW, words))
    for position, (before, after) in enumerate(pairwise(checkpoints), start=1):
        has_two_roots = before.size == after.size and before.root != after.root
        if after.size < before.size or after.at < before.at or has_two_roots:
            words = Words(
                "封印が前の封印と食い違います",
                "a checkpoint contradicts the one before it",
            )
            walk.find(Problem(Step.CHECKPOINTS_GROW, words, checkpoint=position))


def _check_entry(
    walk: _Walk, sequence: int, subject: str | None, stored: bytes
) -> None:
    try:
        entry = read_entry(stored)
    except MalformedError as error:
        walk.find(Problem(Step.SPELLING, error.reason, sequence=sequence))  # (3)
        return
    if entry.sequence != sequence:  # (4)
        words = Words(
            f"番号{entry.sequence}の記録が番号{sequence}に保存されています",
            f"the entry numbered {entry.sequence} is stored as {sequence}",
        )
        walk.find(Problem(Step.PLACE, words, sequence=sequence))
    if (entry.subject or None) != subject:  # (5)
        words = Words(
            f"番号{sequence}の記録が別の人の履歴に入るか、履歴から外されています",
            f"entry {sequence} is kept from its person's history, or put in another's",
        )
        walk.find(Problem(Step.SUBJECT, words, sequence=sequence))
