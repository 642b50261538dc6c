"""提示: what the phone shows, a fresh proof made by the phone's own key.

Bytes: kind (1 offline, 2 answering the server's challenge, 3 a certificate's copy), the
token's handle (12), the instant in seconds (4, big-endian), for kind 2 the challenge
(16), for kind 3 the certificate's serial (16 letters without hyphens), the signature
(64, r||s) by the phone's key over `DOMAIN` and all that stands before it. No personal
data. A presentation is spent by its handle and instant, never by its bytes or its
signature: every signature has a twin.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from backend.credentials import base64url, transport
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.scanned_code import payload_of
from backend.credentials.signing import SIGNATURE_BYTES, PublicKey
from backend.credentials.transport import CodeKind
from backend.domain.errors import MalformedError
from backend.domain.identifiers import parse_serial
from backend.domain.words import Words

DOMAIN = b"shikaku presentation 1\x00"  # no other signed thing begins like this
HANDLE_BYTES = 12  # 96 bits: cannot be guessed
INSTANT_BYTES = 4  # until 2106
CHALLENGE_BYTES = 16
SERIAL_BYTES = 16


class PresentationKind(Enum):
    """Whether the phone could have made it earlier than it says."""

    OFFLINE = 1
    """Only the phone's clock vouches for the instant."""
    CHALLENGED = 2
    """Made after the server gave its challenge."""
    COPY = 3
    """写し: the copy of a certificate on its holder's phone, made offline too."""
    SERVER = 4
    """Made by the server for whoever has no working key (`minted_code`)."""

    @property
    def is_offline(self) -> bool:
        """Whether nothing but the phone's clock vouches for the instant."""
        return self in (PresentationKind.OFFLINE, PresentationKind.COPY)


@dataclass(frozen=True, slots=True)
class Presentation:
    """A code as read: of good form, still to be judged by key, time and first use.

    `handle` is base64url (16 characters); `at` is in whole seconds, UTC; `serial` is
    the certificate's, of a copy; `message` is all that stands before the signature.
    """

    kind: PresentationKind
    handle: str
    at: datetime
    challenge: bytes | None
    message: bytes
    signature: bytes
    serial: str | None = None

    def is_signed_by(self, key: PublicKey) -> bool:
        """Whether `key` (the token's `cnf` key) made it."""
        return key.verify(DOMAIN + self.message, self.signature)


def make_handle(random_bytes: Callable[[int], bytes]) -> str:
    """A new name for a token: 96 random bits, base64url (16 characters)."""
    return base64url.encode(random_bytes(HANDLE_BYTES))


def make_presentation(
    handle: str,
    at: datetime,
    sign: Callable[[bytes], bytes],
    challenge: bytes | None = None,
) -> str:
    """The text of a code; `sign` gives r||s by the phone's key (64 bytes).

    Raises `MalformedError` for a handle or challenge of the wrong length.
    """
    kind = (
        PresentationKind.OFFLINE if challenge is None else PresentationKind.CHALLENGED
    )
    if challenge is not None and len(challenge) != CHALLENGE_BYTES:
        raise _malformed("challenge")
    return _signed(_message(kind, handle, at, challenge or b""), sign)


def make_copy(
    handle: str, at: datetime, serial: str, sign: Callable[[bytes], bytes]
) -> str:
    """The text of the code beside a certificate's copy; spent like any other.

    Raises `MalformedError` for a handle or serial that cannot be.
    """
    letters = parse_serial(serial).replace("-", "").encode("ascii")
    return _signed(_message(PresentationKind.COPY, handle, at, letters), sign)


def _signed(message: bytes, sign: Callable[[bytes], bytes]) -> str:
    return transport.pack(CodeKind.PHONE, message + sign(DOMAIN + message))


def read_presentation(text: str) -> Presentation:
    """A phone's code as scanned or typed.

    Raises `NotGenuineError`: `WRONG_KIND` for any other code, `MALFORMED` for a damaged
    one (`transport.unpack` tells how it is damaged).
    """
    return _parse(payload_of(text, CodeKind.PHONE))


def _parse(payload: bytes) -> Presentation:
    message, signature = payload[:-SIGNATURE_BYTES], payload[-SIGNATURE_BYTES:]
    handle, rest = message[1 : 1 + HANDLE_BYTES], message[1 + HANDLE_BYTES :]
    instant, more = rest[:INSTANT_BYTES], rest[INSTANT_BYTES:]
    if _LENGTHS.get(message[:1]) != len(more) or len(instant) != INSTANT_BYTES:
        raise NotGenuineError(NotGenuine.MALFORMED, "not the bytes of a presentation")
    kind = PresentationKind(message[0])
    return Presentation(
        kind,
        base64url.encode(handle),
        datetime.fromtimestamp(int.from_bytes(instant), UTC),
        more if kind is PresentationKind.CHALLENGED else None,
        message,
        signature,
        _serial(more) if kind is PresentationKind.COPY else None,
    )


_LENGTHS = {b"\x01": 0, b"\x02": CHALLENGE_BYTES, b"\x03": SERIAL_BYTES}


def _serial(letters: bytes) -> str:
    try:
        serial = parse_serial(letters.decode("ascii"))
    except (UnicodeDecodeError, MalformedError):
        serial = ""
    if serial.replace("-", "").encode("ascii") != letters:  # the one spelling
        raise NotGenuineError(NotGenuine.MALFORMED, "no serial")
    return serial


def _message(kind: PresentationKind, handle: str, at: datetime, more: bytes) -> bytes:
    instant = int(at.timestamp()).to_bytes(INSTANT_BYTES)
    return bytes([kind.value]) + _handle_bytes(handle) + instant + more


def _handle_bytes(handle: str) -> bytes:
    try:
        octets = base64url.decode(handle)
    except ValueError:
        raise _malformed("handle") from None
    if len(octets) != HANDLE_BYTES:
        raise _malformed("handle")
    return octets


def _malformed(field: str) -> MalformedError:
    return MalformedError(
        field,
        Words("長さか文字が正しくありません", "its length or alphabet is wrong"),
        Words("発行されたとおりに渡してください", "pass it on as it was issued"),
    )
