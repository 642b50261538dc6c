"""登録: a one-time code and a new key become an enrolled client.

A clinic's terminal, an insurer's system or a person's phone makes its own key, proves
that it holds it, and shows the code from the letter. A refused attempt looks and
costs the same, whatever was wrong with it (`attempts.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from backend.admitting.attempts import Gate, count_refusal, may_try
from backend.admitting.delegations import DelegateOffer, delegate_by, opens
from backend.admitting.enrolled_keys import end_in
from backend.admitting.enrolment_log import note_enrolled
from backend.admitting.errors import CodeRefusedError
from backend.audit.events import ActorKind
from backend.credentials.jose import NotGenuineError
from backend.credentials.proofs import read_possession
from backend.credentials.signing import PublicKey
from backend.domain.identifiers import new_id
from backend.domain.japan_time import japan_day
from backend.domain.one_time_code import code_mac
from backend.domain.plain_text import parse_text
from backend.storage.figures import PHONES_ACTIVATED
from backend.storage.rows import Client, ClientKind, OneTimeCode
from backend.storage.store import Transaction

T = TypeVar("T")
LONGEST_NAME = 60
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
            count_refusal(tx, gate, attempt.place, at, mac)
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
    again: Callable[[Transaction], T | None],
) -> T:
    """Spend a letter's activation code for something else than a phone of its own.

    `then` runs in the same step; for a code that is spent already, `again` tells what
    it was spent for. Raises CodeRefusedError and TooManyAttemptsError as
    `enrol` does; a code that a phone granted is refused too.
    """
    mac = code_mac(gate.mac_key, code_text)

    def step(tx: Transaction) -> T | None:
        code = _code(tx, mac, frozenset({ClientKind.PATIENT}), at)
        is_good = code is not None and code.grants is None and code.expires_at > at
        if code is not None and is_good and tx.use_code(mac, at):
            return then(tx, code)
        given = again(tx) if code is not None else None
        if given is not None:
            return given
        count_refusal(tx, gate, place, at, mac)
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
    code = tx.code(mac)
    if code is None or code.kind not in kinds or not may_try(tx, mac, at):
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
    if code.kind is ClientKind.PATIENT and newcomer.delegate is None:
        tx.tally(code.insurer, japan_day(at), PHONES_ACTIVATED)
        if not keeps_other_phones:
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
