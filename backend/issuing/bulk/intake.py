"""A list taken in for a run: read whole before anything is done, or not at all.

The lines are kept sealed, chunk by chunk, while the list is read as a stream; if the
list breaks off or cannot be read, all of them go again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from operator import itemgetter

from backend.audit.events import AuditKind
from backend.domain.errors import ConflictError, MalformedError, NotFoundError
from backend.domain.identifiers import new_id
from backend.domain.words import Words
from backend.interchange.list_stream import OpenList
from backend.interchange.order_columns import read_order_heading
from backend.interchange.order_row import LONGEST_CELL
from backend.interchange.serial_columns import read_serial_heading
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.lines import CHUNKS, chunks, seal_chunk
from backend.issuing.bulk.preparing import Row
from backend.issuing.bulk.trail import note
from backend.storage.run_rows import Run, RunChunk, RunKind, RunState
from backend.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Order:
    """Who orders what: the list's key, and what is asked for each of its lines.

    `made_by` is the operator's or system's id; "" for an operator at the terminal who
    has not said who they are.
    `asked` is the form of the papers, or step and reason of a withdrawal.
    """

    insurer: str
    kind: RunKind
    asked: str
    key: str
    made_by: str
    at: datetime


def order_key(asked: str, digest: str, name: str | None) -> str:
    """What makes two orders one: what is asked, the list's bytes, a name if given.

    A name does a list again on purpose; another list under it is another order.
    """
    return ":".join(filter(None, (asked, digest, name)))


def receive(bulk: Bulk, order: Order, source: OpenList) -> Run:
    """Take in a list: the run, ready or awaiting its approval.

    Raises MalformedError where the list cannot be read as a whole, NotFoundError for
    an insurer that is not registered, KnownRunError if the insurer has a run of this
    key: then nothing is kept.
    """
    columns = read_heading(order.kind, source.heading)
    run = Run(
        id=new_id("run", order.at, bulk.random_bytes),
        insurer=order.insurer,
        kind=order.kind,
        key=order.key,
        asked=order.asked,
        columns=",".join(it.value for it in columns if it),
        encoding=source.encoding,
        made_by=order.made_by,
        made_at=order.at,
    )
    _begin(bulk, run)
    try:
        return _take_in(bulk, run, order_rows(columns, source.rows))
    except BaseException:
        bulk.issuer.store.write(lambda tx: tx.forget_run(run.id))
        raise


def read_heading(kind: RunKind, cells: Sequence[str]) -> Sequence[Enum | None]:
    """Which column is which, for a run of this kind; raises MalformedError."""
    return _HEADINGS[kind](cells)


def order_rows(
    columns: Sequence[Enum | None], rows: Iterator[tuple[int, list[str]]]
) -> Iterator[Row]:
    """Of each line only the cells that are read, none of them longer than it may be.

    A line with more or fewer cells than the heading keeps none, and one too many to
    be read: which is which cannot be told.
    """
    kept = [place for place, column in enumerate(columns) if column]
    pick = itemgetter(*kept) if len(kept) > 1 else lambda cells: (cells[kept[0]],)
    for line, cells in rows:
        if len(cells) != len(columns):
            yield line, [""] * (len(kept) + 1)
            continue
        picked = pick(cells)
        if len("".join(picked)) > LONGEST_CELL:  # hardly ever
            picked = tuple(cell[: LONGEST_CELL + 1] for cell in picked)
        yield line, picked


def _begin(bulk: Bulk, run: Run) -> None:
    """Until its list is whole a run goes by its id, so that a crash blocks nobody."""
    with bulk.issuer.store.transaction() as tx:
        if tx.insurer(run.insurer) is None:
            raise NotFoundError("insurer")
        _require_new(tx, run)
        tx.forget_receiving(run.made_at - _LONGEST_RECEIVING)
        tx.put_run(replace(run, key=run.id))


def _take_in(bulk: Bulk, run: Run, rows: Iterator[Row]) -> Run:
    lines = 0
    for number, chunk in enumerate(chunks(rows, CHUNKS[run.kind])):
        _keep(bulk, run, seal_chunk(bulk.safe, run.id, number, chunk))
        lines += len(chunk)
    if not lines:
        raise no_lines()
    is_large = lines > bulk.approval_above
    if is_large and not run.made_by:
        raise ConflictError(_who_are_you(bulk.approval_above))
    state = RunState.AWAITING_APPROVAL if is_large else RunState.READY
    taken_in = replace(run, state=state, lines=lines)

    with bulk.issuer.store.transaction() as tx:
        _require_new(tx, run)
        tx.keep_run(taken_in)
        note(tx, run, AuditKind.RUN_MADE, run.made_by, run.made_at)
    return taken_in


def no_lines() -> MalformedError:
    """The error for a list that has a heading and nothing under it."""
    return MalformedError("file", _NO_LINES, _SEND_LINES)


def _keep(bulk: Bulk, run: Run, chunk: RunChunk) -> None:
    bulk.issuer.store.write(lambda tx: tx.put_chunk(run.id, chunk))


def _require_new(tx: Transaction, run: Run) -> None:
    known = tx.run_of_key(run.insurer, run.key)
    if known is not None:
        raise KnownRunError(known)


class KnownRunError(ConflictError):
    """This list has its run already; nothing is done twice."""

    def __init__(self, run: Run) -> None:
        super().__init__(
            Words(
                f"この一覧は {run.id} で受け付け済みです。二重には行いません。",
                f"This list has its run already ({run.id}): nothing is done twice.",
            )
        )
        self.run = run


def _who_are_you(above: int) -> Words:
    return Words(
        f"{above:,}行を超える一括処理には担当者コードと、別の担当者の承認が必要です。"
        "SHIKAKU_OPERATOR_CODE を設定してやり直してください"
        "（shikaku enrol operator で発行）。",
        f"A run of more than {above:,} lines needs an operator, and the approval of a "
        "second: set SHIKAKU_OPERATOR_CODE (made by shikaku enrol operator) and begin "
        "again.",
    )


_HEADINGS: dict[RunKind, Callable[[Sequence[str]], Sequence[Enum | None]]] = {
    RunKind.ISSUE: read_order_heading,
    RunKind.WITHDRAW: read_serial_heading,
}
_LONGEST_RECEIVING = timedelta(days=1)
_NO_LINES = Words("見出しだけで、行がありません。", "It has headings, but no line.")
_SEND_LINES = Words(
    "見出しと1行以上を書いて送ってください。",
    "Send a heading line and at least one line.",
)
