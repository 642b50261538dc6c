"""サインイン: an operator's passkey and a fresh key of the browser open a session.

A session is a client of the operator's insurer like any other, whose key the browser
made for it and cannot give away. The challenge that the passkey signs is bound to that
key, and the proof of the key to the challenge: neither serves with another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from backend.admitting.attempts import Gate, count_refusal
from backend.admitting.enrolled_keys import end_in
from backend.admitting.errors import SignInRefusedError
from backend.admitting.passkeys import spend_challenge
from backend.admitting.relying_party import relying_party
from backend.audit.events import ActorKind, AuditEntry, AuditKind
from backend.credentials import base64url
from backend.credentials.jose import NotGenuineError
from backend.credentials.passkey_challenge import (
    Bound,
    Ceremony,
    end_of,
    make_passkey_challenge,
)
from backend.credentials.passkeys import read_assertion, read_shown, request_options
from backend.credentials.proofs import read_possession
from backend.credentials.signing import PublicKey
from backend.domain.errors import NotFoundError
from backend.domain.identifiers import new_id
from backend.storage.rows import Client, ClientKind, Operator
from backend.storage.store import Store, Transaction

SESSION = timedelta(hours=8)  # a working day: nobody stays signed in over night


@dataclass(frozen=True, slots=True)
class SignIn:
    """What an operator shows: the passkey's assertion and the proof of a fresh key."""

    credential: Mapping[str, Any] = field(repr=False)
    possession: str = field(repr=False)
    place: str = field(repr=False)


def sign_in_options(gate: Gate, jkt: str, at: datetime) -> dict[str, Any]:
    """What the browser needs to ask for a passkey; `jkt` names its fresh key.

    The thumbprint of RFC 7638: only with this key will the passkey's answer count.
    """
    bound = _bound(jkt)
    challenge = make_passkey_challenge(gate.mac_key, bound, at, gate.random_bytes)
    return request_options(relying_party(gate.audience), challenge)


def sign_in(gate: Gate, shown: SignIn, at: datetime) -> Client:
    """Spend the challenge and open a session, with the audit entry, in one step.

    Raises SignInRefusedError: an unknown or ended passkey or operator, a challenge not
    ours, ended or answered before, another host, an unverified user, a bad signature, a
    count that did not grow, another key than the challenge's. TooManyAttemptsError for
    any of these after too many from one place.
    """
    proven = _proven(gate, shown, at)
    session_id = new_id("session", at, gate.random_bytes)

    def step(tx: Transaction) -> Client | None:
        session = _open(tx, proven, session_id, at) if proven else None
        if session is None:
            count_refusal(tx, gate, shown.place, at)
        return session

    session = gate.store.write(step)
    if session is None:
        raise SignInRefusedError
    return session


def sign_out(store: Store, session: Client, at: datetime) -> None:
    """End a session at once. Raises NotFoundError for a key that is none."""
    if session.operator is None:
        raise NotFoundError("session")
    store.write(lambda tx: end_in(tx, session, ActorKind.INSURER, at))


def _bound(jkt: str) -> Bound:
    return Bound(Ceremony.SIGNING_IN, jkt.encode())


@dataclass(frozen=True, slots=True)
class _Proven:
    """An assertion that is good by itself, and the key that it vouches for."""

    passkey_id: bytes
    operator_id: str
    sign_count: int
    challenge: bytes
    end: datetime
    key: PublicKey


def _proven(gate: Gate, shown: SignIn, at: datetime) -> _Proven | None:
    party = relying_party(gate.audience)
    try:
        told = read_shown(shown.credential)
        text = base64url.encode(told.challenge)
        key = read_possession(shown.possession, gate.audience, text)
        bound = _bound(key.thumbprint())
        end = end_of(gate.mac_key, bound, told.challenge, at)
        with gate.store.reading() as tx:
            known = tx.passkey(told.passkey_id)
        if end is None or known is None or told.user != known.operator.encode():
            return None
        count = read_assertion(
            party,
            shown.credential,
            told.challenge,
            known.public_key,
            known.sign_count,
        )
    except NotGenuineError:
        return None
    return _Proven(known.id, known.operator, count, told.challenge, end, key)


def _open(
    tx: Transaction, proven: _Proven, session_id: str, at: datetime
) -> Client | None:
    operator = tx.operator(proven.operator_id)
    if operator is None or operator.ended_at is not None:
        return None
    if not spend_challenge(tx, proven.challenge, proven.end):
        return None
    if not tx.use_passkey(proven.passkey_id, proven.sign_count, at):
        return None
    session = _session(operator, proven.key, session_id, at)
    tx.put_client(session)
    _note(tx, session, operator, at)
    return session


def _session(operator: Operator, key: PublicKey, name: str, at: datetime) -> Client:
    return Client(
        name,
        ClientKind.INSURER,
        operator.insurer,
        operator.name,
        key.jwk,
        at,
        operator=operator.id,
        expires_at=at + SESSION,
    )


def _note(tx: Transaction, session: Client, operator: Operator, at: datetime) -> None:
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=AuditKind.SIGNED_IN,
            actor_kind=ActorKind.OPERATOR,
            actor=operator.insurer,
            terminal=session.id,
            object=operator.id,
        )
    )
