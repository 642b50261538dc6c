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
_DELEGATE = "delegate"


def note_enrolled(tx: Transaction, client: Client, at: datetime) -> None:
    """A terminal or system was enrolled, or a phone activated."""
    is_phone = client.kind is ClientKind.PATIENT
    kind = AuditKind.PHONE_ACTIVATED if is_phone else AuditKind.ENROLLED
    _note(tx, client, kind, _ACTOR[client.kind], _party(client), "", at)


def note_granted(tx: Transaction, phone: Client, at: datetime) -> None:
    """A person's own phone made a code by which another becomes a delegate's."""
    kind, by = AuditKind.DELEGATION_GRANTED, ActorKind.PATIENT
    _note(tx, phone, kind, by, "", "", at)


def note_ended(
    tx: Transaction, client: Client, by: ActorKind, at: datetime, insurer: str
) -> None:
    """A key was ended: by its own party, by an operator, or by a person's insurer."""
    actor = insurer or _party(client)
    _note(tx, client, AuditKind.KEY_CHANGED, by, actor, _ENDED, at)


def _party(client: Client) -> str:
    """Whose key it is; a person is told by the pseudonym alone."""
    return "" if client.kind is ClientKind.PATIENT else client.party


def _note(
    tx: Transaction,
    client: Client,
    kind: AuditKind,
    by: ActorKind,
    actor: str,
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
            actor=actor,
            terminal=client.id,
            subject=pseudonym(key) if key else "",
            outcome=outcome,
            note=_DELEGATE if client.delegate else "",
        )
    )
