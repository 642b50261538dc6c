"""Is a certificate due to a member today? One per person, and only with coverage."""

from datetime import datetime

from backend.domain.coverage import Coverage
from backend.domain.entitlement import CardStatus, NotEntitled, entitlement
from backend.domain.japan_time import japan_day
from backend.domain.judgement import CertificateShown, judge
from backend.domain.next_step import HEADLINES
from backend.domain.outcome import Outcome
from backend.domain.words import Words
from backend.storage.rows import Member, WithdrawalKind
from backend.storage.store import Transaction

_HOLDS_ONE = Words(
    "有効な資格確認書が既にあります。紛失・破損のときは先に失効させてください。",
    "A valid certificate exists already. If it was lost, withdraw it first.",
)


def why_not_due(
    tx: Transaction,
    member: Member,
    coverage: Coverage,
    has_applied: bool,
    at: datetime,
) -> Words | None:
    """Why this member gets no certificate of this coverage now; None if one is due."""
    on = japan_day(at)
    record = tx.record_of_person(coverage.person_id)
    verdict = judge(CertificateShown(coverage.id), record, on, at)
    if not verdict.is_valid:
        return HEADLINES[Outcome(verdict.reason.value)]
    entitled = entitlement(CardStatus(member.card_status), has_applied)
    if isinstance(entitled, NotEntitled):
        return entitled.reason
    for certificate in tx.certificates_of(coverage.person_id):
        last = certificate.withdrawal
        is_revoked = last is not None and last.kind is WithdrawalKind.REVOKED
        is_of_this = certificate.coverage_id == coverage.id
        if is_of_this and not is_revoked and certificate.expires_on >= on:
            return _HOLDS_ONE
    return None
