"""Is a certificate due to a person today? One per person, and only with coverage."""

from dataclasses import dataclass
from datetime import date, datetime

from backend.domain.entitlement import CardStatus, NotEntitled, entitlement
from backend.domain.judgement import CertificateShown, judge
from backend.domain.next_step import HEADLINES
from backend.domain.outcome import Outcome
from backend.domain.paper_order import PaperOrder
from backend.domain.words import Words
from backend.storage.rows import IssuedCertificate, WithdrawalKind
from backend.storage.run_rows import RegisterLine
from backend.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Due:
    """A certificate is due; `replaces` is the serial of the one to be withdrawn."""

    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class NotDue:
    """None is due: a code for programs, and the serial that stands in the way."""

    code: str
    serial: str | None = None

    @property
    def words(self) -> Words:
        """The reason in words."""
        return why_not(self.code)


def why_not(code: str) -> Words:
    """What a code of `NotDue` says; raises ValueError for none of its codes."""
    return _REASONS.get(code) or HEADLINES[Outcome(code)]


def is_due(
    tx: Transaction,
    line: RegisterLine,
    status: CardStatus,
    order: PaperOrder,
    on: date,
    at: datetime,
) -> Due | NotDue:
    """Whether this person gets a certificate of this coverage on the day `on`.

    `at` is the instant as of which the register is read.

    (1) The coverage holds today. (2) The card cannot be used, or they applied.
    (3) They hold none of this coverage that is alive, or it is to be replaced.
    """
    is_simple = line.is_plain and line.holds_on(on.isoformat())
    if not is_simple:
        lapsed = _why_not_covered(tx, line, on, at)  # (1)
        if lapsed is not None:
            return lapsed
    entitled = entitlement(
        status, order.has_applied or _renews(tx, line, status)
    )  # (2)
    if isinstance(entitled, NotEntitled):
        return NotDue("card-usable" if status is CardStatus.USABLE else "not-applied")
    return Due() if is_simple else _beside_the_held(tx, line, order, on)  # (3)


def _why_not_covered(
    tx: Transaction, line: RegisterLine, on: date, at: datetime
) -> NotDue | None:
    record = tx.record_of_person(line.person_id)
    verdict = judge(CertificateShown(line.coverage_id), record, on, at)
    if verdict.is_valid:
        return None
    return NotDue(verdict.reason.value)


def _renews(tx: Transaction, line: RegisterLine, status: CardStatus) -> bool:
    """要配慮者: who once applied need not apply again (domain.entitlement)."""
    if status is not CardStatus.NEEDS_HELP:
        return False
    return bool(tx.certificates_of(line.person_id, None))


def _beside_the_held(
    tx: Transaction, line: RegisterLine, order: PaperOrder, on: date
) -> Due | NotDue:
    under_way = tx.serial_under_way(line.coverage_id, line.person_id)
    if under_way is not None:
        return NotDue("under-way", under_way)
    for paper in tx.certificates_of(line.person_id):
        is_of_this = paper.coverage_id == line.coverage_id
        if not is_of_this or paper.expires_on < on or _is(paper, _REVOKED):
            continue
        if _is(paper, WithdrawalKind.SUSPENDED):
            return NotDue("suspended", paper.serial)
        if order.replaces:
            return Due(paper.serial)
        return NotDue("holds-one", paper.serial)
    return Due()


_REVOKED = WithdrawalKind.REVOKED


def _is(paper: IssuedCertificate, kind: WithdrawalKind) -> bool:
    return paper.withdrawal is not None and paper.withdrawal.kind is kind


_REASONS = {
    "card-usable": Words(
        "マイナ保険証を利用できます。資格情報のお知らせを交付します。",
        "The My Number card is usable: a qualification notice is issued instead.",
    ),
    "not-applied": Words(
        "申請があれば交付します（要配慮者・カード紛失等）。",
        "Issued only if applied for (needs help, or the card is lost).",
    ),
    "holds-one": Words(
        "有効な資格確認書が既にあります。紛失・破損のときは交付事由をそのように指定して"
        "ください。",
        "A valid certificate exists already. If it was lost or damaged, order it so.",
    ),
    "suspended": Words(
        "停止中の資格確認書があります。先に再開するか失効させてください。",
        "A certificate is suspended. Reinstate or revoke it first.",
    ),
    "under-way": Words(
        "ほかの処理が交付の途中です。少し待ってから確かめてください。",
        "Another run is issuing it now: wait a little and look again.",
    ),
}
