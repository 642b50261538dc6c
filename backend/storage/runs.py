"""The contract of bulk runs: lists kept until carried out, and what became of them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from backend.storage.run_rows import (
    Decided,
    RegisterRow,
    Run,
    RunChunk,
    RunCounts,
    RunState,
)


class Runs(Protocol):
    """Runs, their lines, and the register as they read it."""

    def register_version(self) -> int:
        """A number that grows whenever something is told that decides on papers.

        Intents for certificates do not count: `last_intent` tells of those.
        """
        ...

    def last_intent(self) -> int:
        """The number of the newest intent; 0 if there is none."""
        ...

    def was_intended_since(self, people: Sequence[str], intent: int) -> bool:
        """Whether a certificate of any of these was intended after that number."""
        ...

    def registered_numbers(
        self, insurer: str, keys: Sequence[tuple[str, str]], on: date
    ) -> Sequence[RegisterRow]:
        """The coverages under these folded symbols and numbers, as newest told."""
        ...

    def registered_coverages(
        self, insurer: str, coverage_ids: Sequence[str], on: date
    ) -> Sequence[RegisterRow]:
        """The same of coverages by id."""
        ...

    def put_run(self, run: Run) -> None:
        """Begin a run. Raises ConflictError if its insurer has one of this key."""
        ...

    def keep_run(self, run: Run) -> None:
        """Give a run that was receiving its list its key, state and lines.

        Raises ConflictError if its insurer has one of this key.
        """
        ...

    def bulk_run(self, run_id: str) -> Run | None: ...
    def run_of_key(self, insurer: str, key: str) -> Run | None: ...
    def runs_of(
        self, insurer: str, limit: int, before: str | None = None
    ) -> Sequence[Run]:
        """Newest first, but for those that are receiving their lists.

        `before` is the id of a run: then those made earlier.
        """
        ...

    def runs_at_work(self, insurer: str) -> Sequence[Run]:
        """Those that await approval or go on, newest first."""
        ...

    def runs_ready(self) -> Sequence[Run]:
        """Every run that may go on, oldest first."""
        ...

    def turn_run(
        self,
        run_id: str,
        before: Sequence[RunState],
        state: RunState,
        *,
        approved_by: str | None = None,
        at: datetime | None = None,
    ) -> bool:
        """Change a run's state; False, and nothing changes, if it is in no `before`."""
        ...

    def forget_run(self, run_id: str) -> None:
        """Delete a run that is still receiving its list, whole."""
        ...

    def forget_receiving(self, before: datetime) -> None:
        """Delete every run made before an instant that is receiving its list still."""
        ...

    def abandon_runs(self, before: datetime) -> Sequence[Run]:
        """Give up every unfinished run made before an instant, and forget its lines."""
        ...

    def put_chunk(self, run_id: str, chunk: RunChunk) -> None:
        """Add lines to a run that is receiving."""
        ...

    def chunk(self, run_id: str, number: int) -> RunChunk | None: ...
    def chunks_to_decide(self, run_id: str, after: int, limit: int) -> Sequence[int]:
        """The numbers of chunks that are not decided yet, after one, in order."""
        ...

    def decide_chunk(
        self,
        run_id: str,
        number: int,
        decided: Decided,
        batch: int | None,
        at: datetime,
    ) -> bool:
        """Keep what became of a chunk, and forget its lines.

        False, and nothing changes, if it is decided already.
        """
        ...

    def run_counts(self, run_id: str) -> RunCounts: ...
    def run_pace(self, run_id: str, since: datetime) -> tuple[int, datetime | None]:
        """How many lines were decided since an instant, and when the first of them."""
        ...

    def run_batches_open(self, run_id: str) -> Sequence[int]:
        """Batches of the run that await their signatures.

        Not those whose people were all erased: there is nothing left to sign.
        """
        ...

    def outcomes(self, run_id: str, after: int = -1) -> Iterator[tuple[int, bytes]]:
        """Number and outcomes of each decided chunk after one, in order."""
        ...

    def chunk_of_paper(self, run_id: str, serial: str) -> int | None:
        """The number of the chunk in which the run intended a certificate."""
        ...
