"""鍵を持つ証明を作る側: what a terminal or phone does; the server only reads them."""

from datetime import datetime, timedelta

from backend.credentials import jose, strict_json
from backend.credentials.proofs import (
    CLIENT_ASSERTION_TYP,
    DPOP_TYP,
    POSSESSION_TYP,
    digest,
)
from backend.credentials.signing import LocalSigner, Signer

ASSERTION_LIFETIME = timedelta(seconds=60)  # what the server accepts at most


def make_dpop(
    signer: LocalSigner,
    method: str,
    url: str,
    at: datetime,
    jti: str,
    access_token: str | None = None,
) -> str:
    """The DPoP proof for one request; `jti` is a fresh random name (RFC 9449 §4.2)."""
    claims = {
        "jti": jti,
        "htm": method,
        "htu": url.partition("#")[0].partition("?")[0],
        "iat": int(at.timestamp()),
    }
    if access_token is not None:
        claims["ath"] = digest(access_token)
    return jose.seal_self_signed(strict_json.write(claims), DPOP_TYP, signer)


def make_client_assertion(
    signer: Signer, client_id: str, issuer: str, at: datetime, jti: str
) -> str:
    """A client's proof of itself for the authorisation server named `issuer`."""
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": issuer,
        "jti": jti,
        "iat": int(at.timestamp()),
        "exp": int((at + ASSERTION_LIFETIME).timestamp()),
    }
    return jose.seal(strict_json.write(claims), CLIENT_ASSERTION_TYP, signer)


def make_possession(signer: LocalSigner, audience: str, code: str, at: datetime) -> str:
    """Proof that whoever has the one-time code holds this new key."""
    claims = {"aud": audience, "code": digest(code), "iat": int(at.timestamp())}
    return jose.seal_self_signed(strict_json.write(claims), POSSESSION_TYP, signer)
