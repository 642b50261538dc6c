"""失効・停止: revoke for good, suspend for now, reinstate what was suspended."""

from datetime import datetime
from enum import Enum

from backend.audit.events import ActorKind, AuditEntry, AuditKind, pseudonym
from backend.domain.errors import ConflictError, NotFoundError
from backend.domain.words import Words
from backend.storage.rows import IssuedCertificate, Withdrawal, WithdrawalKind
from backend.storage.store import Store, Transaction


class WithdrawalReason(Enum):
    """Why a paper is withdrawn; our own codes, shown to the insurer only."""

    LOST = "lost"
    STOLEN = "stolen"
    RETURNED = "returned"
    REPLACED = "replaced"
    ERROR = "error"
    DEATH = "death"
    KEY_COMPROMISED = "key-compromised"
    OTHER = "other"


_AUDIT = {
    WithdrawalKind.REVOKED: AuditKind.WITHDRAWN,
    WithdrawalKind.SUSPENDED: AuditKind.SUSPENDED,
    WithdrawalKind.REINSTATED: AuditKind.REINSTATED,
}

# What may follow what: None is "never withdrawn". Revoked is final.
_MAY_FOLLOW: dict[WithdrawalKind | None, frozenset[WithdrawalKind]] = {
    None: frozenset({WithdrawalKind.REVOKED, WithdrawalKind.SUSPENDED}),
    WithdrawalKind.REINSTATED: frozenset(
        {WithdrawalKind.REVOKED, WithdrawalKind.SUSPENDED}
    ),
    WithdrawalKind.SUSPENDED: frozenset(
        {WithdrawalKind.REVOKED, WithdrawalKind.REINSTATED}
    ),
    WithdrawalKind.REVOKED: frozenset(),
}


def may_follow(certificate: IssuedCertificate, kind: WithdrawalKind) -> bool:
    """Whether this step may be the certificate's next; its last may not be again."""
    last = certificate.withdrawal.kind if certificate.withdrawal else None
    return kind in _MAY_FOLLOW[last]


def withdraw(
    store: Store,
    insurer: str,
    serial: str,
    kind: WithdrawalKind,
    reason: WithdrawalReason,
    at: datetime,
) -> IssuedCertificate:
    """Take one step in a certificate's life; the next check already sees it.

    Repeating the last step changes nothing. Raises NotFoundError for another
    insurer's serial, ConflictError for a step that may not follow (revoked is final).
    """

    def step(tx: Transaction) -> IssuedCertificate:
        certificate = tx.certificate(serial)
        if certificate is None or certificate.insurer != insurer:
            raise NotFoundError("certificate")
        withdraw_in(tx, certificate, kind, reason, at)
        return tx.certificate(serial) or certificate

    return store.write(step)


def withdraw_in(
    tx: Transaction,
    certificate: IssuedCertificate,
    kind: WithdrawalKind,
    reason: WithdrawalReason,
    at: datetime,
) -> None:
    """The same within a transaction that does more; raises ConflictError."""
    last = certificate.withdrawal.kind if certificate.withdrawal else None
    if kind is last:
        return
    if kind not in _MAY_FOLLOW[last]:
        raise ConflictError(_why_not(last, kind))
    tx.put_withdrawal(
        Withdrawal(certificate.serial, kind, reason.value, at), certificate.place
    )
    key = tx.audit_key(certificate.person_id)
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=_AUDIT[kind],
            actor_kind=ActorKind.INSURER,
            actor=certificate.insurer,
            subject=pseudonym(key) if key else "",
            object=certificate.serial,
            outcome=kind.value,
            note=reason.value,
        )
    )


def _why_not(last: WithdrawalKind | None, kind: WithdrawalKind) -> Words:
    if last is WithdrawalKind.REVOKED:
        return Words(
            "失効は取り消せません。新しい資格確認書を交付してください。",
            "Revocation is final. Issue a new certificate.",
        )
    return Words(
        f"停止されていないため再開できません（{kind.value}）。",
        f"It is not suspended, so it cannot be {kind.value}.",
    )
