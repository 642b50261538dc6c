"""The audit entries of a check: one for each person whom it concerned."""

from datetime import date, datetime

from backend.audit.events import ActorKind, AuditEntry, AuditKind, pseudonym
from backend.domain.errors import ShikakuError
from backend.domain.japan_time import japan_day
from backend.storage.figures import CHECKED
from backend.storage.rows import Client
from backend.storage.store import Transaction
from backend.verifying.answer import Answer, Document
from backend.verifying.examined import Examined
from backend.verifying.question import Question
from backend.verifying.shown_by import CheckNote


def record_check(
    tx: Transaction,
    terminal: Client,
    found: Examined,
    answer: Answer,
    question: Question,
) -> None:
    """Record an answered check; one that proved nothing is recorded as refused."""
    _tally(tx, found, answer)
    has_asked = found.asked is not None
    _append(
        tx,
        terminal,
        found,
        AuditKind.CHECKED if has_asked else AuditKind.CHECK_REFUSED,
        outcome=answer.outcome.value,
        on=answer.on,
        at=answer.checked_at,
        shown=answer.shown,
        note=question.claim_reason.value if question.claim_reason else "",
    )


def _tally(tx: Transaction, found: Examined, answer: Answer) -> None:
    """Count the check for the insurer whose paper, phone or coverage it was about."""
    coverage = answer.verdict.coverage if answer.verdict else None
    insurer = found.insurer or (coverage.insurer.digits if coverage else None)
    if insurer is not None:
        figure = CHECKED + answer.outcome.value
        tx.tally(insurer, japan_day(answer.checked_at), figure)


def record_refusal(
    tx: Transaction,
    terminal: Client,
    found: Examined,
    refusal: Exception,
    on: date,
    at: datetime,
) -> None:
    """Record a question that was not answered at all."""
    code = refusal.code if isinstance(refusal, ShikakuError) else "refused"
    _append(tx, terminal, found, AuditKind.CHECK_REFUSED, outcome=code, on=on, at=at)


def _append(
    tx: Transaction,
    terminal: Client,
    found: Examined,
    kind: AuditKind,
    *,
    outcome: str,
    on: date,
    at: datetime,
    shown: tuple[str, ...] = (),
    note: str = "",
) -> None:
    note = _note(note, found.document)
    for subject in _subjects(tx, found):

        def entry(sequence: int, subject: str = subject) -> AuditEntry:
            return AuditEntry(
                sequence=sequence,
                at=at,
                kind=kind,
                actor_kind=ActorKind.CLINIC,
                actor=terminal.party,
                terminal=terminal.id,
                subject=subject,
                object=found.document.object_id or "",
                outcome=outcome,
                shown=shown,
                day=on,
                note=note,
            )

        tx.append_audit(entry)


def _note(claim_reason: str, document: Document) -> str:
    by = document.shown_by
    phone = by.phone if by else ""
    return CheckNote(claim_reason or document.kind, document.is_copy, phone).spelled()


def _subjects(tx: Transaction, found: Examined) -> list[str]:
    keys = found.audit_keys
    if keys is None:
        keys = tuple(tx.audit_key(person_id) for person_id in found.person_ids)
    return [pseudonym(key) if key else "" for key in keys] or [""]
