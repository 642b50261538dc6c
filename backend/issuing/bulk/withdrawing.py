"""Papers withdrawn by list: each line one step in the life of one certificate.

A chunk of lines, its outcomes and what follows from it are one transaction: the next
check sees it, and what is cut off is carried on. The rules are those of one paper
(`issuing.withdrawals`): revoked is final, and a step that was taken is not taken again.
"""

from collections.abc import Callable
from datetime import datetime

from backend.domain.errors import MalformedError, NotFoundError
from backend.domain.words import Words
from backend.interchange.member_row import LineError
from backend.interchange.serial_columns import read_serial
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.lines import open_chunk
from backend.issuing.bulk.outcomes import Outcome, decided, done, rejected, skipped
from backend.issuing.bulk.preparing import Row
from backend.issuing.withdrawals import WithdrawalReason, may_follow, withdraw_in
from backend.storage.rows import IssuedCertificate, WithdrawalKind
from backend.storage.run_rows import Decided, Run, RunCounts, RunState
from backend.storage.store import Transaction

ALREADY = "already"
"""The code of a line whose certificate is so already."""


def asked_of(kind: WithdrawalKind, reason: WithdrawalReason) -> str:
    """What a run of withdrawals is asked, as its `Run.asked`."""
    return f"{kind.value}:{reason.value}"


def read_asked(asked: str) -> tuple[WithdrawalKind, WithdrawalReason]:
    """The step and the reason in a run's `asked`."""
    kind, _, reason = asked.partition(":")
    return WithdrawalKind(kind), WithdrawalReason(reason)


def withdraw_all(
    bulk: Bulk,
    run: Run,
    clock: Callable[[], datetime],
    watch: Callable[[RunCounts], None],
) -> None:
    """Carry out every chunk that is not decided, until the run is stopped."""
    store = bulk.issuer.store
    with store.reading() as tx:
        counts = tx.run_counts(run.id)
    watch(counts)

    def step(tx: Transaction) -> RunCounts | None:
        now = tx.bulk_run(run.id)
        numbers = tx.chunks_to_decide(run.id, -1, 1)
        if now is None or now.state is not RunState.READY or not numbers:
            return None
        return counts.plus(_carry_out(bulk, tx, run, numbers[0], clock()))

    while (further := store.write(step)) is not None:
        counts = further
        watch(counts)


def _carry_out(
    bulk: Bulk, tx: Transaction, run: Run, number: int, at: datetime
) -> Decided:
    chunk = tx.chunk(run.id, number)
    if chunk is None:
        raise NotFoundError("run")
    rows = open_chunk(bulk.safe, run.id, chunk)
    told = decided([take_line(tx, run, row, at) for row in rows])
    tx.decide_chunk(run.id, number, told, None, at)
    return told


def take_line(tx: Transaction, run: Run, row: Row, at: datetime) -> Outcome:
    """What becomes of a line, and its step, taken."""
    kind, reason = read_asked(run.asked)
    outcome, due = judge_line(tx, run.insurer, kind, row)
    if due is not None:
        withdraw_in(tx, due, kind, reason, at)
    return outcome


def judge_line(
    tx: Transaction, insurer: str, kind: WithdrawalKind, row: Row
) -> tuple[Outcome, IssuedCertificate | None]:
    """What becomes of a line, and the certificate whose step is due, if one is."""
    line, cells = row
    try:
        serial = read_serial(cells)
        if serial is None:
            return skipped(line, "no-serial", None), None
        certificate = _own(tx, insurer, serial)
    except MalformedError as error:
        told = LineError(line, error.field, error.reason, error.fix)
        return rejected(line, [told]), None
    if may_follow(certificate, kind):
        return done(line, serial, None), certificate
    return skipped(line, _why_not(certificate, kind), serial), None


def _own(tx: Transaction, insurer: str, serial: str) -> IssuedCertificate:
    certificate = tx.certificate(serial)
    if certificate is None or certificate.insurer != insurer:
        raise MalformedError("serial", _UNKNOWN, _CHECK_SERIAL)
    return certificate


def _why_not(certificate: IssuedCertificate, kind: WithdrawalKind) -> str:
    last = certificate.withdrawal
    if last is not None and last.kind is kind:
        return ALREADY
    if last is not None and last.kind is WithdrawalKind.REVOKED:
        return "final"
    return "not-suspended"


_UNKNOWN = Words(
    "この保険者の資格確認書に、その発行番号のものはありません。",
    "This insurer has no certificate of this serial.",
)
_CHECK_SERIAL = Words(
    "発行番号を確かめてください。", "Check the serial against the certificate."
)
