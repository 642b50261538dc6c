"""The server's signed clock for a phone, with a challenge for its token."""

from datetime import datetime

from backend.credentials.challenge import challenge_for
from backend.credentials.key_set import KeyPurpose
from backend.credentials.server_time import ServerTime, seal_server_time
from backend.issuing.issuer import Issuer, active_signer
from backend.issuing.keys import key_set


def server_time(issuer: Issuer, handle: str | None, at: datetime) -> str:
    """The time as a signed JWT; with a challenge if the phone names its token."""
    signer = active_signer(issuer, key_set(issuer.store), KeyPurpose.SERVICE, None)
    challenge = challenge_for(issuer.challenge_key, handle, at) if handle else None
    return seal_server_time(ServerTime(at, challenge), signer)
