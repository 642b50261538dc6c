"""The keys of the vectors: derived from labels, so that every run writes the same."""

import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from backend.credentials import base64url, jose
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.signing import LocalSigner

BASE_URL = "https://shikaku.example"
NAMES = IssuerNames(BASE_URL)
INSURER, OTHER_INSURER = "33120015", "138057"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_DETERMINISTIC = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


class FixedSigner(LocalSigner):
    """Signs the same bytes for the same message (RFC 6979)."""

    __slots__ = ()

    def sign(self, message: bytes) -> bytes:
        der = self.private_key.sign(message, _DETERMINISTIC)
        r, s = utils.decode_dss_signature(der)
        return r.to_bytes(32) + s.to_bytes(32)


def signer(label: str) -> FixedSigner:
    """The key of a label."""
    scalar = int.from_bytes(
        hashlib.sha256(f"shikaku vectors {label}".encode()).digest()
    )
    return FixedSigner.of(
        ec.derive_private_key(scalar % (ORDER - 1) + 1, ec.SECP256R1())
    )


ISSUING, OTHER, RETIRED = signer("insurer"), signer("other insurer"), signer("retired")
SERVICE, PHONE, CLINIC = signer("service"), signer("phone"), signer("clinic")
STRANGER = signer("stranger")


def octets(label: str, count: int) -> bytes:
    """So many bytes that look random."""
    return hashlib.shake_256(f"shikaku vectors {label}".encode()).digest(count)


HANDLE = base64url.encode(octets("handle", 12))


def our_key(
    key: LocalSigner, insurer: str | None, state: str = "active"
) -> dict[str, Any]:
    """One of our keys as a reader has it."""
    purpose = "issuing" if insurer else "service"
    return {
        "kid": key.kid,
        "purpose": purpose,
        "insurer": insurer,
        "state": state,
        "jwk": key.public.jwk,
    }


OUR_KEYS = [
    our_key(ISSUING, INSURER),
    our_key(OTHER, OTHER_INSURER),
    our_key(RETIRED, INSURER, "retired"),
    our_key(SERVICE, None),
]
PHONES = [{"handle": HANDLE, "jwk": PHONE.public.jwk}]
CLIENTS = [{"client_id": "clinic-1", "jwk": CLINIC.public.jwk}]


def forge(header: object, claims: object, key: LocalSigner) -> str:
    """A token well signed by `key` over any header and claims (text as it stands)."""
    parts = (
        p
        if isinstance(p, str)
        else json.dumps(p, ensure_ascii=False, separators=(",", ":"))
        for p in (header, claims)
    )
    signing_input = ".".join(base64url.encode(p.encode()) for p in parts).encode()
    return jose.attach(signing_input, key.sign(signing_input))


def twin(signature: bytes) -> bytes:
    """The other signature that is good for the same message."""
    return signature[:32] + (ORDER - int.from_bytes(signature[32:])).to_bytes(32)
