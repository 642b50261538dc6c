"""QRコードの文字列: what a code holds, in letters that any scanner can type.

`SK1P` (a phone's code) or `SK1C` (a certificate), two letters for the length in bytes,
the bytes, seven letters of CRC-32 over all that stands before; everything after the
prefix is base32 (RFC 4648 §6) without padding. Desks own scanners that type the text
on a keyboard: capital letters and digits are the only characters that come out alike
whatever layout or input method stands between (US or JIS, 全角英数, CapsLock).
"""

import base64
import re
import zlib
from enum import Enum

from backend.domain.errors import MalformedError
from backend.domain.words import Words

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
LENGTH_LETTERS = 2
CHECKSUM_LETTERS = 7
CRC_BYTES = 4
MAX_PAYLOAD = len(ALPHABET) ** LENGTH_LETTERS - 1
MAX_TYPED = 4_000  # characters; the longest code has 1,650

_FULL_WIDTH_SIGNS = range(0xFF01, 0xFF5F)
# Hiragana and katakana with their marks, and half-width katakana.
_KANA = re.compile("[\u3041-\u30ff\uff66-\uff9f]")
_AS_PRINTED = {wide: wide - 0xFEE0 for wide in _FULL_WIDTH_SIGNS}
_NO_DIGIT = b"!"
_AS_BASE_32 = bytes(
    b"0123456789abcdefghijklmnopqrstuv"[ALPHABET.index(chr(code))]
    if chr(code) in ALPHABET
    else _NO_DIGIT[0]
    for code in range(256)
)  # to the digits of Python's int(…, 32)


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
    text = f"{kind.value}{ALPHABET[high]}{ALPHABET[low]}{_base32(payload)}"
    return text + _base32(_crc(text))


def octets_in(characters: int) -> int:
    """The longest payload of which the code has at most so many characters."""
    prefix = len(CodeKind.CERTIFICATE.value)
    return (characters - prefix - LENGTH_LETTERS - CHECKSUM_LETTERS) * 5 // 8


def unpack(text: str) -> tuple[CodeKind, bytes]:
    """The kind and payload of a code as scanned or typed.

    Undoes what a scanner's keyboard does: white space and Enter around it, full-width
    letters, lower case. Raises `ForeignCodeError` or `DamagedCodeError`.
    """
    refuse_kana(text)
    code = _as_printed(text[:MAX_TYPED])
    kind = next((kind for kind in CodeKind if code.startswith(kind.value)), None)
    if kind is None:
        raise _foreign()
    body, check = code[:-CHECKSUM_LETTERS], code[-CHECKSUM_LETTERS:]
    start = len(kind.value) + LENGTH_LETTERS
    length = _number(body[start - LENGTH_LETTERS : start])
    if len(body) < start or length is None or len(body) - start != _letters(length):
        raise _cut_short()
    payload = _octets(body[start:], length)
    if payload is None or _octets(check, CRC_BYTES) != _crc(body):
        raise _misread()
    return kind, payload


def refuse_kana(text: str) -> None:
    """Refuse what an input method has made kana of: which letters is lost (SI and SHI
    both give し), and it would happen again. Raises `DamagedCodeError`.
    """
    if not text.isascii() and _KANA.search(text):
        raise DamagedCodeError(
            "code",
            Words(
                "日本語入力がオンのまま読み取られ、かなに変わっています",
                "a Japanese input method was on and has turned it into kana",
            ),
            Words(
                "日本語入力をオフ（半角英数）にして、もう一度読み取ってください",
                "switch the input method off (半角英数) and scan it again",
            ),
        )


def _as_printed(text: str) -> str:
    code = text.strip()
    return (code if code.isascii() else code.translate(_AS_PRINTED)).upper()


def _base32(octets: bytes) -> str:
    return base64.b32encode(octets).decode("ascii").rstrip("=")


def _letters(length: int) -> int:
    """How many letters of base32 hold so many bytes."""
    return -(-length * 8 // 5)


def _number(letters: str) -> int | None:
    """The number that letters of base32 spell; ten times faster than `b32decode`."""
    try:
        return int(letters.encode("ascii").translate(_AS_BASE_32), 32)
    except ValueError:
        return None


def _octets(letters: str, length: int) -> bytes | None:
    """The bytes in these letters; None for foreign letters or set unused bits."""
    number = _number(letters) if letters else 0
    unused = _letters(length) * 5 - length * 8
    if number is None or number & ((1 << unused) - 1):
        return None
    return (number >> unused).to_bytes(length)


def _crc(text: str) -> bytes:
    return zlib.crc32(text.encode("ascii")).to_bytes(CRC_BYTES)


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
