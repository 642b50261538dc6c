"""The keys that the house publishes, as anyone outside may read them."""

from collections.abc import Mapping
from typing import Any

from backend.credentials.key_set import KeyPurpose, KeyRecord, KeySet, KeyState
from backend.credentials.signing import PublicKey


def published_keys(jwks: Mapping[str, Any]) -> KeySet:
    """The keys of `/.well-known/jwks.json`: an insurer's issue, the others serve.

    A published key verifies; whether it also signs still is not the reader's business.
    """
    return KeySet(_record(jwk) for jwk in jwks["keys"])


def _record(jwk: Mapping[str, str]) -> KeyRecord:
    insurer = jwk.get("insurer")
    members = {name: value for name, value in jwk.items() if name != "insurer"}
    public = PublicKey.from_jwk(members)
    return KeyRecord(
        kid=jwk["kid"],
        purpose=KeyPurpose.ISSUING if insurer else KeyPurpose.SERVICE,
        insurer=insurer,
        public=public,
        state=KeyState.RETIRING,
    )
