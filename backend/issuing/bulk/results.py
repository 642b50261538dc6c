"""The result file of a run: every line of the list with what became of it (CSV).

It is opened in spreadsheets, so no cell begins like a formula. It names lines and
serials, and of people nothing.
"""

import csv
from collections.abc import Iterable, Iterator
from enum import Enum
from io import StringIO

from backend.issuing.bulk.outcomes import (
    LineOutcome,
    LineResult,
    Outcome,
    in_words,
    is_done,
    result_of,
    stored_outcomes,
)
from backend.storage.run_rows import Decided, RunKind
from backend.storage.store import Transaction


class Encoding(Enum):
    """What the file may be written in; UTF-8 carries a mark, which Excel needs."""

    UTF_8 = "utf-8"
    CP932 = "cp932"

    @property
    def media_type(self) -> str:
        """The file's kind as HTTP names it."""
        charset = "Windows-31J" if self is Encoding.CP932 else self.value
        return f"text/csv; charset={charset}"


HEADINGS = (
    "行 line",
    "結果 result",
    "発行番号 serial",
    "置換えた発行番号 replaced",
    "項目 field",
    "理由 reason",
    "直し方 fix",
    "reason (English)",
    "fix (English)",
)

_Row = tuple[int | str | None, ...]
_END = "\r\n"
_NOTHING_TO_SAY = f",,,,,{_END}"
_RESULTS = {
    RunKind.ISSUE: {
        LineResult.DONE: "交付 issued",
        LineResult.SKIPPED: "対象外 skipped",
        LineResult.REJECTED: "誤り rejected",
    },
    RunKind.WITHDRAW: {
        LineResult.DONE: "実施 done",
        LineResult.SKIPPED: "対象外 skipped",
        LineResult.REJECTED: "誤り rejected",
    },
}
_PLANNED = {**_RESULTS[RunKind.WITHDRAW], LineResult.DONE: "予定 planned"}


def result_file(tx: Transaction, run_id: str, encoding: str) -> Iterator[bytes]:
    """The file, a piece for each chunk of the run that is decided.

    `encoding` is a value of `Encoding`; every word of the file is in both.
    """
    run = tx.bulk_run(run_id)
    kind = run.kind if run else RunKind.ISSUE
    yield _heading(encoding)
    for _, stored in tx.outcomes(run_id):
        yield _piece(_RESULTS[kind], stored_outcomes(stored)).encode(encoding)


def plan_file(
    planned: Iterable[Decided], encoding: str, only: LineResult | None
) -> Iterator[bytes]:
    """The same of a list that was only looked at: what would become of its lines.

    `only` names the one result whose lines are wanted.
    """
    yield _heading(encoding)
    for told in planned:
        outcomes = stored_outcomes(told.outcomes)
        wanted = [it for it in outcomes if only is None or result_of(it) is only]
        yield _piece(_PLANNED, wanted).encode(encoding)


def _heading(encoding: str) -> bytes:
    mark = "\ufeff" if encoding == "utf-8" else ""
    return f"{mark}{','.join(HEADINGS)}{_END}".encode(encoding)


def _piece(labels: dict[LineResult, str], outcomes: list[Outcome]) -> str:
    text = StringIO(newline="")
    write, done = csv.writer(text, lineterminator=_END), labels[LineResult.DONE]
    for outcome in outcomes:
        if is_done(outcome):  # nothing of it needs quotation marks; most are
            line, _, serial, replaced = outcome
            text.write(f"{line},{done},{serial},{replaced or ''}{_NOTHING_TO_SAY}")
        else:
            write.writerow(_row(labels, in_words(outcome)))
    return text.getvalue()


def _row(labels: dict[LineResult, str], told: LineOutcome) -> _Row:
    fields = [it.field for it in told.errors]
    words = [*(it.reason for it in told.errors), *filter(None, [told.reason])]
    fixes = [it.fix for it in told.errors]
    texts = (
        fields,
        [it.ja for it in words],
        [it.ja for it in fixes],
        [it.en for it in words],
        [it.en for it in fixes],
    )
    return told.line, labels[told.result], told.serial, "", *map(" / ".join, texts)
