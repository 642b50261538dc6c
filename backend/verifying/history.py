"""誰が確認したか: what a person reads of the log about themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.audit.events import ActorKind, AuditEntry, AuditKind, pseudonym
from backend.storage.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry, with the names that the log itself never holds.

    `who` is the clinic's or insurer's name today, `terminal` the terminal's.
    """

    entry: AuditEntry
    who: str
    terminal: str


def history(
    store: Store, person_id: str, at: datetime, before: int | None, limit: int
) -> Sequence[HistoryLine]:
    """The newest entries about a person before the sequence number `before`.

    Refused attempts are included. Reading is itself recorded, in the same step.
    """

    def read(tx: Transaction) -> Sequence[HistoryLine]:
        key = tx.audit_key(person_id)
        if key is None:
            return ()
        subject = pseudonym(key)
        told = tx.audit_of_person(person_id, subject, limit, before)
        lines = [line_of(tx, entry) for entry in told]
        tx.append_audit(
            lambda sequence: AuditEntry(
                sequence=sequence,
                at=at,
                kind=AuditKind.HISTORY_READ,
                actor_kind=ActorKind.PATIENT,
                subject=subject,
            )
        )
        return lines

    return store.write(read)


def line_of(tx: Transaction, entry: AuditEntry, insurer: str = "") -> HistoryLine:
    """An entry with its names, for the person, or for the `insurer` if it reads.

    An operator's name is told to their own insurer alone.
    """
    client = tx.client(entry.terminal) if entry.terminal else None
    is_told = client is not None and (not client.operator or client.party == insurer)
    terminal = client.name if client and is_told else ""
    return HistoryLine(entry, _who(tx, entry), terminal)


def _who(tx: Transaction, entry: AuditEntry) -> str:
    if entry.actor_kind is ActorKind.CLINIC:
        clinic = tx.clinic(entry.actor)
        return clinic.name if clinic else entry.actor
    if entry.actor_kind is ActorKind.INSURER:
        insurer = tx.insurer(entry.actor)
        return insurer.name if insurer else entry.actor
    return ""
