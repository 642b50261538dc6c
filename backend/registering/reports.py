"""本人からの申出: a person's report reaches their insurer, who answers and closes it.

It is recorded and shown, nothing else: whoever holds a phone must not be able to hide
or unlink a record. The insurer inspects, and corrects by its own doors.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from backend.audit.events import (
    ActorKind,
    AuditEntry,
    AuditKind,
    pseudonym,
    read_entry,
)
from backend.domain.errors import (
    ConflictError,
    MalformedError,
    NotFoundError,
    RefusedError,
)
from backend.domain.identifiers import new_id
from backend.domain.japan_time import japan_day
from backend.domain.judgement import PhoneShown, judge
from backend.domain.report import (
    REPORTS_A_DAY,
    ReportKind,
    parse_report,
    parse_report_text,
)
from backend.domain.words import Words
from backend.registering.registrar import Teller
from backend.registering.trail import note
from backend.storage.reports import Report
from backend.storage.rows import Client
from backend.storage.store import Store, Transaction

MOST_ANSWERS = 20
_AGAIN = timedelta(minutes=10)
_DAY_SECONDS = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOSED = "closed"


class TooManyReportsError(RefusedError):
    """As many reports of one person as a day allows."""

    code = "too-many-reports"

    def __init__(self, at: datetime) -> None:
        window = timedelta(seconds=_DAY_SECONDS)
        self.retry_after_seconds = int(
            (window - (at - _EPOCH) % window).total_seconds()
        )
        super().__init__(
            Words(
                f"申出は1日{REPORTS_A_DAY}件までです。急ぐときは、保険者に電話してください。",
                f"At most {REPORTS_A_DAY} reports a day. If it is urgent, ring the"
                " insurer.",
            )
        )


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """What a person says: `about` is the sequence number of a line of their history."""

    kind: ReportKind
    text: str | None = field(default=None, repr=False)
    about: int | None = None


@dataclass(frozen=True, slots=True)
class ReportSeen:
    """A report as the insurer reads it: who filed it, and the check it is about."""

    report: Report
    phone: Client | None
    about: AuditEntry | None


def file_report(
    store: Store,
    phone: Client,
    draft: ReportDraft,
    at: datetime,
    random_bytes: Callable[[int], bytes],
) -> str:
    """Send a report to the insurer of the person's coverage; its id.

    The insurer of today's coverage, else of the one told last. The same report from
    the same phone within ten minutes is the one that was filed: whoever sent it did
    not hear that it had arrived. Raises MalformedError, TooManyReportsError,
    ConflictError where no insurer has registered the person.
    """
    text = parse_report(draft.kind, draft.text)
    report_id = new_id("rep", at, random_bytes)

    def step(tx: Transaction) -> str:
        key = tx.audit_key(phone.party)
        if key is None:
            raise NotFoundError("person")
        subject = pseudonym(key)
        _require_own(tx, phone.party, subject, draft.about)
        report = Report(
            report_id,
            phone.party,
            _insurer_of(tx, phone.party, at),
            draft.kind,
            text,
            draft.about,
            phone.id,
            at,
        )
        filed = _just_filed(tx, report)
        if filed is not None:
            return filed.id
        if not tx.take(f"reports:{subject}", at, REPORTS_A_DAY, _DAY_SECONDS):
            raise TooManyReportsError(at)
        tx.put_report(report)
        _note_filed(tx, phone, subject, report_id, draft.kind, at)
        return report_id

    return store.write(step)


def own_reports(store: Store, phone: Client) -> Sequence[Report]:
    """What was reported of a person, newest first; a delegate's phone sees its own."""
    filed_by = phone.id if phone.delegate else None
    with store.reading() as tx:
        return tx.reports_of(phone.party, filed_by)


def reports_to(
    store: Store, insurer: str, is_open: bool, after: int, limit: int
) -> Sequence[ReportSeen]:
    """What an insurer was told, oldest first, from behind the number `after`."""
    with store.reading() as tx:
        found = tx.reports_to(insurer, is_open, after, limit)
        return [_seen(tx, report) for report in found]


