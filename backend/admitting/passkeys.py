"""パスキーの登録: an operator's one-time code and a new passkey open the console."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backend.admitting.attempts import Gate, count_refusal, may_try
from backend.admitting.errors import CodeRefusedError
from backend.admitting.relying_party import relying_party
from backend.audit.events import ActorKind, AuditEntry, AuditKind
from backend.credentials.jose import NotGenuineError
from backend.credentials.passkey_challenge import (
    Bound,
    Ceremony,
    end_of,
    make_passkey_challenge,
)
from backend.credentials.passkeys import (
    Registered,
    challenge_answered,
    creation_options,
    read_registration,
)
from backend.domain.one_time_code import code_mac
from backend.storage.rows import ClientKind, Operator, Passkey
from backend.storage.store import Transaction

_PURPOSE = "passkey-challenge"
_PASSKEY = "passkey"


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What an operator shows: their code, what the browser made, where they are."""

    code: str = field(repr=False)
    credential: Mapping[str, Any] = field(repr=False)
    place: str = field(repr=False)


def passkey_options(gate: Gate, code: str, place: str, at: datetime) -> dict[str, Any]:
    """What the browser needs to make a passkey for whom this code was made.

    Raises CodeRefusedError and TooManyAttemptsError as `register_passkey` does.
    """
    party, mac = relying_party(gate.audience), code_mac(gate.mac_key, code)
    bound = Bound(Ceremony.REGISTERING, mac)
    challenge = make_passkey_challenge(gate.mac_key, bound, at, gate.random_bytes)

    def step(tx: Transaction) -> dict[str, Any] | None:
        operator = _operator(tx, mac, at)
        if operator is None:
            count_refusal(tx, gate, place, at, mac)
            return None
        known = [it.id for it in tx.passkeys_of(operator.id) if it.ended_at is None]
        user = operator.id.encode()
        return creation_options(party, user, operator.name, known, challenge)

    options = gate.store.write(step)
    if options is None:
        raise CodeRefusedError
    return options


def register_passkey(gate: Gate, shown: NewPasskey, at: datetime) -> Operator:
    """Spend the code and keep the passkey, with the audit entry, in one step.

    Raises CodeRefusedError (unknown, used, expired, tried too often, of an operator
    who has ended, or a passkey that was not made for this challenge, here, by a
    verified user), TooManyAttemptsError for any of these after too many from one place.
    """
    mac = code_mac(gate.mac_key, shown.code)
    made = _made(gate, shown.credential, mac, at)

    def step(tx: Transaction) -> Operator | None:
        operator = _operator(tx, mac, at)
        if operator and made and _keep(tx, operator, made, mac, at):
            return operator
        count_refusal(tx, gate, shown.place, at, mac)
        return None

    operator = gate.store.write(step)
    if operator is None:
        raise CodeRefusedError
    return operator


def spend_challenge(tx: Transaction, challenge: bytes, end: datetime) -> bool:
    """Use a challenge up; False if it was answered before."""
    return tx.spend_once(_PURPOSE, hashlib.sha256(challenge).digest(), end)


def _operator(tx: Transaction, mac: bytes, at: datetime) -> Operator | None:
    """Whose code it is, if it still opens something."""
    code = tx.code(mac)
    if code is None or code.kind is not ClientKind.OPERATOR or not may_try(tx, mac, at):
        return None
    operator = tx.operator(code.party)
    is_spent = code.used_at is not None or code.expires_at <= at
    return None if is_spent or operator is None or operator.ended_at else operator


@dataclass(frozen=True, slots=True)
class _Made:
    passkey: Registered
    challenge: bytes
    end: datetime


def _made(
    gate: Gate, credential: Mapping[str, Any], mac: bytes, at: datetime
) -> _Made | None:
    party, bound = relying_party(gate.audience), Bound(Ceremony.REGISTERING, mac)
    try:
        challenge = challenge_answered(credential)
        end = end_of(gate.mac_key, bound, challenge, at)
        if end is None:
            return None
        return _Made(read_registration(party, credential, challenge), challenge, end)
    except NotGenuineError:
        return None


def _keep(
    tx: Transaction, operator: Operator, made: _Made, mac: bytes, at: datetime
) -> bool:
    """False for a passkey that is known already (§7.1) or what was spent before."""
    if tx.passkey(made.passkey.id) is not None:
        return False
    if not spend_challenge(tx, made.challenge, made.end) or not tx.use_code(mac, at):
        return False
    new = made.passkey
    tx.put_passkey(Passkey(new.id, operator.id, new.public_key, new.sign_count, at))
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=AuditKind.ENROLLED,
            actor_kind=ActorKind.OPERATOR,
            actor=operator.insurer,
            terminal=operator.id,
            outcome=_PASSKEY,
        )
    )
    return True
