"""What the audit log says of keys that come and go; never a name, never a person."""

from datetime import datetime

from backend.audit.events import ActorKind, AuditEntry, AuditKind, pseudonym
from backend.storage.rows import Client, ClientKind
from backend.storage.store import Transaction

_ACTOR = {
    ClientKind.INSURER: ActorKind.INSURER,
    ClientKind.CLINIC: ActorKind.CLINIC,
    ClientKind.PATIENT: ActorKind.PATIENT,
}
_ENDED = "ended"


def note_enrolled(tx: Transaction, client: Client, at: datetime) -> None:
    """A terminal or system was enrolled, or a phone activated."""
    is_phone = client.kind is ClientKind.PATIENT
    kind = AuditKind.PHONE_ACTIVATED if is_phone else AuditKind.ENROLLED
    _note(tx, client, kind, _ACTOR[client.kind], "", at)


def note_ended(tx: Transaction, client: Client, by: ActorKind, at: datetime) -> None:
    """A key was ended: by its own party, or by an operator."""
    _note(tx, client, AuditKind.KEY_CHANGED, by, _ENDED, at)


def _note(
    tx: Transaction,
    client: Client,
    kind: AuditKind,
    by: ActorKind,
    outcome: str,
    at: datetime,
) -> None:
    is_phone = client.kind is ClientKind.PATIENT
    key = tx.audit_key(client.party) if is_phone else None
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=kind,
            actor_kind=by,
            actor="" if is_phone else client.party,
            terminal=client.id,
            subject=pseudonym(key) if key else "",
            outcome=outcome,
        )
    )
