"""Bulk runs, as an insurer's system begins them, follows them and ends them."""

from backend.api.schemas.fields import (
    Bilingual,
    Choice,
    Flag,
    Instant,
    Part,
    Several,
    Shape,
    Text,
    Whole,
)
from backend.credentials.certificate import Form
from backend.issuing.bulk.results import Encoding
from backend.issuing.withdrawals import WithdrawalReason
from backend.printing.sheets import Layout
from backend.storage.rows import WithdrawalKind
from backend.storage.run_rows import RunKind, RunState

MOST = 20_000_000


class IssueListQueryShape(Shape):
    """What the certificates are printed on; a name, to do a list again on purpose."""

    form = Choice(Form, required=True)
    key = Text(64)


class WithdrawListQueryShape(Shape):
    """The step and why."""

    step = Choice(WithdrawalKind, required=True)
    reason = Choice(WithdrawalReason, required=True)
    key = Text(64)


class RunCountsShape(Shape):
    """Lines decided until now, and of these done, skipped, rejected."""

    decided = Whole(0, MOST, required=True)
    done = Whole(0, MOST, required=True)
    skipped = Whole(0, MOST, required=True)
    rejected = Whole(0, MOST, required=True)


class RunShape(Shape):
    """一括処理: how far it is. `seconds_left` is null while nobody carries it on."""

    run_id = Text(40, required=True)
    kind = Choice(RunKind, required=True)
    asked = Text(40, required=True)
    state = Choice(RunState, required=True)
    state_words = Bilingual(required=True)
    lines = Whole(0, MOST, required=True)
    counts = Part(RunCountsShape(), required=True)
    seconds_left = Whole(0, MOST, required=True, allow_none=True)
    made_by = Text(40, required=True)
    made_by_name = Text(60, shortest=0, required=True)
    made_at = Instant(required=True)
    approved_by = Text(40, required=True, allow_none=True)
    approved_by_name = Text(60, required=True, allow_none=True)
    may_approve = Flag(
        required=True,
        metadata={"description": "it awaits approval, and another made it"},
    )
    ended_at = Instant(required=True, allow_none=True)


class RunsQueryShape(Shape):
    """Which page of the runs."""

    before = Text(40, metadata={"description": "`next` of the page before"})


class RunsShape(Shape):
    """An insurer's runs, the newest first; `next` is null on the last page.

    The first page holds, besides the newest fifty, all that wait or go on.
    """

    runs = Several(Part(RunShape()), 10_000, required=True)
    next = Text(40, required=True, allow_none=True)


class ResultQueryShape(Shape):
    """The encoding of the result file."""

    encoding = Choice(Encoding, load_default=Encoding.UTF_8)


class PrintQueryShape(Shape):
    """How papers stand on the sheets."""

    layout = Choice(Layout, load_default=Layout.SHEETS)


class PrintsShape(Shape):
    """The print files of a run: so many parts, numbered from 1."""

    papers = Whole(0, MOST, required=True)
    papers_a_part = Whole(0, MOST, required=True)
    parts = Whole(0, MOST, required=True)
