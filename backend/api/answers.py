"""An answer written as JSON: what `schemas.checks.AnswerShape` describes, by hand.

The busiest door of the house: a test holds what is written here against the shape.
"""

from datetime import UTC, date, datetime
from typing import Any

import orjson

from backend.domain.codes import CardClassification, LossReason
from backend.domain.coverage import Coverage
from backend.domain.next_step import HEADLINES, LOSS_REASONS, RATIO_UNKNOWN, next_step
from backend.domain.outcome import Outcome
from backend.domain.verdict import Verdict
from backend.domain.words import Words
from backend.verifying.answer import Answer, Charge, Document, PersonSeen
from backend.verifying.shown_by import DelegateShowed


def render_answer(answer: Answer, receipt: str) -> bytes:
    """The answer and its receipt as UTF-8 JSON."""
    told = {
        "check_id": answer.check_id,
        "checked_at": instant(answer.checked_at),
        "on": answer.on.isoformat(),
        "outcome": answer.outcome.value,
        "headline": _HEADLINES[answer.outcome],
        "document": _document(answer.document),
        "qualification": answer.verdict and qualification(answer.verdict),
        "person": answer.person and _person(answer.person),
        "coverage": answer.coverage and coverage(answer.coverage, answer.insurer_name),
        "charge": answer.charge and charge(answer.charge),
        "next_step": _next_step(answer),
        "ask": _ask(answer),
        "data_as_of": _as_of(answer.verdict),
        "receipt": receipt,
    }
    return orjson.dumps(told)


def _next_step(answer: Answer) -> orjson.Fragment:
    is_unknown = answer.charge is not None and answer.charge.ratio is None
    if is_unknown and answer.outcome is Outcome.VALID:
        return _RATIO_UNKNOWN
    coverage = answer.verdict.coverage if answer.verdict else None
    return _NEXT_STEPS[answer.outcome, coverage.loss_reason if coverage else None]


def _document(document: Document) -> dict[str, Any]:
    kind = document.presentation_kind
    return {
        "kind": document.kind,
        "state": document.state.value,
        "serial": document.object_id if document.kind == "certificate" else None,
        "presentation_kind": kind.value if kind else None,
        "is_copy": document.is_copy,
        "shown_by": document.shown_by and _shown_by(document.shown_by),
    }


def _shown_by(delegate: DelegateShowed) -> dict[str, Any]:
    relation = delegate.relation
    return {
        "kind": "delegate",
        "relation": relation.value,
        "relation_words": words(relation.words),
    }


def qualification(verdict: Verdict) -> dict[str, Any]:
    """`schemas.checks.QualificationShape`."""
    loss = verdict.coverage.loss_reason if verdict.coverage else None
    has_ended = loss is not None and not verdict.is_valid
    return {
        "validity": verdict.validity.value,
        "label": verdict.validity.label,
        "reason": verdict.reason.value,
        "since": day(verdict.since),
        "loss_reason": {"code": loss.value, "label": words(LOSS_REASONS[loss])}
        if loss and has_ended
        else None,
        "expected_on": day(verdict.expected_on),
        "has_overlap": verdict.has_overlap,
    }


def _person(person: PersonSeen) -> dict[str, Any]:
    return {
        "name": person.name,
        "kana": person.kana,
        "birth_on": person.birth_on.isoformat(),
        "sex": person.sex.value,
        "has_unsupported_characters": person.has_unsupported,
    }


def coverage(coverage: Coverage, insurer_name: str | None) -> dict[str, Any]:
    """`schemas.checks.CoverageShape`."""
    return {
        "insurer_number": coverage.insurer.digits,
        "insurer_name": insurer_name,
        "symbol": coverage.identity.symbol,
        "number": coverage.identity.number,
        "branch": coverage.identity.branch,
        "classification": _CLASSIFICATIONS[coverage.classification],
        "relation": coverage.relation.value if coverage.relation else None,
        "acquired_on": coverage.acquired_on.isoformat(),
        "lost_on": day(coverage.lost_on),
    }


def charge(charge: Charge) -> dict[str, Any]:
    """`schemas.checks.ChargeShape`."""
    ratio, limit = charge.ratio, charge.limit
    return {
        "ratio_tenths": ratio.tenths if ratio else None,
        "ratio_label": ratio.label if ratio else None,
        "ratio_from": charge.ratio_from,
        "limit_category": {"code": limit.value, "label": limit.label}
        if limit
        else None,
        "diseases": [{"code": it.value, "label": it.label} for it in charge.diseases],
    }


def _ask(answer: Answer) -> dict[str, str] | None:
    if answer.insurer_name is None or answer.insurer_contact is None:
        return None
    return {"name": answer.insurer_name, "contact": answer.insurer_contact}


def _as_of(verdict: Verdict | None) -> str | None:
    return instant(verdict.as_of) if verdict and verdict.as_of else None


def words(sentence: Words) -> dict[str, str]:
    """A sentence as it stands in every answer."""
    return {"ja": sentence.ja, "en": sentence.en}


def day(on: date | None) -> str | None:
    """A day as it stands in every answer, `2026-11-23`."""
    return on.isoformat() if on else None


def instant(at: datetime) -> str:
    """An instant as it stands in every answer, `2026-11-23T03:04:05Z`."""
    return at.astimezone(UTC).isoformat(timespec="seconds")[:-6] + "Z"


_CLASSIFICATIONS = {
    kind: {"code": kind.value, "label": kind.label} for kind in CardClassification
}


def _spelled(sentence: Words) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(words(sentence)))


_HEADLINES = {outcome: _spelled(HEADLINES[outcome]) for outcome in Outcome}
_RATIO_UNKNOWN = _spelled(RATIO_UNKNOWN)
_NEXT_STEPS = {
    (outcome, loss): _spelled(next_step(outcome, loss))
    for outcome in Outcome
    for loss in (None, *LossReason)
}
