"""After a key was compromised: withdraw what it signed since, and issue it anew."""

from collections.abc import Callable, Mapping
from datetime import datetime

from backend.credentials.certificate import Form, read_fields
from backend.credentials.jose import peek_claims
from backend.credentials.key_set import KeyPurpose, KeyRecord
from backend.domain.errors import ConflictError
from backend.domain.japan_time import japan_day
from backend.domain.words import Words
from backend.issuing.certificates import issue_certificates
from backend.issuing.issued_text import issued_text
from backend.issuing.issuer import Issuer
from backend.issuing.keys import add_key, key_set
from backend.issuing.withdrawals import WithdrawalReason, withdraw_in
from backend.storage.rows import IssuedCertificate, WithdrawalKind
from backend.storage.store import Transaction

NewKey = Callable[[], Mapping[str, str]]


def reissue_compromised(
    issuer: Issuer, create: NewKey, kid: str, at: datetime
) -> tuple[IssuedCertificate, ...]:
    """Withdraw every paper that a compromised key signed since, and replace it.

    A new active key is made where the compromised one was the last; `create` makes
    its private half. Safe to repeat: what was withdrawn stays so, and nobody gets two.
    What was revoked before for a reason of its own, or is an erased person's, is not
    replaced. What is suspended stays so: a new paper would lift that. Once reinstated
    it is replaced when this is repeated; until then its signature counts for nothing.
    Raises ConflictError unless `kid` is an issuing key declared compromised.
    """
    record = key_set(issuer.store).find(kid)
    if record is None or record.compromised_at is None or record.insurer is None:
        raise ConflictError(
            Words(
                "危殆化を宣言した発行鍵ではありません。",
                "It is not an issuing key that was declared compromised.",
            )
        )
    if key_set(issuer.store).active(KeyPurpose.ISSUING, record.insurer) is None:
        add_key(issuer.store, create, KeyPurpose.ISSUING, record.insurer, at)
    by_form: dict[Form, list[str]] = {}
    for paper in issuer.store.write(lambda tx: _withdraw(tx, record, at)):
        _, form, _ = read_fields(peek_claims(issued_text(paper)))
        by_form.setdefault(form, []).append(paper.person_id)
    runs = [
        issue_certificates(issuer, record.insurer, persons, form, at)
        for form, persons in by_form.items()
    ]
    return tuple(paper for run in runs for paper in run.issued)


def _withdraw(
    tx: Transaction, record: KeyRecord, at: datetime
) -> list[IssuedCertificate]:
    """Revoke what the key signed since its compromise; return all to be replaced."""
    since, insurer = record.compromised_at, record.insurer
    if since is None or insurer is None:
        return []
    papers = [
        paper
        for paper in tx.certificates_by_key(record.kid)
        if paper.issued_at >= since
        and paper.expires_on >= japan_day(at)
        and not _is_left_alone(paper)
    ]
    for paper in papers:
        withdraw_in(
            tx, paper, WithdrawalKind.REVOKED, WithdrawalReason.KEY_COMPROMISED, at
        )
    return [paper for paper in papers if paper.words]


def _is_left_alone(paper: IssuedCertificate) -> bool:
    """Suspended, or revoked for a reason of its own: returned, lost, replaced."""
    last = paper.withdrawal
    if last is None or last.kind is WithdrawalKind.REINSTATED:
        return False
    ours = WithdrawalReason.KEY_COMPROMISED.value
    return last.kind is WithdrawalKind.SUSPENDED or last.reason != ours
