"""スマホ保険証: the credential that a phone holds, bound to the phone's key.

An SD-JWT VC (RFC 9901, draft-ietf-oauth-sd-jwt-vc-19): every personal claim is a
disclosure of its own, so that its holder can leave any of them out.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from backend.credentials import base64url, jose, strict_json
from backend.credentials.claims import as_object, as_octets, as_text, required
from backend.credentials.issuer_names import IssuerNames, parse_issuer
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.key_set import FindRecord, KeyPurpose, keys_for
from backend.credentials.presentation import HANDLE_BYTES
from backend.credentials.signing import PublicKey, Signer
from backend.credentials.status_list import StatusReference, read_reference
from backend.domain.charge import CopayRatio
from backend.domain.codes import Relation, Sex
from backend.domain.errors import MalformedError
from backend.domain.insurer_number import InsurerNumber

TOKEN_TYP = "dc+sd-jwt"  # noqa: S105 - a media type, draft-19 §2.2.1
SALT_BYTES = 16  # RFC 9901 §9.3: 128 bits

# Claims that decide what the token is worth: never in a disclosure (draft-19 §2.2.2.2),
# and the two names that RFC 9901 §7.1 keeps for itself.
_NEVER_DISCLOSED = frozenset(
    "iss nbf exp cnf vct vct#integrity aka_vcts status _sd ...".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenClaims:
    """What the token says of the person; each may be disclosed or not."""

    insurer_number: InsurerNumber
    insurer_name: str
    symbol: str | None = None
    number: str
    branch: str | None = None
    name: str
    kana: str
    birth_on: date
    sex: Sex
    relation: Relation | None = None
    acquired_on: date
    copay_ratio: CopayRatio | None = None


@dataclass(frozen=True, slots=True)
class TokenDraft:
    """A token before it is signed: the claims to sign, and their disclosures."""

    payload: bytes
    disclosures: tuple[str, ...]

    def complete(self, jwt: str) -> str:
        """The token's text, given its signed part (RFC 9901 §4: ends with `~`)."""
        return "~".join((jwt, *self.disclosures, ""))


@dataclass(frozen=True, slots=True)
class EligibilityToken:
    """A genuine token: still to be judged are its time, status and coverage.

    `disclosed` holds the personal claims that came with it, under the names of
    `TokenClaims`: days as `YYYY-MM-DD`, codes as in the national tables. `holder` is
    the phone's key. `expires_at` is the first instant at which it is no longer valid.
    """

    handle: str
    insurer: str
    issued_at: datetime
    expires_at: datetime
    holder: PublicKey
    status: StatusReference
    disclosed: Mapping[str, str]
    kid: str
    signing_input: bytes


def draft_token(
    claims: TokenClaims,
    *,
    handle: str,
    holder: PublicKey,
    status: StatusReference,
    issued_at: datetime,
    expires_at: datetime,
    names: IssuerNames,
    random_bytes: Callable[[int], bytes],
) -> TokenDraft:
    """Draw up a token. `random_bytes(n)` is asked once for all the salts."""
    insurer = claims.insurer_number.digits
    disclosures = tuple(_disclosures(claims, random_bytes))
    payload = {
        "iss": names.issuer(insurer),
        "vct": names.token_type,
        "jti": handle,
        "iat": int(issued_at.timestamp()),
        "exp": int(expires_at.timestamp()),
        "cnf": {"jwk": holder.jwk},
        "status": status.claim(),
        "_sd_alg": "sha-256",
        "_sd": sorted(map(_digest, disclosures)),  # sorted: the order tells nothing
    }
    return TokenDraft(strict_json.write(payload), disclosures)


def seal_token(draft: TokenDraft, signer: Signer) -> str:
    """The signed token with all its disclosures."""
    return draft.complete(jose.seal(draft.payload, TOKEN_TYP, signer))


