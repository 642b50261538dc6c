"""The audit entry of each thing that an insurer tells: codes only, never the person."""

from collections.abc import Iterable

from backend.audit.events import ActorKind, AuditEntry, AuditKind, pseudonym
from backend.registering.registrar import Teller
from backend.storage.store import Transaction


def note(
    tx: Transaction,
    teller: Teller,
    kind: AuditKind,
    object_id: str,
    person_id: str | None = None,
    words: Iterable[str] = (),
) -> None:
    """Append the entry in the same transaction as what it tells of.

    `words` are codes, such as the names of the fields that changed: all of them
    together stay below the longest text that an entry takes.
    """
    key = tx.audit_key(person_id) if person_id else None
    subject = pseudonym(key) if key else ""  # erased: nobody can tie it to a person
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=teller.at,
            kind=kind,
            actor_kind=ActorKind.INSURER,
            actor=teller.insurer.digits,
            terminal=teller.terminal,
            subject=subject,
            object=object_id,
            note="/".join(words),
        )
    )
