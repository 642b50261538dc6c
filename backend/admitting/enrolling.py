"""登録: a one-time code and a new key become an enrolled client.

A clinic's terminal, an insurer's system or a person's phone makes its own key, proves
that it holds it, and shows the code from the letter. A refused attempt looks and
costs the same, whatever was wrong with it. Refusals alone are counted and stopped:
behind one proxy many people share a place, and a right code is no guess (60 bits).
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from backend.admitting.delegations import DelegateOffer, delegate_by, opens
from backend.admitting.enrolled_keys import end_in
from backend.admitting.enrolment_log import note_enrolled
from backend.admitting.errors import CodeRefusedError, TooManyAttemptsError
from backend.audit.events import ActorKind
from backend.credentials.jose import NotGenuineError
from backend.credentials.proofs import read_possession
from backend.credentials.signing import PublicKey
from backend.domain.identifiers import new_id
from backend.domain.one_time_code import code_mac
from backend.domain.plain_text import parse_text
from backend.storage.rows import Client, ClientKind, OneTimeCode
from backend.storage.store import Store, Transaction

T = TypeVar("T")
LONGEST_NAME = 60
TRIES_A_CODE = 5
CODE_WINDOW_SECONDS = 86_400
TRIES_A_PLACE = 30
PLACE_WINDOW_SECONDS = 600
ASKED_AGAIN_FOR = timedelta(minutes=10)

_ID = {
    ClientKind.INSURER: "system",
    ClientKind.CLINIC: "terminal",
    ClientKind.PATIENT: "phone",
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What someone shows to be enrolled; `place` is where they call from.

    `delegate` is said by whoever keeps a key for somebody else.
    """

    code: str = field(repr=False)
    name: str
    possession: str = field(repr=False)
    place: str = field(repr=False)
    delegate: DelegateOffer | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What enrolling stands on; `audience` is our name in proofs of possession."""

    store: Store
    mac_key: bytes = field(repr=False)
    audience: str
    random_bytes: Callable[[int], bytes]


def enrol(
    gate: Gate,
    attempt: Attempt,
    kinds: frozenset[ClientKind],
    at: datetime,
    *,
    keeps_other_phones: bool = False,
) -> Client:
    """Spend the code and enrol the key, with the audit entry, in one step.

    A person's new phone ends their earlier ones unless `keeps_other_phones`; a
    delegate's ends none. Whoever lost the answer may ask again: the same key with the
    same code gets the same client for ten minutes. Raises CodeRefusedError (unknown,
    used, expired, tried too often, of another kind, a bad proof, or no delegate may
    be), TooManyAttemptsError for any of these after too many from one place,
    MalformedError for a name that cannot be, and what `delegate_by` raises.
    """
    name = parse_text(attempt.name, "name", LONGEST_NAME)
    mac = code_mac(gate.mac_key, attempt.code)
    key = _proven_key(gate, attempt)
    suffix = new_id("", at, gate.random_bytes)

    def step(tx: Transaction) -> Client | None:
        code = _code(tx, mac, kinds, at)
        client = None
        if code is not None and key is not None:
            newcomer = Client(
                _ID[code.kind] + suffix, code.kind, code.party, name, key.jwk, at
            )
            offer = attempt.delegate
            client = _let_in(tx, code, newcomer, offer, keeps_other_phones)
        if client is None:
            _require_patience(tx, gate, attempt.place, at)
            _count_refusal(tx, gate, mac, attempt.place, at)
        return client

    client = gate.store.write(step)
    if client is None:
        raise CodeRefusedError
    return client


def spend_letter(
    gate: Gate,
    code_text: str,
    place: str,
    at: datetime,
    then: Callable[[Transaction, OneTimeCode], T],
) -> T:
    """Spend a letter's activation code for something else than a phone of its own.

    `then` runs in the same step. Raises CodeRefusedError and TooManyAttemptsError as
    `enrol` does; a code that a phone granted is refused too.
    """
    mac = code_mac(gate.mac_key, code_text)

    def step(tx: Transaction) -> T | None:
        code = _code(tx, mac, frozenset({ClientKind.PATIENT}), at)
        is_good = code is not None and code.grants is None and code.expires_at > at
        if code is not None and is_good and tx.use_code(mac, at):
            return then(tx, code)
        _require_patience(tx, gate, place, at)
        _count_refusal(tx, gate, mac, place, at)
        return None

    done = gate.store.write(step)
    if done is None:
        raise CodeRefusedError
    return done


def _proven_key(gate: Gate, attempt: Attempt) -> PublicKey | None:
    try:
        return read_possession(attempt.possession, gate.audience, attempt.code)
    except NotGenuineError:
        return None


def _code(
    tx: Transaction, mac: bytes, kinds: frozenset[ClientKind], at: datetime
) -> OneTimeCode | None:
    """The code, if it may be tried here; an erased person's opens nothing."""
    tries = tx.taken(_code_bucket(mac), at, CODE_WINDOW_SECONDS)
    code = tx.code(mac)
    if code is None or code.kind not in kinds or tries >= TRIES_A_CODE:
        return None
    is_erased = code.kind is ClientKind.PATIENT and tx.audit_key(code.party) is None
    return None if is_erased else code


