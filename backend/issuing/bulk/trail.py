"""What is written to the log of a run as a whole."""

from datetime import datetime

from backend.audit.events import ActorKind, AuditEntry, AuditKind
from backend.storage.run_rows import Run
from backend.storage.store import Transaction


def note(tx: Transaction, run: Run, kind: AuditKind, by: str, at: datetime) -> None:
    """Append what happened to a run, and by which operator or system of the insurer."""
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=kind,
            actor_kind=ActorKind.INSURER,
            actor=run.insurer,
            terminal=by,
            object=run.id,
            outcome=run.asked,
        )
    )
