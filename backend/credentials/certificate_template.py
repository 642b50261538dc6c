"""テンプレート: the printed fields in few bytes, by position instead of by name.

First the numbers, 38 bytes in the order of `_NUMBERS`, big-endian; then the texts in
the order of `_TEXTS`, each as in `packed_text`, together in raw DEFLATE (RFC 1951).

Days are counted from 1 = 1900-01-01 to 65,535 = 2079-06-05; 0 is no day. National
codes are the number that they are, 0 for none; a limit category is its three
characters in hexadecimal (B10 is 0xBA); each disease is one bit (1 << code). The serial
is its fifteen letters' base32, its check character is computed; an insurer number of
six digits is read with two zeros before it. Card stock has no address.
"""

import base64
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from io import BytesIO
from typing import Any

from stdnum.iso7064 import mod_37_36

from backend.credentials.certificate import CertificateFields, Form
from backend.credentials.packed_text import read_text, write_text
from backend.domain.charge import CopayRatio, LimitCategory, SpecificDisease
from backend.domain.codes import Relation, Sex
from backend.domain.identifiers import parse_serial
from backend.domain.insurer_number import InsurerNumber

MAX_INFLATED = 4_096
_EVE = date(1899, 12, 31).toordinal()
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2079, 6, 5)
_STORED_OVERHEAD = 16  # zlib's deflateBound adds 7 to what cannot be deflated


def write_fields(fields: CertificateFields, form: Form) -> bytes:
    """The bytes of what is printed.

    Raises `OverflowError` or `ValueError` for a value that the template cannot hold.
    """
    numbers = (
        number.to_octets(getattr(fields, name)) for name, number in _NUMBERS.items()
    )
    texts = b"".join(write_text(getattr(fields, name)) for name in _texts(form))
    deflating = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    return b"".join(numbers) + deflating.compress(texts) + deflating.flush()


def has_numbers_for(fields: CertificateFields) -> bool:
    """Whether every day on the paper can be counted from 1900; most can."""
    return (
        is_countable(fields.birth_on)
        and is_countable(fields.acquired_on)
        and fields.issued_on <= fields.expires_on
        and is_countable(fields.expires_on)
    )


def is_countable(day: date) -> bool:
    """Whether a day has a number."""
    return _FIRST_DAY <= day <= _LAST_DAY


def printed_text(fields: CertificateFields) -> str:
    """All texts of a paper in one."""
    texts = fields.insurer_name + fields.number + fields.kana + fields.name
    for name in _OPTIONAL_TEXTS:
        texts += getattr(fields, name) or ""
    return texts


def read_fields(octets: bytes, form: Form) -> CertificateFields:
    """The fields in these bytes; what they say is proven only by the signature.

    Raises `ValueError`, `LookupError`, `TypeError` or `MalformedError` for bytes that
    hold no such fields.
    """
    source = BytesIO(octets)
    values = {name: number.from_octets(source) for name, number in _NUMBERS.items()}
    texts = BytesIO(_inflate(source.read()))
    values |= {name: read_text(texts) for name in _texts(form)}
    if texts.read(1):
        raise ValueError("something follows the last text")
    return CertificateFields(**{n: v for n, v in values.items() if v is not None})


def _inflate(octets: bytes) -> bytes:
    inflating = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        inflated = inflating.decompress(octets, MAX_INFLATED)
    except zlib.error:
        raise ValueError("not DEFLATE") from None
    if not inflating.eof or inflating.unused_data:
        raise ValueError("too long, cut short or followed by something")
    return inflated


@dataclass(frozen=True, slots=True)
class _Number:
    """A value that is written as a number of `length` bytes."""

    length: int
    to_number: Callable[[Any], int] = int
    from_number: Callable[[int], Any] = int

    def to_octets(self, value: Any) -> bytes:
        return self.to_number(value).to_bytes(self.length)

    def from_octets(self, source: BytesIO) -> Any:
        octets = source.read(self.length)
        if len(octets) != self.length:
            raise ValueError("cut short")
        return self.from_number(int.from_bytes(octets))


def _one_of(kind: Iterable[Enum], number_of: Callable[[str], int] = int) -> _Number:
    codes: dict[int, Enum | None] = {number_of(code.value): code for code in kind}
    numbers = {code: number for number, code in codes.items()} | {None: 0}
    return _Number(1, numbers.__getitem__, (codes | {0: None}).__getitem__)


def _set_of(kind: Iterable[Enum]) -> _Number:
    bits = {code: 1 << int(code.value) for code in kind}
    return _Number(
        1,
        lambda chosen: sum(bits[code] for code in chosen),
        lambda number: tuple(code for code, bit in bits.items() if number & bit),
    )


def _serial_number(serial: str) -> int:
    letters = serial.replace("-", "")[:-1]
    return int.from_bytes(base64.b32decode(letters + "A"))


def _serial(number: int) -> str:
    letters = base64.b32encode(number.to_bytes(10)).decode("ascii")[:-1]
    return parse_serial(letters + mod_37_36.calc_check_digit(letters))


_DAY = _Number(
    2,
    lambda day: day.toordinal() - _EVE if day else 0,
    lambda number: date.fromordinal(number + _EVE) if number else None,
)

_NUMBERS: dict[str, _Number] = {
    "serial": _Number(10, _serial_number, _serial),
    "insurer_number": _Number(
        4, lambda n: int(n.digits), lambda n: InsurerNumber.parse(f"{n:08}")
    ),
    "status_list": _Number(2),
    "status_index": _Number(4),
    "birth_on": _DAY,
    "acquired_on": _DAY,
    "issued_on": _DAY,
    "expires_on": _DAY,
    "copay_from_on": _DAY,
    "limit_from_on": _DAY,
    "sex": _one_of(Sex),
    "relation": _one_of(Relation),
    "copay_ratio": _one_of(CopayRatio),
    "limit_category": _one_of(
        LimitCategory, lambda code: int(code[0], 16) << 4 | int(code[1:])
    ),
    "specific_diseases": _set_of(SpecificDisease),
    "is_special_expenses": _Number(1, int, bool),
}


_TEXTS = (
    "insurer_name",
    "symbol",
    "number",
    "branch",
    "kana",
    "name",
    "insured_name",
    "address",
)


BESIDE_THE_TEXTS = (
    sum(number.length for number in _NUMBERS.values()) + len(_TEXTS) + _STORED_OVERHEAD
)
"""Bytes that are no text: the numbers, the end marks, what cannot be deflated."""

_OPTIONAL_TEXTS = ("symbol", "branch", "insured_name", "address")


def _texts(form: Form) -> tuple[str, ...]:
    return _TEXTS[:-1] if form is Form.CARD else _TEXTS
