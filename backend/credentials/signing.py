"""署名: a P-256 key that signs, and one that verifies (ES256 and nothing else)."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol, Self

from awscrt.crypto import EC
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from backend.credentials import base64url
from backend.domain.errors import MalformedError
from backend.domain.words import Words

ES256 = ec.ECDSA(hashes.SHA256())  # RFC 7518 §3.4
COORDINATE_BYTES = 32
SIGNATURE_BYTES = 2 * COORDINATE_BYTES
_DIGEST_BYTES = 32
KID_LETTERS = 8  # 40 bits, and all of them letters that a QR code holds cheaply

# A public key as browsers export it and as we publish it; anything else, a private
# part or a reference to a key elsewhere (jku, x5u, x5c) first of all, is refused.
_HARMLESS = {
    "kid": None,
    "ext": None,
    "use": "sig",
    "alg": "ES256",
    "key_ops": ["verify"],
}


class Signer(Protocol):
    """Something that signs with one private key: a key in memory, or a token's slot."""

    @property
    def kid(self) -> str:
        """The name under which the public half is found."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes r||s over SHA-256 of `message` (RFC 7518 §3.4)."""
        ...

    def sign_digest(self, digest: bytes) -> bytes:
        """The same, given the SHA-256 of the message; ValueError if it is none."""
        ...


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half that verifies; `x` and `y` are base64url, 32 bytes each.

    Its names are made when asked for: a phone's key verifies one code and is gone.
    """

    x: str
    y: str
    _verifier: ec.EllipticCurvePublicKey = field(compare=False, repr=False)

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, object]) -> "PublicKey":
        """Parse a JWK (RFC 7517, RFC 7518 §6.2.1).

        Raises `MalformedError`: not EC on P-256, a coordinate that is not exactly 32
        bytes, a point off the curve, a private part, a member that we do not know.
        """
        members = dict(jwk)
        kty, crv = members.pop("kty", None), members.pop("crv", None)
        x, y = members.pop("x", None), members.pop("y", None)
        if (kty, crv) != ("EC", "P-256"):
            raise _bad_key("P-256 の公開鍵ではありません", "not a P-256 public key")
        if not (isinstance(x, str) and isinstance(y, str)):
            raise _bad_key("座標がありません", "a coordinate is missing")
        for name, value in members.items():
            if name not in _HARMLESS or _HARMLESS[name] not in (None, value):
                raise _bad_key("余分な項目があります", "it has members it may not have")
        return _public_key(x, y)

    @classmethod
    def of(cls, key: ec.EllipticCurvePublicKey) -> "PublicKey":
        """The same key as an object of the cryptography library."""
        if not isinstance(key.curve, ec.SECP256R1):
            raise _bad_key("P-256 の公開鍵ではありません", "not a P-256 public key")
        n = key.public_numbers()
        return _public_key(*(base64url.encode(c.to_bytes(32)) for c in (n.x, n.y)))

    @property
    def jwk(self) -> dict[str, str]:
        """The four public members, in the order of RFC 7638 §3.2."""
        return {"crv": "P-256", "kty": "EC", "x": self.x, "y": self.y}

    @property
    def kid(self) -> str:
        """Our name for the key: the first letters of the thumbprint's base32."""
        digest = _thumbprint(self.x, self.y)
        return base64.b32encode(digest)[:KID_LETTERS].decode("ascii")

    def thumbprint(self) -> str:
        """The SHA-256 thumbprint, base64url (RFC 7638): what `jkt` names."""
        return base64url.encode(_thumbprint(self.x, self.y))

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether `signature` (r||s) is this key's over `message`.

        For every good signature (r, s) its twin (r, n-s) is good too: never tell two
        messages apart, or one from its copy, by their signatures.
        """
        if len(signature) != SIGNATURE_BYTES:
            return False
        r, s = signature[:COORDINATE_BYTES], signature[COORDINATE_BYTES:]
        der = encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
        try:
            self._verifier.verify(der, message, ES256)
        except InvalidSignature:
            return False
        return True


def _public_key(x: str, y: str) -> PublicKey:
    try:
        point = b"\x04" + _coordinate(x) + _coordinate(y)
        verifier = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise _bad_key("P-256 の点ではありません", "not a point on P-256") from None
    return PublicKey(x, y, verifier)


@lru_cache(maxsize=4096)  # a terminal's proofs carry the same key every time
def _thumbprint(x: str, y: str) -> bytes:
    members = f'{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}'
    return hashlib.sha256(members.encode("ascii")).digest()


def _coordinate(text: str) -> bytes:
    octets = base64url.decode(text)
    if len(octets) != COORDINATE_BYTES:
        raise ValueError("wrong length")
    return octets


def _bad_key(ja: str, en: str) -> MalformedError:
    fix = Words(
        "P-256 (ES256) の公開鍵だけを JWK で送ってください",
        "send only the public half of a P-256 (ES256) key, as a JWK",
    )
    return MalformedError("jwk", Words(ja, en), fix)


@dataclass(frozen=True, slots=True)
class LocalSigner:
    """A private key in this process's memory; AWS-LC signs with it (ADR 0019)."""

    kid: str
    private_key: ec.EllipticCurvePrivateKey = field(repr=False)
    _pen: EC = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        octets = self.private_key.private_bytes(
            Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()
        )
        object.__setattr__(self, "_pen", EC.new_key_from_der_data(octets))

    @classmethod
    def of(cls, private_key: ec.EllipticCurvePrivateKey) -> Self:
        """A signer under the name that its public half has."""
        return cls(PublicKey.of(private_key.public_key()).kid, private_key)

    @property
    def public(self) -> PublicKey:
        """The half that verifies."""
        return PublicKey.of(self.private_key.public_key())

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes r||s over SHA-256 of `message`."""
        return self.sign_digest(hashlib.sha256(message).digest())

    def sign_digest(self, digest: bytes) -> bytes:
        """The 64 bytes r||s, given the SHA-256 of the message."""
        if len(digest) != _DIGEST_BYTES:  # AWS-LC would sign whatever it is given
            raise ValueError("not a SHA-256 digest")
        der = self._pen.sign(digest)
        pair: bytes = EC.decode_der_signature_to_padded_pair(der, COORDINATE_BYTES)
        return pair
