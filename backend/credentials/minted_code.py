"""サーバー発行コード: a code that the server made, for somebody without a working key.

Bytes: kind (4), then 128 secret bits; in the letters of a phone's code. It holds no
personal data and proves nothing but that the server gave it: kept by its SHA-256.
"""

from hashlib import sha256

from backend.credentials import base64url, transport
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.presentation import HANDLE_BYTES, PresentationKind
from backend.credentials.scanned_code import payload_of
from backend.credentials.transport import CodeKind

SECRET_BYTES = 16
_KIND = bytes([PresentationKind.SERVER.value])


def make_minted(secret: bytes) -> str:
    """The text of a code; `secret` are 16 bytes that nobody can guess."""
    return transport.pack(CodeKind.PHONE, _KIND + secret)


def read_minted(text: str) -> bytes:
    """The digest (SHA-256) of a code that the server made, as scanned or typed.

    Raises `NotGenuineError`: `WRONG_KIND` for a code of another prefix, `MALFORMED`
    for a damaged one and for any code that a phone makes.
    """
    payload = payload_of(text, CodeKind.PHONE)
    if payload[:1] != _KIND or len(payload) != len(_KIND) + SECRET_BYTES:
        raise NotGenuineError(NotGenuine.MALFORMED, "not a code of the server's")
    return digest_of(payload[1:])


def digest_of(secret: bytes) -> bytes:
    """Under which a code is kept: 128 secret bits need no key."""
    return sha256(secret).digest()


def handle_of(digest: bytes) -> str:
    """The name of a code in log and receipt; whoever reads it cannot make the code."""
    return base64url.encode(digest[:HANDLE_BYTES])
