"""How far a clinic may ask: days around today, misses an hour, one person a day."""

from datetime import UTC, datetime, timedelta

from backend.audit.events import pseudonym
from backend.domain.japan_time import japan_day
from backend.domain.outcome import DocumentState
from backend.storage.store import Transaction
from backend.verifying.examined import Examined
from backend.verifying.question import Question
from backend.verifying.refusals import TooManyMissesError, TooManyRepeatsError

FURTHEST = timedelta(days=31)
LONGEST_CLAIM = timedelta(days=5 * 366)  # [MEM] nothing older can still be claimed
HOUR_SECONDS = 3_600
DAY_SECONDS = 86_400
MISSES_AN_HOUR = 30
REPEATS_A_DAY = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_A_GUESS = (DocumentState.UNREADABLE, DocumentState.WRONG_KIND)


def is_day_allowed(question: Question, at: datetime) -> bool:
    """Within 31 days of today in Japan; with a claim reason, five years back."""
    on = question.on
    if on is None:
        return True
    today = japan_day(at)
    if question.claim_reason is not None:
        return today - LONGEST_CLAIM <= on <= today + FURTHEST
    return today - FURTHEST <= on <= today + FURTHEST


def refuse_if_many(
    tx: Transaction, clinic: str, found: Examined, at: datetime
) -> TooManyMissesError | TooManyRepeatsError | None:
    """Refuse before answering, so that a full window tells hit and miss alike."""
    if tx.taken(_misses(clinic), at, HOUR_SECONDS) >= MISSES_AN_HOUR:
        return TooManyMissesError(at, _window_end(at, HOUR_SECONDS))
    for person_id in found.person_ids:
        bucket = _repeats(tx, clinic, person_id)
        if tx.taken(bucket, at, DAY_SECONDS) >= REPEATS_A_DAY:
            return TooManyRepeatsError(at, _window_end(at, DAY_SECONDS))
    return None


def note_paper_check(
    tx: Transaction, clinic: str, found: Examined, at: datetime
) -> None:
    """Count a paper or typed check: a miss against the clinic, a hit per person.

    A miss is what guessing looks like: typed numbers that matched nobody, a well-formed
    paper of a serial that we never gave. A bad scan or a withdrawn paper is none.
    """
    if not found.person_ids and found.document.state not in _NOT_A_GUESS:
        tx.take(_misses(clinic), at, MISSES_AN_HOUR, HOUR_SECONDS)
    for person_id in found.person_ids:
        bucket = _repeats(tx, clinic, person_id)
        tx.take(bucket, at, REPEATS_A_DAY, DAY_SECONDS)


def _window_end(at: datetime, seconds: int) -> datetime:
    """When the store's fixed window of `at` ends, and its count begins anew."""
    window = timedelta(seconds=seconds)
    return at - (at - _EPOCH) % window + window


def _misses(clinic: str) -> str:
    return f"misses:{clinic}"


def _repeats(tx: Transaction, clinic: str, person_id: str) -> str:
    key = tx.audit_key(person_id)
    return f"repeats:{clinic}:{pseudonym(key) if key else ''}"
