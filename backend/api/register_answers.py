"""Members and coverages as `schemas.register` describes them to their own insurer."""

from collections.abc import Sequence
from typing import Any

from backend.api.patient_answers import paper_told
from backend.domain.charge import Effective
from backend.domain.coverage import Coverage
from backend.issuing.showing import text_to_show
from backend.registering.periods import newest
from backend.storage.rows import IssuedCertificate, Member, WithdrawalKind
from backend.storage.store import Transaction


def member_told(tx: Transaction, member: Member) -> dict[str, Any]:
    """A person with what this insurer registered of them, and nothing of others."""
    person, insurer = member.person, member.insurer
    versions = tx.record_of_person(person.id).coverages
    own = [it for it in newest(versions) if it.insurer.digits == insurer]
    return {
        "person_id": person.id,
        "name": person.name.kanji,
        "kana": person.name.kana,
        "birth_on": person.birth_on,
        "sex": person.sex,
        "address": None if person.is_undisclosed else person.address,
        "is_undisclosed": person.is_undisclosed,
        "card_status": member.card_status,
        "continuation_ends_on": member.continuation_ends_on,
        "coverages": [coverage_told(tx, it) for it in own],
        "certificates": [
            _paper_told(tx, it) for it in tx.certificates_of(person.id, insurer)
        ],
    }


def _paper_told(tx: Transaction, paper: IssuedCertificate) -> dict[str, Any]:
    last = paper.withdrawal
    is_revoked = last is not None and last.kind is WithdrawalKind.REVOKED
    is_withheld = bool(paper.words) and text_to_show(tx, paper) is None
    return paper_told(paper) | {"is_to_be_recalled": is_withheld and not is_revoked}


def coverage_told(tx: Transaction, coverage: Coverage) -> dict[str, Any]:
    """A coverage, and whether clinics see it."""
    holds = tx.record_of_coverages([coverage.id]).holds
    return {
        "coverage_id": coverage.id,
        "person_id": coverage.person_id,
        "symbol": coverage.identity.symbol,
        "number": coverage.identity.number,
        "branch": coverage.identity.branch,
        "relation": coverage.relation,
        "classification": coverage.classification,
        "acquired_on": coverage.acquired_on,
        "lost_on": coverage.lost_on,
        "loss_reason": coverage.loss_reason,
        "copay": _periods(coverage.copay),
        "limits": _periods(coverage.limits),
        "diseases": _periods(coverage.diseases),
        "is_hidden": any(
            it.coverage_id == coverage.id and it.released_at is None for it in holds
        ),
        "recorded_at": coverage.recorded_at,
    }


def _periods(periods: Sequence[Effective[Any]]) -> list[dict[str, Any]]:
    return [
        {"value": it.value.value, "from_on": it.from_on, "until_on": it.until_on}
        for it in periods
    ]
