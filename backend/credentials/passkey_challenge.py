"""The challenge that a passkey signs: ours, of five minutes, for one purpose.

Stateless until it is used: a nonce, its end and a keyed digest over both, the purpose
and what it is bound to. Whoever accepts an answer spends the challenge, once.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

LIFETIME = timedelta(minutes=5)
_NONCE_BYTES = 16
_END_BYTES = 8
_LABEL = b"shikaku passkey challenge v1:"
_MAC_BYTES = 32


class Ceremony(Enum):
    """What a passkey is asked for (WebAuthn L3 §7.1, §7.2)."""

    REGISTERING = "registering"
    SIGNING_IN = "signing-in"


@dataclass(frozen=True, slots=True)
class Bound:
    """For what a challenge counts: a ceremony, and the code or key behind it."""

    ceremony: Ceremony
    to: bytes


def make_passkey_challenge(
    key: bytes, bound: Bound, at: datetime, random_bytes: Callable[[int], bytes]
) -> bytes:
    """A new challenge, 56 bytes, good for five minutes."""
    end = int((at + LIFETIME).timestamp())
    begin = random_bytes(_NONCE_BYTES) + end.to_bytes(_END_BYTES, "big")
    return begin + _mac(key, bound, begin)


def end_of(key: bytes, bound: Bound, challenge: bytes, at: datetime) -> datetime | None:
    """When a challenge of ours ends; None if it is not ours, not for this, or ended."""
    begin, mac = challenge[:-_MAC_BYTES], challenge[-_MAC_BYTES:]
    is_ours = hmac.compare_digest(mac, _mac(key, bound, begin))
    if not is_ours or len(begin) != _NONCE_BYTES + _END_BYTES:
        return None
    end = datetime.fromtimestamp(int.from_bytes(begin[_NONCE_BYTES:], "big"), UTC)
    return end if at < end else None


def _mac(key: bytes, bound: Bound, begin: bytes) -> bytes:
    to = hashlib.sha256(bound.to).digest()
    message = _LABEL + bound.ceremony.value.encode("ascii") + b":" + to + begin
    return hmac.digest(key, message, "sha256")
