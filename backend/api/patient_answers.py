"""What a person is told of themselves, spelled as `schemas.patient` describes it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from backend.api.answers import charge, coverage, qualification, words
from backend.api.problems import PROBLEMS
from backend.audit.events import AuditEntry, AuditKind
from backend.domain.delegation import Delegate, Delegation
from backend.domain.japan_time import japan_day
from backend.domain.next_step import HEADLINES
from backend.domain.outcome import Outcome
from backend.domain.patient_step import OWN_RATIO_UNKNOWN, patient_step
from backend.domain.words import Words
from backend.storage.rows import (
    Client,
    IssuedCertificate,
    IssuedToken,
    WithdrawalKind,
)
from backend.verifying.history import HistoryLine
from backend.verifying.own_status import OwnStatus
from backend.verifying.reminding import reminders
from backend.verifying.shown_by import read_note

_CHECKS = (AuditKind.CHECKED, AuditKind.CHECK_REFUSED)
_SHOWN = ("phone", "certificate", "numbers")
_SERIAL = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")
_VALID = "valid"
_STATES = {
    WithdrawalKind.REVOKED: "revoked",
    WithdrawalKind.SUSPENDED: "suspended",
    WithdrawalKind.REINSTATED: _VALID,
}


def status_told(found: OwnStatus, phone: Client, at: datetime) -> dict[str, Any]:
    """The person's status on one of their phones, or a delegate's."""
    verdict, insurer = found.verdict, found.insurer
    outcome = Outcome(verdict.reason.value) if not verdict.is_valid else Outcome.VALID
    own = qualification(verdict) | {"reason_words": words(HEADLINES[outcome])}
    token = newest_token(found.tokens, phone.id)
    return {
        "qualification": own,
        "coverage": verdict.coverage
        and coverage(verdict.coverage, insurer.name if insurer else None),
        "charge": found.charge and charge(found.charge),
        "next_step": _own_step(found),
        "ask": insurer and {"name": insurer.name, "contact": insurer.contact},
        "certificates": [paper_told(it) for it in found.certificates],
        "token": token and {"handle": token.handle, "expires_at": token.expires_at},
        "as_of": verdict.as_of,
        "delegation": phone.delegate and delegation_told(phone.delegate.delegation),
        "reminders": [
            {"kind": it.kind, "on": it.on, "words": it.kind.words}
            for it in reminders(found, phone, token, at)
        ],
    }


def delegation_told(delegation: Delegation) -> dict[str, Any]:
    """What a delegate's phone may, and until when."""
    return {
        "relation": delegation.relation,
        "relation_words": delegation.relation.words,
        "until": delegation.until_on,
        "may_see_history": delegation.may_see_history,
    }


def _own_step(found: OwnStatus) -> Words:
    is_unknown = found.charge is not None and found.charge.ratio is None
    return OWN_RATIO_UNKNOWN if is_unknown else patient_step(found.verdict.reason)


def newest_token(tokens: Sequence[IssuedToken], phone_id: str) -> IssuedToken | None:
    """The token that this phone got last."""
    own = [token for token in tokens if token.client.id == phone_id]
    return max(own, key=lambda token: token.issued_at, default=None)


def phone_told(
    phone: Client, tokens: Sequence[IssuedToken], asking: Client
) -> dict[str, Any]:
    """One of the person's phones, as the one that is `asking` reads of it."""
    newest = newest_token(tokens, phone.id)
    return {
        "id": phone.id,
        "name": phone.name,
        "enrolled_at": phone.enrolled_at,
        "renewed_at": newest and newest.issued_at,
        "ended_at": phone.revoked_at,
        "is_this_one": phone.id == asking.id,
    }


def paper_state(paper: IssuedCertificate | IssuedToken) -> str:
    """valid, suspended or revoked."""
    last = paper.withdrawal
    return _STATES[last.kind] if last else _VALID


def entry_told(line: HistoryLine) -> dict[str, Any]:
    """One line of the history."""
    entry = line.entry
    return {
        "sequence": entry.sequence,
        "at": entry.at,
        "kind": entry.kind,
        "who": {
            "kind": entry.actor_kind.value,
            "name": line.who,
            "code": entry.actor,
            "terminal": line.terminal,
        },
        "outcome": entry.outcome,
        "outcome_words": _outcome_words(entry.outcome),
        "on": entry.day,
        "shown": entry.shown,
        "what": _what(entry) if entry.kind in _CHECKS else None,
        "delegate": line.delegate and _delegate(line.delegate),
    }


def _delegate(delegate: Delegate) -> dict[str, Any]:
    relation = delegate.delegation.relation
    return {
        "name": delegate.name,
        "relation": relation,
        "relation_words": relation.words,
    }


def paper_told(certificate: IssuedCertificate) -> dict[str, Any]:
    """One certificate in a list of them."""
    return {
        "serial": certificate.serial,
        "issued_on": japan_day(certificate.issued_at),
        "expires_on": certificate.expires_on,
        "state": paper_state(certificate),
    }


def _outcome_words(outcome: str) -> Words | None:
    """The headline of an answer, or the title of a refusal."""
    if outcome in PROBLEMS:
        return PROBLEMS[outcome].title
    try:
        return HEADLINES[Outcome(outcome)]
    except ValueError:
        return None


def _what(entry: AuditEntry) -> dict[str, Any]:
    """What was shown; the log notes its kind unless a claim reason stands there."""
    is_paper = _SERIAL.fullmatch(entry.object) is not None
    kind = "certificate" if is_paper else "phone" if entry.object else "numbers"
    note = read_note(entry.note)
    return {
        "kind": note.about if note.about in _SHOWN else kind,
        "serial": entry.object if is_paper else None,
        "is_copy": note.is_copy,
    }
