"""サーバーの時刻: an online phone sets its clock by it, and answers its challenge."""

from dataclasses import dataclass
from datetime import datetime

from backend.credentials import base64url, jose, strict_json
from backend.credentials.claims import as_octets, optional
from backend.credentials.key_set import FindRecord, KeyPurpose, keys_for
from backend.credentials.presentation import CHALLENGE_BYTES
from backend.credentials.signing import Signer

SERVER_TIME_TYP = "shikaku-time+jwt"


@dataclass(frozen=True, slots=True)
class ServerTime:
    """The server's clock, and 16 bytes for a phone that asked to be challenged."""

    at: datetime
    challenge: bytes | None = None


def seal_server_time(server_time: ServerTime, signer: Signer) -> str:
    """The signed time, a compact JWT, in whole seconds."""
    challenge = server_time.challenge
    claims = {
        "iat": int(server_time.at.timestamp()),
        "challenge": base64url.encode(challenge) if challenge else None,
    }
    return jose.seal(strict_json.write(claims), SERVER_TIME_TYP, signer)


def open_server_time(token: str, find: FindRecord) -> ServerTime:
    """Read the server's time; `find` is `KeySet.find`. Raises `NotGenuineError`."""
    keys = keys_for(KeyPurpose.SERVICE, find)
    claims = jose.open_sealed(token, SERVER_TIME_TYP, keys).claims
    return ServerTime(
        jose.instant(claims, "iat"),
        optional(claims, "challenge", as_octets(CHALLENGE_BYTES)),
    )
