"""The text of a code: what arrives whole is read, what does not says how."""

import base64
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.credentials.transport import (
    ALPHABET,
    MAX_PAYLOAD,
    CodeKind,
    DamagedCodeError,
    ForeignCodeError,
    pack,
    unpack,
)
from backend.domain.errors import MalformedError


def checksum(text: str) -> str:
    crc = zlib.crc32(text.encode()).to_bytes(4)
    return base64.b32encode(crc).decode().rstrip("=")


CODE = pack(CodeKind.PHONE, b"some bytes of a phone")


@settings(max_examples=100)
@given(st.sampled_from(CodeKind), st.binary(max_size=MAX_PAYLOAD))
def test_what_is_packed_is_unpacked(kind: CodeKind, payload: bytes) -> None:
    assert unpack(pack(kind, payload)) == (kind, payload)


def test_a_code_is_prefix_length_base32_and_checksum() -> None:
    assert pack(CodeKind.CERTIFICATE, b"") == "SK1C" + "AA" + "YYERDPI"
    assert CODE.startswith("SK1P")
    assert set(CODE[4:]) <= set(ALPHABET)
    assert len(CODE) == 4 + 2 + 34 + 7


WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})


@pytest.mark.parametrize(
    "typed",
    [
        CODE + "\r\n",
        CODE + "\t",
        f"  {CODE}\n",
        f"\u3000{CODE}",
        CODE.lower(),
        CODE.translate(WIDE),
        CODE.lower().translate(WIDE) + "\r",
        CODE[:10].translate(WIDE) + CODE[10:].lower(),
    ],
)
def test_what_a_keyboard_does_is_undone(typed: str) -> None:
    assert unpack(typed) == unpack(CODE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4901234567894",
        "https://example.com/",
        "SK2P" + CODE[4:],
        "SK1X" + CODE[4:],
        "X" + CODE,
        CODE[1:],
        "eyJhbGciOiJFUzI1NiJ9.e30.AAAA",
        "ｓｋ",
        "\ud800",
    ],
)
def test_another_code_is_not_ours(text: str) -> None:
    with pytest.raises(ForeignCodeError) as raised:
        unpack(text)
    assert raised.value.field == "code"


@pytest.mark.parametrize(
    "text",
    [
        "SK1P",
        "SK1PA",
        CODE[:-1],
        CODE[:20],
        CODE + "A",
        CODE + CODE,
        CODE + "A" * 9_000,
    ],
)
def test_a_code_that_is_cut_or_run_together_has_the_wrong_length(text: str) -> None:
    with pytest.raises(DamagedCodeError) as raised:
        unpack(text)
    assert raised.value.reason.en == "its length is wrong"


def test_every_misread_letter_is_found() -> None:
    for place in range(4, len(CODE)):
        other = "B" if CODE[place] == "A" else "A"
        with pytest.raises(DamagedCodeError):
            unpack(CODE[:place] + other + CODE[place + 1 :])


@pytest.mark.parametrize(
    "sign", ["0", "1", "8", "9", "-", "é", "漢", " ", "=", "\ud800"]
)
def test_letters_outside_the_alphabet_are_a_misreading(sign: str) -> None:
    with pytest.raises(DamagedCodeError) as raised:
        unpack(CODE[:12] + sign + CODE[13:])
    assert raised.value.reason.en == "its checksum is wrong"


def test_unused_bits_must_be_zero_even_under_a_right_checksum() -> None:
    body = "SK1P" + "AB" + "AB"  # one byte is 'AA'; 'AB' differs in an unused bit
    with pytest.raises(DamagedCodeError):
        unpack(body + checksum(body))
    letters = checksum("SK1PABAA")
    with pytest.raises(DamagedCodeError):
        unpack("SK1PABAA" + letters[:-1] + chr(ord(letters[-1]) + 1))
    assert unpack("SK1PABAA" + checksum("SK1PABAA")) == (CodeKind.PHONE, b"\0")


def test_too_much_is_not_packed() -> None:
    with pytest.raises(MalformedError):
        pack(CodeKind.PHONE, bytes(MAX_PAYLOAD + 1))
