"""An authenticator in software: makes a passkey and signs with it as a browser would.

Every part of what it says can be bent, so that what must be refused can be shown.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials import base64url

ORIGIN, RP_ID = "https://shikaku.example", "shikaku.example"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40  # flags (WebAuthn L3 §6.1)


@dataclass
class SoftAuthenticator:
    """One device with at most one passkey; `counts` as roaming keys do."""

    id: bytes = b"passkey-1"
    counts: bool = True
    count: int = 0
    user: str = ""
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def create(self, options: Mapping[str, Any], **bent: Any) -> dict[str, Any]:
        """`navigator.credentials.create()` and `toJSON()`."""
        self.user = options["user"]["id"]
        told = _client_data("webauthn.create", options["challenge"], bent)
        attested = self._data(PRESENT | VERIFIED | ATTESTED, bent)
        attested += bytes(16) + struct.pack(">H", len(self.id)) + self.id
        attested += cbor2.dumps(self._cose())
        statement = {"fmt": "none", "attStmt": {}, "authData": attested}
        response = {
            "clientDataJSON": base64url.encode(told),
            "attestationObject": base64url.encode(cbor2.dumps(statement)),
            "transports": ["internal"],
        }
        return self._whole(response)

    def get(self, options: Mapping[str, Any], **bent: Any) -> dict[str, Any]:
        """`navigator.credentials.get()` and `toJSON()`."""
        if self.counts and "count" not in bent:
            self.count += 1
        told = _client_data("webauthn.get", options["challenge"], bent)
        data = self._data(PRESENT | VERIFIED, bent)
        signed = data + sha256(told).digest()
        response = {
            "clientDataJSON": base64url.encode(told),
            "authenticatorData": base64url.encode(data),
            "signature": base64url.encode(
                self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
            ),
            "userHandle": bent.get("user", self.user),
        }
        return self._whole(response)

    def _data(self, flags: int, bent: Mapping[str, Any]) -> bytes:
        rp_id = bent.get("rp_id", RP_ID)
        count = bent.get("count", self.count)
        begin = sha256(rp_id.encode()).digest()
        return begin + struct.pack(">BI", bent.get("flags", flags), count)

    def _cose(self) -> dict[int, Any]:
        """ES256 on P-256 (RFC 9053 §2.1, §7.1.1)."""
        public = self.key.public_key().public_numbers()
        x, y = (it.to_bytes(32, "big") for it in (public.x, public.y))
        return {1: 2, 3: -7, -1: 1, -2: x, -3: y}

    def _whole(self, response: Mapping[str, Any]) -> dict[str, Any]:
        name = base64url.encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": dict(response),
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
        }


def _client_data(kind: str, challenge: str, bent: Mapping[str, Any]) -> bytes:
    told = {
        "type": bent.get("type", kind),
        "challenge": bent.get("challenge", challenge),
        "origin": bent.get("origin", ORIGIN),
        "crossOrigin": bent.get("cross_origin", False),
    }
    return json.dumps(told).encode()
