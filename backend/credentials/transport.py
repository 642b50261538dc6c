"""QRコードの文字列: what a code holds, in letters that any scanner can type.

`SK1P` (a phone's code) or `SK1C` (a certificate), two letters for the length in bytes,
the bytes, seven letters of CRC-32 over all that stands before; everything after the
prefix is base32 (RFC 4648 §6) without padding. Desks own scanners that type the text
on a keyboard: capital letters and digits are the only characters that come out alike
whatever layout or input method stands between (US or JIS, 全角英数, CapsLock).
"""

import base64
import zlib
from enum import Enum

from backend.domain.errors import MalformedError
from backend.domain.words import Words

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
LENGTH_LETTERS = 2
CHECKSUM_LETTERS = 7
MAX_PAYLOAD = len(ALPHABET) ** LENGTH_LETTERS - 1
MAX_TYPED = 4_000  # characters; the longest code has 1,650

_FULL_WIDTH_SIGNS = range(0xFF01, 0xFF5F)
_AS_PRINTED = {wide: wide - 0xFEE0 for wide in _FULL_WIDTH_SIGNS}


class CodeKind(Enum):
    """Which code of ours it is; the value is the prefix."""

    PHONE = "SK1P"
    CERTIFICATE = "SK1C"


class ForeignCodeError(MalformedError):
    """Some other code: a product, a web page, another system's."""


class DamagedCodeError(MalformedError):
    """A code of ours that did not arrive whole."""


def pack(kind: CodeKind, payload: bytes) -> str:
    """The text of a code. `MalformedError` if the payload exceeds `MAX_PAYLOAD`."""
    if len(payload) > MAX_PAYLOAD:
        raise MalformedError(
            "qr",
            Words("QRコードに収まりません", "it does not fit a code"),
            Words("記載事項を短くしてください", "shorten what is printed"),
        )
    high, low = divmod(len(payload), len(ALPHABET))
    text = f"{kind.value}{ALPHABET[high]}{ALPHABET[low]}{_letters(payload)}"
    return text + _checksum(text)


def unpack(text: str) -> tuple[CodeKind, bytes]:
    """The kind and payload of a code as scanned or typed.

    Undoes what a scanner's keyboard does: white space and Enter around it, full-width
    letters, lower case. Raises `ForeignCodeError` or `DamagedCodeError`.
    """
    code = text[:MAX_TYPED].strip().translate(_AS_PRINTED).upper()
    kind = next((kind for kind in CodeKind if code.startswith(kind.value)), None)
    if kind is None:
        raise _foreign()
    body, check = code[:-CHECKSUM_LETTERS], code[-CHECKSUM_LETTERS:]
    start = len(kind.value) + LENGTH_LETTERS
    if len(body) < start or len(body) - start != _announced(body[start - 2 : start]):
        raise _cut_short()
    if not code.isascii() or _checksum(body) != check:
        raise _misread()
    return kind, _octets(body[start:])


def _letters(octets: bytes) -> str:
    return base64.b32encode(octets).decode("ascii").rstrip("=")


def _octets(letters: str) -> bytes:
    try:
        octets = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        raise _misread() from None
    if _letters(octets) != letters:  # unused bits that are not zero
        raise _misread()
    return octets


def _announced(letters: str) -> int:
    """How many letters of base32 hold the length that these two letters tell."""
    high, low = (ALPHABET.find(letter) for letter in letters)
    return -(-(high * len(ALPHABET) + low) * 8 // 5)


def _checksum(text: str) -> str:
    return _letters(zlib.crc32(text.encode("ascii")).to_bytes(4))


def _foreign() -> ForeignCodeError:
    return ForeignCodeError(
        "code",
        Words("資格確認のコードではありません", "it is not a code of ours"),
        Words(
            "資格確認の画面か資格確認書のコードを読み取ってください",
            "scan the code of the eligibility screen or of the certificate",
        ),
    )


def _cut_short() -> DamagedCodeError:
    return _damaged("途中で切れているか、余分があります", "its length is wrong")


def _misread() -> DamagedCodeError:
    return _damaged("読み取り誤りがあります", "its checksum is wrong")


def _damaged(ja: str, en: str) -> DamagedCodeError:
    fix = Words("もう一度読み取ってください", "scan it again")
    return DamagedCodeError("code", Words(ja, en), fix)
