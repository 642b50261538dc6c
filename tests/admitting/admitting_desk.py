"""A terminal with a throw-away key, and what it sends to be admitted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count

from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials.making_proofs import (
    make_client_assertion,
    make_dpop,
    make_possession,
)
from backend.credentials.signing import LocalSigner

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ISSUER = "https://shikaku.example"
TOKEN_URL = ISSUER + "/oauth/token"
DOOR_URL = ISSUER + "/v1/clinic/me"
MAC_KEY = b"m" * 32
CLINIC = "1310000014"
INSURER = "01130012"


def numbers() -> Callable[[int], bytes]:
    """Bytes that are never the same twice, and always the same in the next run."""
    steps = count(1)

    def draw(size: int) -> bytes:
        return sha256(str(next(steps)).encode()).digest()[:size]

    return draw


@dataclass
class Desk:
    """A terminal with a key of its own, and what it would send."""

    signer: LocalSigner
    client_id: str = ""
    steps: Iterator[int] = field(default_factory=lambda: count(1))

    def jti(self) -> str:
        return f"jti-{self.signer.kid}-{next(self.steps)}"

    def assertion(self, at: datetime = AT, issuer: str = ISSUER) -> str:
        return make_client_assertion(
            self.signer, self.client_id, issuer, at, self.jti()
        )

    def proof(
        self,
        at: datetime = AT,
        url: str = TOKEN_URL,
        method: str = "POST",
        token: str | None = None,
    ) -> str:
        return make_dpop(self.signer, method, url, at, self.jti(), token)

    def possession(self, code: str, at: datetime = AT, audience: str = ISSUER) -> str:
        return make_possession(self.signer, audience, code, at)


def a_desk() -> Desk:
    return Desk(LocalSigner.of(ec.generate_private_key(ec.SECP256R1())))
