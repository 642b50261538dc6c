"""鍵を持つ証明: what clients sign to show who they are and that they hold their key."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.credentials import base64url, jose
from backend.credentials.claims import as_text, required
from backend.credentials.jose import FindKey, NotGenuine, NotGenuineError
from backend.credentials.signing import PublicKey

DPOP_TYP = "dpop+jwt"  # RFC 9449 §4.2
CLIENT_ASSERTION_TYP = "client-authentication+jwt"  # RFC 7523bis-07
POSSESSION_TYP = "shikaku-possession+jwt"
MAX_JTI = 128  # characters that a replay record has to remember


@dataclass(frozen=True, slots=True)
class DPoPProof:
    """A proof for one request: still to be judged are its age and its first use."""

    key: PublicKey
    jkt: str
    jti: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class ClientAssertion:
    """A client's proof of itself: still to be judged are its time and first use."""

    client_id: str
    jti: str
    expires_at: datetime
    not_before: datetime | None


def read_dpop(proof: str, method: str, url: str, access_token: str | None) -> DPoPProof:
    """Read the DPoP proof of a request (RFC 9449 §4.3, all but age, replay and `jkt`).

    `url` is the address that was called, as the client knows it; its query and fragment
    do not count. `access_token` None: where tokens are given out. Raises
    `NotGenuineError`; `MISDIRECTED` for a proof made for another request.
    """
    opened = jose.open_self_signed(proof, DPOP_TYP)
    claims = opened.claims
    _require(claims, "htm", method)
    _require(claims, "htu", url.partition("#")[0].partition("?")[0])
    if access_token is not None:
        _require(claims, "ath", digest(access_token))
    issued_at, jti = jose.instant(claims, "iat"), _jti(claims)
    return DPoPProof(opened.key, opened.key.thumbprint(), jti, issued_at)


def read_client_assertion(text: str, issuer: str, keys: FindKey) -> ClientAssertion:
    """Read a client's `private_key_jwt` (RFC 7523 §3 as narrowed by 7523bis-07).

    `keys` finds a client's key by its client id. `aud` must be our issuer name and
    nothing else: a list, or the address of the token endpoint, would let another
    server's assertion be used here. Raises `NotGenuineError`.
    """
    header = jose.peek_header(text)
    if header.typ != CLIENT_ASSERTION_TYP:
        raise NotGenuineError(NotGenuine.WRONG_KIND, "not a client assertion")
    client_id = required(jose.peek_claims(text), "sub", as_text)
    key = keys(client_id)
    if key is None:
        raise NotGenuineError(NotGenuine.UNKNOWN_KEY, "no such client")
    claims = jose.open_with(text, CLIENT_ASSERTION_TYP, key).claims
    _require(claims, "iss", client_id)
    _require(claims, "aud", issuer)
    not_before = jose.instant(claims, "nbf") if "nbf" in claims else None
    expires_at = jose.instant(claims, "exp")
    return ClientAssertion(client_id, _jti(claims), expires_at, not_before)


def read_possession(text: str, audience: str, code: str) -> PublicKey:
    """The new key that stands behind a one-time code.

    Signed by that key over our name and the code's digest, so that neither a code
    without the key nor a proof made elsewhere enrols anything. Raises
    `NotGenuineError`.
    """
    opened = jose.open_self_signed(text, POSSESSION_TYP)
    _require(opened.claims, "aud", audience)
    _require(opened.claims, "code", digest(code))
    jose.instant(opened.claims, "iat")
    return opened.key


def digest(secret: str) -> str:
    """How a proof names a token or code without carrying it (RFC 9449 §4.2, `ath`)."""
    return base64url.encode(hashlib.sha256(secret.encode("utf-8")).digest())


def _require(claims: Mapping[str, Any], name: str, expected: str) -> None:
    if required(claims, name, as_text) != expected:  # signed: nothing to be guessed
        raise NotGenuineError(NotGenuine.MISDIRECTED, f"{name} is another")


def _jti(claims: Mapping[str, Any]) -> str:
    jti = required(claims, "jti", as_text)
    if len(jti) > MAX_JTI:
        raise NotGenuineError(NotGenuine.MALFORMED, "jti is too long")
    return jti
