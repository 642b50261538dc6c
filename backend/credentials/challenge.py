"""The server's challenge: proof that a phone's code was not made ahead of time.

Stateless: a keyed digest of the credential's handle and a half-minute of the server's
clock, so that asking for one costs the server nothing to remember.
"""

import hmac
from datetime import datetime

from backend.credentials.presentation import CHALLENGE_BYTES

_STEP_SECONDS = 30
_STEPS_ACCEPTED = 5  # the present half-minute and four before: 2 to 2.5 minutes


def challenge_for(key: bytes, handle: str, at: datetime) -> bytes:
    """The challenge that belongs to a credential's handle at the instant `at`."""
    return _challenge(key, handle, int(at.timestamp()) // _STEP_SECONDS)


def is_current(key: bytes, handle: str, challenge: bytes, at: datetime) -> bool:
    """Whether `challenge` was given for this handle within the last two minutes."""
    present = int(at.timestamp()) // _STEP_SECONDS
    return any(
        hmac.compare_digest(challenge, _challenge(key, handle, present - steps_ago))
        for steps_ago in range(_STEPS_ACCEPTED)
    )


def _challenge(key: bytes, handle: str, step: int) -> bytes:
    message = f"shikaku challenge v1|{handle}|{step}".encode("ascii")
    return hmac.digest(key, message, "sha256")[:CHALLENGE_BYTES]
