"""The life of a signing key: next, active, retiring, retired; or compromised from T.

next signs nothing yet; active signs and verifies; retiring verifies until the last
expiry that it signed; retired is not found. Pure rules over records: the caller stores
what is changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from backend.credentials.key_set import KeyPurpose, KeyRecord, KeyState
from backend.credentials.receipt import RECEIPT_LIFE
from backend.domain.errors import ConflictError
from backend.domain.words import Words

ALLOWED = {
    KeyState.NEXT: frozenset({KeyState.ACTIVE, KeyState.COMPROMISED}),
    KeyState.ACTIVE: frozenset({KeyState.RETIRING, KeyState.COMPROMISED}),
    KeyState.RETIRING: frozenset({KeyState.RETIRED, KeyState.COMPROMISED}),
    KeyState.RETIRED: frozenset({KeyState.COMPROMISED}),
    # Once more only: the theft turns out to be older than first thought.
    KeyState.COMPROMISED: frozenset({KeyState.COMPROMISED}),
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A good signature of this key counts."""


@dataclass(frozen=True, slots=True)
class CouldNotCheck:
    """Only our issuance record can tell, and it was not to be reached."""

    reason: Words


@dataclass(frozen=True, slots=True)
class Refused:
    """No signature of this key counts now, however good."""

    reason: Words


Acceptance = Accepted | CouldNotCheck | Refused


def rotate(
    records: Iterable[KeyRecord],
    purpose: KeyPurpose,
    insurer: str | None,
    at: datetime,
) -> tuple[KeyRecord, ...]:
    """The changed records: the active key (if any) retires, the next one signs.

    The old key keeps its `last_expiry_at`, until which it goes on verifying; a service
    key gets one, since its receipts bear none.

    Raises `ConflictError` unless exactly one next key waits.
    """
    own = [it for it in records if (it.purpose, it.insurer) == (purpose, insurer)]
    waiting = [it for it in own if it.state is KeyState.NEXT]
    if len(waiting) != 1:
        raise ConflictError(
            Words(
                f"次の鍵が{len(waiting)}個あります(1個だけ必要です)",
                f"{len(waiting)} next keys wait, where there must be exactly one",
            )
        )
    old = [_retiring(it, at) for it in own if it.state is KeyState.ACTIVE]
    new = replace(_moved(waiting[0], KeyState.ACTIVE), activated_at=at)
    return (*old, new)


def _retiring(record: KeyRecord, at: datetime) -> KeyRecord:
    moved = _moved(record, KeyState.RETIRING)
    if record.purpose is KeyPurpose.SERVICE:
        return replace(moved, last_expiry_at=at + RECEIPT_LIFE)
    return moved


def retire_due(records: Iterable[KeyRecord], at: datetime) -> tuple[KeyRecord, ...]:
    """The changed records: retiring keys of which nothing can still be valid.

    A key without `last_expiry_at` signed nothing that expires later.
    """
    return tuple(
        _moved(record, KeyState.RETIRED)
        for record in records
        if record.state is KeyState.RETIRING
        and (record.last_expiry_at is None or _is_past(record, at))
    )


def compromise(record: KeyRecord, since: datetime) -> KeyRecord:
    """The record of a key of which others may have had the use from `since` on.

    Asked again, the earlier instant holds: a compromise never shrinks.
    """
    known = record.compromised_at
    earliest = since if known is None else min(known, since)
    moved = _moved(record, KeyState.COMPROMISED)
    return replace(moved, compromised_at=earliest)


def accepts(
    record: KeyRecord, at: datetime, issued_before_compromise: bool | None
) -> Acceptance:
    """Whether a good signature of this key counts at the instant `at` (design §4).

    `issued_before_compromise`: whether our issuance record from before the compromise
    has both the serial and the hash of the signing input; None offline, where nobody
    can look. It matters for a compromised key only.
    """
    match record.state:
        case KeyState.ACTIVE:
            return Accepted()
        case KeyState.RETIRING if not _is_past(record, at):
            return Accepted()
        case KeyState.COMPROMISED if not _is_past(record, at):
            return _accepts_compromised(issued_before_compromise)
        case KeyState.NEXT:
            return _refused("まだ使われていない鍵です", "the key does not sign yet")
        case _:
            return _refused(
                "役目を終えた鍵です", "nothing that the key signed can still be valid"
            )


def _accepts_compromised(issued_before_compromise: bool | None) -> Acceptance:
    match issued_before_compromise:
        case True:
            return Accepted()
        case None:
            words = Words(
                "鍵が危殆化しており、発行記録を確かめられません",
                "the key is compromised, and our issuance record is out of reach",
            )
            return CouldNotCheck(words)
        case False:
            return _refused(
                "鍵が危殆化しており、それ以前の発行記録がありません",
                "the key is compromised, and no earlier record has this issued",
            )


def _is_past(record: KeyRecord, at: datetime) -> bool:
    """Whether all that the key signed has expired: `exp` itself is past (RFC 7519)."""
    return record.last_expiry_at is not None and record.last_expiry_at <= at


def _moved(record: KeyRecord, state: KeyState) -> KeyRecord:
    if state not in ALLOWED[record.state]:
        raise ConflictError(
            Words(
                f"鍵を{record.state.value}から{state.value}へは移せません",
                f"a {record.state.value} key cannot become {state.value}",
            )
        )
    return replace(record, state=state)


def _refused(ja: str, en: str) -> Refused:
    return Refused(Words(ja, en))