def open_token(text: str, find: FindRecord) -> EligibilityToken:
    """Read a token that one of its insurer's own keys signed (RFC 9901 §7.1).

    `find` is `KeySet.find`. Raises `NotGenuineError`, also for a disclosure that the
    signature does not cover, or one given twice.
    """
    if len(text) > jose.MAX_TOKEN or not text.isascii():
        raise NotGenuineError(NotGenuine.MALFORMED, "not a token of a bearable size")
    jwt, *disclosures = text.split("~")
    opened = jose.open_sealed(jwt, TOKEN_TYP, keys_for(KeyPurpose.ISSUING, find))
    claims = opened.claims
    names, insurer = required(claims, "iss", lambda iss: parse_issuer(as_text(iss)))
    record = find(opened.kid)
    if record is None or record.insurer != insurer:
        raise NotGenuineError(NotGenuine.UNKNOWN_KEY, "another insurer's key")
    if required(claims, "vct", as_text) != names.token_type:
        raise NotGenuineError(NotGenuine.WRONG_KIND, "another type of credential")
    return EligibilityToken(
        handle=base64url.encode(required(claims, "jti", as_octets(HANDLE_BYTES))),
        insurer=insurer,
        issued_at=jose.instant(claims, "iat"),
        expires_at=jose.instant(claims, "exp"),
        holder=required(required(claims, "cnf", as_object), "jwk", _as_key),
        status=read_reference(claims),
        disclosed=_disclosed(claims, disclosures),
        kid=opened.kid,
        signing_input=opened.signing_input,
    )


def _disclosures(
    claims: TokenClaims, random_bytes: Callable[[int], bytes]
) -> Iterator[str]:
    said = {
        name: _plain(value)
        for name in TokenClaims.__slots__
        if (value := getattr(claims, name)) is not None
    }
    salts = random_bytes(SALT_BYTES * len(said))
    for place, (name, value) in enumerate(said.items()):
        salt = salts[place * SALT_BYTES : (place + 1) * SALT_BYTES]
        yield base64url.encode(strict_json.write([base64url.encode(salt), name, value]))


def _plain(value: Any) -> str:
    if isinstance(value, Enum):
        value = value.value
    return value.isoformat() if isinstance(value, date) else str(value)


def _digest(disclosure: str) -> str:
    return base64url.encode(hashlib.sha256(disclosure.encode("ascii")).digest())


def _disclosed(claims: Mapping[str, Any], disclosures: list[str]) -> dict[str, str]:
    """(1) ends with `~`  (2) digests unique  (3) each covered  (4) each name once."""
    digests = required(claims, "_sd", _as_digests)
    if claims.get("_sd_alg") != "sha-256" or not disclosures or disclosures.pop():
        raise _not_covered()
    said: dict[str, str] = {}
    for disclosure in disclosures:
        if _digest(disclosure) not in digests:
            raise _not_covered()
        name, value = required({"disclosure": disclosure}, "disclosure", _as_disclosure)
        if name in claims or name in said:
            raise _not_covered()
        said[name] = value
    return said


def _as_digests(value: Any) -> frozenset[str]:
    if not isinstance(value, list) or not value:
        raise ValueError("not a list")
    digests = frozenset(map(as_text, value))
    if len(digests) != len(value):
        raise ValueError("a digest is given twice")
    return digests


def _as_disclosure(value: str) -> tuple[str, str]:
    parts = strict_json.read(base64url.decode(value))
    if not isinstance(parts, list) or len(parts) != 3:
        raise ValueError("not salt, name and value")
    salt, name, said = map(as_text, parts)
    if len(base64url.decode(salt)) < SALT_BYTES or name in _NEVER_DISCLOSED:
        raise ValueError("a short salt, or a name that may not be disclosed")
    return name, said


def _as_key(value: Any) -> PublicKey:
    try:
        return PublicKey.from_jwk(as_object(value))
    except MalformedError:
        raise ValueError("not a key") from None


def _not_covered() -> NotGenuineError:
    return NotGenuineError(
        NotGenuine.BAD_SIGNATURE, "a disclosure that the signature does not cover"
    )
