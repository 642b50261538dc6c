"""base64url without padding (RFC 7515 §2), read in its one canonical form only."""

import base64

import pybase64


def encode(octets: bytes) -> str:
    """The text for these octets, without `=`."""
    return encode_octets(octets).decode("ascii")


def encode_octets(octets: bytes) -> bytes:
    """The same text, in ASCII."""
    return pybase64.b64encode(octets, b"-_").rstrip(b"=")


def decode(text: str) -> bytes:
    """The octets of `text`; `ValueError` for any spelling that `encode` never writes.

    Padding, foreign characters, line breaks and non-zero trailing bits would let one
    signature be written in several ways (RFC 4648 §3.5, §12).
    """
    try:
        octets = base64.urlsafe_b64decode(text + "==")
    except ValueError:
        raise ValueError("not base64url") from None
    if encode(octets) != text:
        raise ValueError("not canonical base64url")
    return octets
