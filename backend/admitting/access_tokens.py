"""Access tokens: five minutes of calling, for a client that proves itself (RFC 6749).

The client signs an assertion with its enrolled key (`private_key_jwt`, RFC 7523) and
a DPoP proof with the same key (RFC 9449); the token is bound to that key.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend.admitting.calling import (
    fresh_proof,
    require_key,
    spend_proof,
    token_digest,
)
from backend.admitting.errors import InvalidClientError
from backend.credentials.jose import NotGenuineError
from backend.credentials.proofs import (
    ClientAssertion,
    DPoPProof,
    read_client_assertion,
)
from backend.credentials.signing import PublicKey
from backend.domain.errors import MalformedError
from backend.storage.rows import Client
from backend.storage.store import Store, Transaction

LIFETIME = timedelta(minutes=5)
ASSERTION_LIFETIME = timedelta(seconds=60)
LEEWAY = timedelta(seconds=30)
"""How far a client's clock may be off: an assertion counts until `exp` plus this, and
its `exp` may lie at most sixty seconds plus this ahead, its `nbf` by this alone."""

_TOKEN_BYTES = 32
_PURPOSE = "assertion"


@dataclass(frozen=True, slots=True)
class Granted:
    """A new access token: shown once, kept only as a digest."""

    token: str = field(repr=False)
    expires_at: datetime


def grant(
    store: Store,
    issuer: str,
    token_url: str,
    assertion: str,
    dpop: str | None,
    at: datetime,
    random_bytes: Callable[[int], bytes],
) -> Granted:
    """A token for the client that made the assertion.

    `issuer` is our name, the only audience we answer to. Raises InvalidClientError
    (unknown or ended client, wrong signature, audience or time, used before) and
    BadProofError.
    """
    proof = fresh_proof(dpop, "POST", token_url, None, at)
    with store.reading() as tx:
        client, proven = _client(tx, issuer, assertion)
    if not client.is_live(at) or not _is_timely(proven, at):
        raise InvalidClientError
    require_key(proof, client)
    token = base64.urlsafe_b64encode(random_bytes(_TOKEN_BYTES)).rstrip(b"=").decode()
    granted = Granted(token, at + LIFETIME)
    store.write(lambda tx: _record(tx, proven, proof, granted))
    return granted


def _client(
    tx: Transaction, issuer: str, assertion: str
) -> tuple[Client, ClientAssertion]:
    def key_of(client_id: str) -> PublicKey | None:
        found = tx.client(client_id)
        return PublicKey.from_jwk(found.jwk) if found else None

    try:
        proven = read_client_assertion(assertion, issuer, key_of)
    except (NotGenuineError, MalformedError):
        raise InvalidClientError from None
    client = tx.client(proven.client_id)
    if client is None:
        raise InvalidClientError
    return client, proven


def _is_timely(proven: ClientAssertion, at: datetime) -> bool:
    left = proven.expires_at - at
    is_early = proven.not_before is not None and proven.not_before > at + LEEWAY
    return -LEEWAY < left <= ASSERTION_LIFETIME + LEEWAY and not is_early


def _record(
    tx: Transaction, proven: ClientAssertion, proof: DPoPProof, granted: Granted
) -> None:
    """Spend both proofs and remember the token, or none of it."""
    spend_proof(tx, proof)
    name = hashlib.sha256(f"{proven.client_id}|{proven.jti}".encode()).digest()
    if not tx.spend_once(_PURPOSE, name, proven.expires_at + LEEWAY):
        raise InvalidClientError
    tx.put_access_token(
        token_digest(granted.token), proven.client_id, granted.expires_at
    )
