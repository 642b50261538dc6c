"""Signed JSON (JWS compact, RFC 7515): the one room that seals and opens it.

Sealing goes through PyJWT. Opening does not: PyJWT takes `=` padding and repeated
names, reads its own clock, looks at no `typ`, and costs 1.4 verifications where this
costs 1.15. What opens here is a subset of what PyJWT opens (a test compares them).

Times are only checked to be times: whoever has the instant judges them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from typing import Any

from jwt import PyJWS
from jwt.algorithms import Algorithm

from backend.credentials import base64url, strict_json
from backend.credentials.signing import LocalSigner, PublicKey, Signer
from backend.domain.errors import MalformedError, ShikakuError

MAX_TOKEN = 16_384  # characters; our largest token of this kind has about 2,000
END_OF_TIME = 2**33  # seconds; the year 2242


class NotGenuine(Enum):
    """Why something shown is not what it says it is; the values are wire names."""

    MALFORMED = "malformed"
    WRONG_KIND = "wrong-kind"
    BAD_SIGNATURE = "bad-signature"
    UNKNOWN_KEY = "unknown-key"
    MISSING_CLAIM = "missing-claim"
    MISDIRECTED = "misdirected"
    """Genuine, but made for another request, audience, code or list."""


class NotGenuineError(ShikakuError):
    """Something shown that no key of ours (or of its holder's) stands behind.

    `detail` is for the log of a developer: it never quotes what was shown.
    """

    code = "not-genuine"

    def __init__(self, reason: NotGenuine, detail: str) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Header:
    """What a token says of itself; nothing of it is proven."""

    typ: str
    kid: str | None
    key: PublicKey | None


@dataclass(frozen=True, slots=True)
class Opened:
    """The claims of a genuine token, the key's name, and the bytes that it signed."""

    claims: dict[str, Any]
    kid: str
    signing_input: bytes


@dataclass(frozen=True, slots=True)
class SelfSigned:
    """The claims of a token signed by the key that it carries: proof of possession."""

    claims: dict[str, Any]
    key: PublicKey


FindKey = Callable[[str], PublicKey | None]


# ---- Sealing ----


class _Delegated(Algorithm):
    """ES256 as PyJWT asks for it, done by whatever holds the key."""

    def prepare_key(self, key: Signer) -> Signer:
        return key

    def sign(self, msg: bytes, key: Signer) -> bytes:
        return key.sign(msg)

    def verify(self, msg: bytes, key: PublicKey, sig: bytes) -> bool:
        return key.verify(msg, sig)

    @staticmethod
    def to_jwk(key_obj: PublicKey, as_dict: bool = False) -> Any:
        return key_obj.jwk

    @staticmethod
    def from_jwk(jwk: Any) -> PublicKey:
        return PublicKey.from_jwk(jwk)


_JWS = PyJWS(algorithms=())
_JWS.register_algorithm("ES256", _Delegated())


@dataclass(frozen=True, slots=True)
class _Unsigned:
    """Stands where a signer would, to learn what it would be given."""

    kid: str

    def sign(self, message: bytes) -> bytes:
        return b""

    def sign_digest(self, digest: bytes) -> bytes:
        return b""


def seal(claims: bytes, typ: str, signer: Signer) -> str:
    """Sign the JSON text `claims`, byte for byte, as a token of the kind `typ`.

    The header is `{"alg":"ES256","kid":…,"typ":…}`, always in this order.
    """
    to_sign = signing_input(claims, typ, signer.kid)
    return attach(to_sign, signer.sign(to_sign))


def signing_input(claims: bytes, typ: str, kid: str) -> bytes:
    """What `seal` will have signed: to be recorded before the signature is made."""
    return _header_segment(typ, kid) + base64url.encode_octets(claims)


@lru_cache(maxsize=1024)  # one for each kind and key: PyJWT takes 30 µs to write it
def _header_segment(typ: str, kid: str) -> bytes:
    """The header with the dot behind it."""
    whole = _encode(b"", _Unsigned(kid), {"kid": kid, "typ": typ})
    return f"{whole.partition('.')[0]}.".encode("ascii")


def attach(signing_input: bytes, signature: bytes) -> str:
    """The token that this signature (r||s) makes of a signing input."""
    return f"{signing_input.decode('ascii')}.{base64url.encode(signature)}"


def seal_self_signed(claims: bytes, typ: str, signer: LocalSigner) -> str:
    """Sign with the key that the header carries: `{"alg":…,"jwk":…,"typ":…}`."""
    return _encode(claims, signer, {"jwk": signer.public.jwk, "typ": typ})


def _encode(claims: bytes, signer: Signer, header: dict[str, Any]) -> str:
    return _JWS.encode(claims, signer, "ES256", header)  # type: ignore[arg-type] # a Signer is our key


# ---- Opening ----


def open_sealed(
    token: str, typ: str, keys: FindKey, max_size: int = MAX_TOKEN
) -> Opened:
    """Open a token of the kind `typ` with the key that its header names.

    Raises `NotGenuineError`. The claims are read only once the signature holds.
    """
    parts = _split(token, typ, max_size)
    kid = parts.header.kid
    if kid is None:
        raise _malformed("the header names no key")
    key = keys(kid)
    if key is None:
        raise NotGenuineError(NotGenuine.UNKNOWN_KEY, "no such key")
    return Opened(parts.claims_under(key), kid, parts.signing_input)


def open_with(token: str, typ: str, key: PublicKey) -> Opened:
    """Open a token of the kind `typ` with a key known beforehand.

    Raises `NotGenuineError`. The name of a key in the header is not looked at.
    """
    parts = _split(token, typ, MAX_TOKEN)
    if parts.header.kid is None:
        raise _malformed("the header names no key")
    return Opened(parts.claims_under(key), parts.header.kid, parts.signing_input)


def open_self_signed(token: str, typ: str) -> SelfSigned:
    """Open a token of the kind `typ` with the key in its header (RFC 9449 §4.2).

    Raises `NotGenuineError`. It proves only that its maker holds that key.
    """
    parts = _split(token, typ, MAX_TOKEN)
    if parts.header.key is None:
        raise _malformed("the header carries no key")
    return SelfSigned(parts.claims_under(parts.header.key), parts.header.key)


def peek_header(token: str) -> Header:
    """What a token says of itself, unproven: only to choose who shall open it."""
    return _read_header(_segments(token, MAX_TOKEN)[0])


def peek_claims(token: str) -> dict[str, Any]:
    """What a token claims, unproven: only to choose the key that shall open it."""
    return _read_claims(_segments(token, MAX_TOKEN)[1])


@dataclass(frozen=True, slots=True)
class _Parts:
    header: Header
    signing_input: bytes
    payload: str
    signature: str

    def claims_under(self, key: PublicKey) -> dict[str, Any]:
        try:
            signature = base64url.decode(self.signature)
        except ValueError:
            raise _malformed("the signature is not base64url") from None
        if not key.verify(self.signing_input, signature):
            raise NotGenuineError(NotGenuine.BAD_SIGNATURE, "the signature fails")
        return _read_claims(self.payload)


def _split(token: str, typ: str, max_size: int) -> _Parts:
    head, payload, signature = _segments(token, max_size)
    header = _read_header(head)
    if header.typ != typ:
        raise NotGenuineError(NotGenuine.WRONG_KIND, f"not a {typ}")
    return _Parts(header, f"{head}.{payload}".encode("ascii"), payload, signature)


def _segments(token: str, max_size: int) -> tuple[str, str, str]:
    if "." not in token:
        raise NotGenuineError(NotGenuine.WRONG_KIND, "not signed JSON at all")
    segments = token.split(".", 3)
    if len(token) > max_size or not token.isascii() or len(segments) != 3:
        raise _malformed("not a compact token of a bearable size")
    return segments[0], segments[1], segments[2]


# A header is the same for all tokens of a kind and key, and a client's proofs carry
# the same key every time; the cache changes no answer.
@lru_cache(maxsize=1024)
def _read_header(segment: str) -> Header:
    try:
        members = strict_json.read_object(base64url.decode(segment))
        return _header(members)
    except (ValueError, MalformedError):
        raise _malformed("the header is not one of ours") from None


def _header(members: dict[str, Any]) -> Header:
    """Exactly these members: so no `crit`, `b64`, `jku`, `x5u`, `x5c`, `zip`, `enc`."""
    typ = members.get("typ")
    if members.get("alg") != "ES256" or not isinstance(typ, str):
        raise ValueError("not ES256, or of no kind")
    match members:
        case {"kid": str(kid)} if len(members) == 3:
            return Header(typ, kid, None)
        case {"jwk": dict(jwk)} if len(members) == 3:
            return Header(typ, None, PublicKey.from_jwk(jwk))
    raise ValueError("neither one named key nor one carried key")


def _read_claims(segment: str) -> dict[str, Any]:
    try:
        return strict_json.read_object(base64url.decode(segment))
    except ValueError:
        raise _malformed("the claims are not strict JSON") from None


def _malformed(detail: str) -> NotGenuineError:
    return NotGenuineError(NotGenuine.MALFORMED, detail)


def instant(claims: Mapping[str, Any], name: str) -> datetime:
    """The instant of a NumericDate claim (RFC 7519 §2), in whole seconds, UTC.

    Raises `NotGenuineError`: absent, a string, a boolean, a fraction, out of range.
    """
    seconds = claims.get(name)
    if seconds is None:
        raise NotGenuineError(NotGenuine.MISSING_CLAIM, f"no {name}")
    if type(seconds) is not int or not 0 <= seconds < END_OF_TIME:
        raise _malformed(f"{name} is not an instant")
    return datetime.fromtimestamp(seconds, UTC)
