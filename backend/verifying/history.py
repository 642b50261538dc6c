"""誰が確認したか: what a person reads of the log about themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.audit.events import ActorKind, AuditEntry, AuditKind, pseudonym
from backend.domain.delegation import Delegate
from backend.storage.rows import Client
from backend.storage.store import Store, Transaction
from backend.verifying.shown_by import read_note


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry, with the names that the log itself never holds.

    `who` is the clinic's or insurer's name today, `terminal` the terminal's;
    `delegate` showed the code, or did what is told, where it was not the person.
    """

    entry: AuditEntry
    who: str
    terminal: str
    delegate: Delegate | None


def history(
    store: Store, phone: Client, at: datetime, before: int | None, limit: int
) -> Sequence[HistoryLine]:
    """The newest entries about a phone's person before the sequence number `before`.

    Refused attempts are included. Reading is itself recorded, in the same step, with
    the phone that read.
    """
    person_id = phone.party

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
                terminal=phone.id,
                subject=subject,
            )
        )
        return lines

    return store.write(read)


def line_of(tx: Transaction, entry: AuditEntry, insurer: str = "") -> HistoryLine:
    """An entry with its names, for the person, or for the `insurer` if it reads.

    An operator's name is told to their own insurer alone, a delegate's to the person.
    """
    client = tx.client(entry.terminal) if entry.terminal else None
    is_told = client is not None and (not client.operator or client.party == insurer)
    terminal = client.name if client and is_told else ""
    by = None if insurer else _shown_by(tx, entry) or client
    return HistoryLine(entry, _who(tx, entry), terminal, by.delegate if by else None)


def _shown_by(tx: Transaction, entry: AuditEntry) -> Client | None:
    """The delegate's phone that showed the code of a check; also after its last day."""
    is_check = entry.kind in (AuditKind.CHECKED, AuditKind.CHECK_REFUSED)
    phone = read_note(entry.note).delegate_phone if is_check else ""
    return tx.client(phone) if phone else None


def _who(tx: Transaction, entry: AuditEntry) -> str:
    if entry.actor_kind is ActorKind.CLINIC:
        clinic = tx.clinic(entry.actor)
        return clinic.name if clinic else entry.actor
    if entry.actor_kind is ActorKind.INSURER:
        insurer = tx.insurer(entry.actor)
        return insurer.name if insurer else entry.actor
    return ""
