"""サーバー発行コードの交付: five minutes for somebody without a working key.

Two ways: a letter's activation code, spent by it, or another phone that stands for the
person. The code is shown at one desk, once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from backend.admitting.attempts import Gate
from backend.admitting.enrolling import spend_letter
from backend.audit.events import ActorKind, AuditEntry, AuditKind, pseudonym
from backend.credentials.minted_code import (
    SECRET_BYTES,
    digest_of,
    handle_of,
    make_minted,
)
from backend.domain.errors import NotFoundError, RefusedError
from backend.domain.one_time_code import secret_of_letter
from backend.domain.words import Words
from backend.storage.minted import MintedCode
from backend.storage.rows import Client, OneTimeCode
from backend.storage.store import Store, Transaction

GOOD_FOR = timedelta(minutes=5)
CODES_AN_HOUR = 10
_HOUR_SECONDS = 3_600
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class TooManyCodesError(RefusedError):
    """As many codes for one person as an hour allows."""

    code = "too-many-codes"

    def __init__(self, at: datetime) -> None:
        window = timedelta(seconds=_HOUR_SECONDS)
        self.retry_after_seconds = int(
            (window - (at - _EPOCH) % window).total_seconds()
        )
        super().__init__(
            Words(
                f"サーバー発行コードは1時間に{CODES_AN_HOUR}回までです。",
                f"The server makes at most {CODES_AN_HOUR} codes an hour for a person.",
            )
        )


@dataclass(frozen=True, slots=True)
class Minted:
    """A new code: shown once, kept only as a digest."""

    code: str = field(repr=False)
    expires_at: datetime


def mint_for_phone(
    store: Store, phone: Client, at: datetime, random_bytes: Callable[[int], bytes]
) -> Minted:
    """A code for the person for whom a phone stands. Raises TooManyCodesError."""
    secret = random_bytes(SECRET_BYTES)
    return store.write(lambda tx: _mint(tx, secret, phone.party, phone, at))


def mint_by_letter(gate: Gate, code: str, place: str, at: datetime) -> Minted:
    """A code for the person to whom a letter was sent; its activation code is spent.

    The same letter again gives the same code while it stands: its sender may not have
    heard of it. Raises CodeRefusedError and TooManyAttemptsError as `enrol` does, for a
    granted code too; TooManyCodesError, and then the letter's code is not spent.
    """
    secret = secret_of_letter(gate.mac_key, code, SECRET_BYTES)

    def then(tx: Transaction, letter: OneTimeCode) -> Minted:
        return _mint(tx, secret, letter.party, None, at)

    def again(tx: Transaction) -> Minted | None:
        given = tx.shown_minted(digest_of(secret))
        if given is None or given.expires_at <= at:
            return None
        return Minted(make_minted(secret), given.expires_at)

    return spend_letter(gate, code, place, at, then, again)


def _mint(
    tx: Transaction, secret: bytes, person_id: str, phone: Client | None, at: datetime
) -> Minted:
    key = tx.audit_key(person_id)
    if key is None:
        raise NotFoundError("person")
    subject, digest = pseudonym(key), digest_of(secret)
    if not tx.take(f"minted:{subject}", at, CODES_AN_HOUR, _HOUR_SECONDS):
        raise TooManyCodesError(at)
    expires_at = (at + GOOD_FOR).replace(microsecond=0)
    phone_id = phone.id if phone else None
    tx.put_minted(MintedCode(digest, person_id, phone_id, expires_at))
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=AuditKind.CODE_MINTED,
            actor_kind=ActorKind.PATIENT,
            terminal=phone_id or "",
            subject=subject,
            object=handle_of(digest),
        )
    )
    return Minted(make_minted(secret), expires_at)
