"""Who calls: an access token, and a fresh proof by the key that it is bound to."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.admitting.errors import BadProofError, UnauthenticatedError
from backend.admitting.trusted_phones import require_open
from backend.credentials.jose import NotGenuineError
from backend.credentials.proofs import DPoPProof, read_dpop
from backend.domain.words import Words
from backend.storage.rows import Client
from backend.storage.store import Transaction

PROOF_AGE = timedelta(seconds=60)
"""How far a proof's `iat` may lie from our clock, either way (RFC 9449 §11.1)."""

_SCHEME = "dpop"
_PURPOSE = "dpop"
_ABSENT = Words("DPoP ヘッダーがありません", "the DPoP header is missing")
_UNFIT = Words(
    "この要求のための証明ではありません", "the proof was not made for this request"
)
_UNTIMELY = Words(
    "証明の時刻が60秒以上ずれています。時計を合わせてください",
    "the proof's time is more than 60 seconds off; set the clock",
)
_OTHER_KEY = Words("登録された鍵の証明ではありません", "the proof is by another key")
_REPLAYED = Words("使用済みの証明です", "the proof was used before")
_FORGOTTEN = Words(
    "使用済みかどうか確かめられない時刻の証明です。双方の時計を合わせてください",
    "whether a proof of this time was used can no longer be told; set both clocks",
)


@dataclass(frozen=True, slots=True)
class Call:
    """A request whose proof is good in itself; whose it is, is not known yet."""

    token_digest: bytes
    proof: DPoPProof
    at: datetime

    def recognise(self, tx: Transaction) -> Client:
        """The client who calls; uses its proof up, in the answer's own transaction.

        Raises UnauthenticatedError: a token unknown, expired, or of an ended key.
        Raises BadProofError: another key's proof, or one used before.
        Raises NotOnThisPhoneError: a delegate of a person under 不開示.
        """
        client = _holder(tx, self.token_digest, self.at)
        require_key(self.proof, client)
        spend_proof(tx, self.proof)
        require_open(tx, client)
        return client


def prove(
    authorization: str | None,
    dpop: str | None,
    method: str,
    url: str,
    at: datetime,
) -> Call:
    """Read a request's token and proof (RFC 9449 §7), without looking into the store.

    `url` is the address as the client called it. Raises UnauthenticatedError without
    a token, BadProofError: no proof, or one that does not fit request, token or time.
    """
    token = _token(authorization)
    proof = fresh_proof(dpop, method, url, token, at)
    return Call(token_digest(token), proof, at)


def holder_of(tx: Transaction, authorization: str | None, at: datetime) -> Client:
    """To whom a token was given; that it is they who send it is not proven.

    Raises UnauthenticatedError: none, or unknown, expired, or of an ended key.
    """
    return _holder(tx, token_digest(_token(authorization)), at)


def fresh_proof(
    dpop: str | None, method: str, url: str, token: str | None, at: datetime
) -> DPoPProof:
    """The proof in the `DPoP` header, made for this request within the last minute.

    Raises BadProofError.
    """
    if dpop is None:
        raise BadProofError(_ABSENT)
    try:
        proof = read_dpop(dpop, method, url, token)
    except NotGenuineError:
        raise BadProofError(_UNFIT) from None
    if abs(at - proof.issued_at) > PROOF_AGE:
        raise BadProofError(_UNTIMELY)
    return proof


def require_key(proof: DPoPProof, client: Client) -> None:
    """Raises BadProofError unless the proof is by the client's own key."""
    if (proof.key.x, proof.key.y) != (client.jwk["x"], client.jwk["y"]):
        raise BadProofError(_OTHER_KEY)


def spend_proof(tx: Transaction, proof: DPoPProof) -> None:
    """Use a proof up by its key and `jti`, never by its bytes (a twin differs)."""
    name = hashlib.sha256(f"{proof.jkt}|{proof.jti}".encode()).digest()
    until = proof.issued_at + PROOF_AGE + timedelta(seconds=1)
    if not tx.spend_once(_PURPOSE, name, until):
        raise BadProofError(_FORGOTTEN if tx.has_forgotten(until) else _REPLAYED)


def token_digest(token: str) -> bytes:
    """Under which an access token is kept: its SHA-256, never itself."""
    return hashlib.sha256(token.encode()).digest()


def _holder(tx: Transaction, digest: bytes, at: datetime) -> Client:
    known = tx.access_token(digest)
    if known is None or known.expires_at <= at or not known.client.is_live(at):
        raise UnauthenticatedError(has_token=True)
    return known.client


def _token(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != _SCHEME or not token.isascii() or not token:
        raise UnauthenticatedError(has_token=False)
    return token