def answer_report(
    store: Store, teller: Teller, report_id: str, text: str, is_closing: bool
) -> None:
    """Answer a report, and close it or leave it open.

    The same words within ten minutes are the answer that was given: whoever sent it
    did not hear that it had arrived.
    Raises NotFoundError for one that did not go to this insurer, MalformedError, and
    ConflictError for one that is closed or has twenty answers.
    """
    text = parse_report_text(text)
    insurer, at = teller.insurer.digits, teller.at

    def step(tx: Transaction) -> None:
        report = tx.report(report_id)
        if report is None or report.insurer != insurer:
            raise NotFoundError("report")
        is_given = _has_just_answered(report, text, at)
        if is_given and is_closing == (report.closed_at is not None):
            return
        if report.closed_at is not None or len(report.answers) >= MOST_ANSWERS:
            raise ConflictError(_ANSWERED)
        if not is_given:
            tx.answer_report(report_id, text, at)
        if is_closing:
            tx.close_report(report_id, at)
        words = [_CLOSED] if is_closing else []
        note(tx, teller, AuditKind.REPORT_ANSWERED, report_id, report.person_id, words)

    store.write(step)


def _just_filed(tx: Transaction, report: Report) -> Report | None:
    """The same report of the last ten minutes, if there is one."""

    def told(it: Report) -> tuple[object, ...]:
        return it.insurer, it.kind, it.text, it.about

    filed = tx.reports_of(report.person_id, report.phone)
    since = (it for it in filed if report.filed_at - it.filed_at < _AGAIN)
    return next((it for it in since if told(it) == told(report)), None)


def _has_just_answered(report: Report, text: str, at: datetime) -> bool:
    last = report.answers[-1] if report.answers else None
    return last is not None and last.text == text and at - last.at < _AGAIN


def _require_own(
    tx: Transaction, person_id: str, subject: str, about: int | None
) -> None:
    """What a report is about must stand in the person's own history."""
    if about is None:
        return
    found = tx.audit_of_person(person_id, subject, 1, about + 1)
    if not found or found[0].sequence != about:
        raise MalformedError(
            "about",
            Words("ご本人の履歴にありません。", "It is not in the person's history."),
            Words(
                "履歴の sequence を送ってください。",
                "Send a `sequence` of the history.",
            ),
        )


def _insurer_of(tx: Transaction, person_id: str, at: datetime) -> str:
    record = tx.record_of_person(person_id)
    coverage = judge(PhoneShown(person_id), record, japan_day(at), at).coverage
    own = [it for it in record.coverages if it.person_id == person_id]
    told_last = max(own, key=lambda it: it.recorded_at, default=None)
    answering = coverage or told_last
    if answering is None:
        raise ConflictError(_NOBODY)
    return answering.insurer.digits


def _seen(tx: Transaction, report: Report) -> ReportSeen:
    about = None
    if report.about is not None:
        ((_, stored),) = tx.audit_entries(report.about, 1)
        about = read_entry(stored)
    return ReportSeen(report, tx.client(report.phone), about)


def _note_filed(
    tx: Transaction,
    phone: Client,
    subject: str,
    report_id: str,
    kind: ReportKind,
    at: datetime,
) -> None:
    """That a report came, and of which kind; never what it says."""
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=AuditKind.REPORT_FILED,
            actor_kind=ActorKind.PATIENT,
            terminal=phone.id,
            subject=subject,
            object=report_id,
            note=kind.value,
        )
    )


_NOBODY = Words(
    "登録した保険者がないため、届け先がありません。加入先に直接連絡してください。",
    "No insurer has registered you, so nobody would read it: ring your insurer.",
)
_ANSWERED = Words(
    "この申出は終了しているか、回答が上限に達しています。",
    "The report is closed, or has as many answers as there may be.",
)
