"""Codes that enrol a terminal, a system or an operator's passkey; sent by letter."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend.domain.errors import NotFoundError
from backend.domain.one_time_code import code_mac, make_code
from backend.storage.rows import ClientKind, OneTimeCode, Operator
from backend.storage.store import Store, Transaction

LIFETIME = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """A new code: shown once, kept only as a keyed digest."""

    code: str = field(repr=False)
    expires_at: datetime


def make_insurer_code(
    store: Store,
    mac_key: bytes,
    number: str,
    at: datetime,
    random_bytes: Callable[[int], bytes],
) -> EnrolmentCode:
    """A code for one of an insurer's systems. Raises NotFoundError."""

    def step(tx: Transaction) -> EnrolmentCode:
        if tx.insurer(number) is None:
            raise NotFoundError("insurer")
        return _put(tx, mac_key, ClientKind.INSURER, number, number, at, random_bytes)

    return store.write(step)


def make_clinic_code(
    store: Store,
    mac_key: bytes,
    institution: str,
    at: datetime,
    random_bytes: Callable[[int], bytes],
) -> EnrolmentCode:
    """A code for one of a clinic's terminals. Raises NotFoundError."""

    def step(tx: Transaction) -> EnrolmentCode:
        if tx.clinic(institution) is None:
            raise NotFoundError("clinic")
        kind = ClientKind.CLINIC
        return _put(tx, mac_key, kind, institution, "", at, random_bytes)

    return store.write(step)


def put_operator_code(
    tx: Transaction,
    mac_key: bytes,
    operator: Operator,
    at: datetime,
    random_bytes: Callable[[int], bytes],
) -> EnrolmentCode:
    """A code for an operator's passkey, within a transaction that does more."""
    party, insurer = operator.id, operator.insurer
    return _put(tx, mac_key, ClientKind.OPERATOR, party, insurer, at, random_bytes)


def _put(
    tx: Transaction,
    mac_key: bytes,
    kind: ClientKind,
    party: str,
    insurer: str,
    at: datetime,
    random_bytes: Callable[[int], bytes],
) -> EnrolmentCode:
    code = make_code(random_bytes)
    expires_at = at + LIFETIME
    tx.put_code(OneTimeCode(code_mac(mac_key, code), kind, party, insurer, expires_at))
    return EnrolmentCode(code, expires_at)
