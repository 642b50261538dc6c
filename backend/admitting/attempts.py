"""Attempts to be let in: refusals are counted and stopped, successes are not.

Every refused attempt looks the same, whatever was wrong with it. Behind one proxy many
people share a place, and a right code is no guess (60 bits): refusals alone count.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from backend.admitting.errors import TooManyAttemptsError
from backend.storage.store import Store, Transaction

TRIES_A_CODE = 5
CODE_WINDOW_SECONDS = 86_400
TRIES_A_PLACE = 30
PLACE_WINDOW_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Gate:
    """What letting in stands on; `audience` is our name in proofs of possession."""

    store: Store
    mac_key: bytes = field(repr=False)
    audience: str
    random_bytes: Callable[[int], bytes]


def may_try(tx: Transaction, code_mac: bytes, at: datetime) -> bool:
    """Whether a code has been refused less than five times today."""
    tries = tx.taken(_code_bucket(code_mac), at, CODE_WINDOW_SECONDS)
    return tries < TRIES_A_CODE


def count_refusal(
    tx: Transaction, gate: Gate, place: str, at: datetime, code_mac: bytes | None = None
) -> None:
    """Count a refused attempt against its place, and its code if it has one.

    Raises TooManyAttemptsError for a place of which thirty were refused within ten
    minutes.
    """
    bucket = _place_bucket(gate, place)
    if tx.taken(bucket, at, PLACE_WINDOW_SECONDS) >= TRIES_A_PLACE:
        raise TooManyAttemptsError(PLACE_WINDOW_SECONDS)
    tx.take(bucket, at, TRIES_A_PLACE, PLACE_WINDOW_SECONDS)
    if code_mac is not None:
        tx.take(_code_bucket(code_mac), at, TRIES_A_CODE, CODE_WINDOW_SECONDS)


def _code_bucket(mac: bytes) -> str:
    return f"code-tries:{mac.hex()}"


def _place_bucket(gate: Gate, place: str) -> str:
    """A keyed digest: the store never learns an address."""
    digest = hmac.digest(gate.mac_key, b"place:" + place.encode(), "sha256")
    return f"place-tries:{digest[:16].hex()}"