def _let_in(
    tx: Transaction,
    code: OneTimeCode,
    newcomer: Client,
    offer: DelegateOffer | None,
    keeps_other_phones: bool,
) -> Client | None:
    at = newcomer.enrolled_at
    if code.used_at is not None:
        return _same_again(tx, code, newcomer)
    if code.expires_at <= at or not opens(tx, code, offer):
        return None
    newcomer = replace(newcomer, delegate=delegate_by(tx, code, offer, at))
    if not tx.use_code(code.mac, at):
        return None
    is_own_phone = code.kind is ClientKind.PATIENT and newcomer.delegate is None
    if is_own_phone and not keeps_other_phones:
        _end_other_phones(tx, code.party, at)
    tx.put_client(newcomer)
    note_enrolled(tx, newcomer, at)
    return newcomer


def _same_again(tx: Transaction, code: OneTimeCode, newcomer: Client) -> Client | None:
    """The client that this key became with this code a moment ago, if it did."""
    if code.used_at is None or newcomer.enrolled_at - code.used_at > ASKED_AGAIN_FOR:
        return None
    for known in tx.clients_of(code.kind, code.party):
        is_of_this_code = known.enrolled_at == code.used_at
        is_live = known.revoked_at is None
        if is_of_this_code and is_live and known.jwk == newcomer.jwk:
            return known
    return None


def _end_other_phones(tx: Transaction, person_id: str, at: datetime) -> None:
    """The person's own; a delegate's by letter stays, one by a phone goes with it."""
    for phone in tx.clients_of(ClientKind.PATIENT, person_id):
        if phone.delegate is None:
            end_in(tx, phone, ActorKind.PATIENT, at)


def _require_patience(tx: Transaction, gate: Gate, place: str, at: datetime) -> None:
    bucket = _place_bucket(gate, place)
    if tx.taken(bucket, at, PLACE_WINDOW_SECONDS) >= TRIES_A_PLACE:
        raise TooManyAttemptsError(PLACE_WINDOW_SECONDS)


def _count_refusal(
    tx: Transaction, gate: Gate, mac: bytes, place: str, at: datetime
) -> None:
    tx.take(_code_bucket(mac), at, TRIES_A_CODE, CODE_WINDOW_SECONDS)
    tx.take(_place_bucket(gate, place), at, TRIES_A_PLACE, PLACE_WINDOW_SECONDS)


def _code_bucket(mac: bytes) -> str:
    return f"code-tries:{mac.hex()}"


def _place_bucket(gate: Gate, place: str) -> str:
    """A keyed digest: the store never learns an address."""
    digest = hmac.digest(gate.mac_key, b"place:" + place.encode(), "sha256")
    return f"place-tries:{digest[:16].hex()}"
