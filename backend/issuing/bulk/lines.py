"""The lines of a run between its list and their outcomes: sealed, chunk by chunk."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import orjson

from backend.issuing.bulk.bulk import Safe
from backend.issuing.bulk.preparing import Row
from backend.storage.run_rows import RunChunk, RunKind

# Lines: some 25 ms of the writer's lock when they are noted.
CHUNKS = {RunKind.ISSUE: 3_000, RunKind.WITHDRAW: 250}


def chunks(rows: Iterable[Row], size: int) -> Iterator[Sequence[Row]]:
    """The rows, so many at a time."""
    ahead = iter(rows)
    while chunk := list(islice(ahead, size)):
        yield chunk


def seal_chunk(safe: Safe, run_id: str, number: int, rows: Sequence[Row]) -> RunChunk:
    """A chunk as it is kept: whoever has the database alone cannot read it."""
    cell = "run_chunks", f"{run_id}/{number}", "rows"
    sealed = safe.seal(*cell, orjson.dumps(rows))
    return RunChunk(number, len(rows), sealed)


def open_chunk(safe: Safe, run_id: str, chunk: RunChunk) -> Sequence[Row]:
    """The rows of a chunk that is not decided yet."""
    if chunk.rows is None:
        return ()
    cell = "run_chunks", f"{run_id}/{chunk.number}", "rows"
    rows: Sequence[Row] = orjson.loads(safe.unseal(*cell, chunk.rows))
    return rows
