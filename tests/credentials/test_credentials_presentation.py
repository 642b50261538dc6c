"""The phone's code: small, bound to its key, without personal data."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.credentials import base64url, transport
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.presentation import (
    DOMAIN,
    PresentationKind,
    make_copy,
    make_handle,
    make_presentation,
    read_presentation,
)
from backend.credentials.signing import LocalSigner
from backend.credentials.transport import CodeKind
from backend.domain.errors import MalformedError
from backend.domain.identifiers import new_serials

CHALLENGE = bytes(range(100, 116))
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
BOTH = pytest.mark.parametrize(
    "challenge", [None, CHALLENGE], ids=["offline", "online"]
)


def repacked(code: str, change: Callable[[bytes], bytes]) -> str:
    return transport.pack(CodeKind.PHONE, change(transport.unpack(code)[1]))


@BOTH
def test_a_code_is_read_as_made(
    handle: str, at: datetime, phone: LocalSigner, challenge: bytes | None
) -> None:
    code = make_presentation(handle, at, phone.sign, challenge)
    shown = read_presentation(code)
    expected = PresentationKind.CHALLENGED if challenge else PresentationKind.OFFLINE
    assert (shown.kind, shown.handle, shown.at) == (expected, handle, at)
    assert shown.challenge == challenge
    assert shown.is_signed_by(phone.public)


@BOTH
def test_a_code_fits_version_7_m(
    handle: str, at: datetime, phone: LocalSigner, challenge: bytes | None
) -> None:
    code = make_presentation(handle, at, phone.sign, challenge)
    symbol = segno.make(
        code, mode="alphanumeric", error="m", boost_error=False, micro=False
    )
    assert int(symbol.version) <= 7


def test_the_bytes_are_those_of_the_description(
    handle: str, at: datetime, phone: LocalSigner
) -> None:
    code = make_presentation(handle, at, phone.sign, CHALLENGE)
    payload = transport.unpack(code)[1]
    said = (
        b"\x02"
        + base64url.decode(handle)
        + int(at.timestamp()).to_bytes(4, "big")
        + CHALLENGE
    )
    assert payload[:-64] == said
    assert phone.public.verify(DOMAIN + said, payload[-64:])


@BOTH
def test_every_changed_byte_is_found(
    handle: str, at: datetime, phone: LocalSigner, challenge: bytes | None
) -> None:
    code = make_presentation(handle, at, phone.sign, challenge)
    for place in range(len(transport.unpack(code)[1])):

        def flip(payload: bytes, place: int = place) -> bytes:
            return payload[:place] + bytes([payload[place] ^ 1]) + payload[place + 1 :]

        spoilt = repacked(code, flip)
        if place == 0:  # the kind tells the length
            with pytest.raises(NotGenuineError):
                read_presentation(spoilt)
        else:
            assert not read_presentation(spoilt).is_signed_by(phone.public)


def test_another_key_did_not_make_it(
    handle: str, at: datetime, phone: LocalSigner, stranger: LocalSigner
) -> None:
    shown = read_presentation(make_presentation(handle, at, stranger.sign))
    assert not shown.is_signed_by(phone.public)


def test_what_the_key_signs_elsewhere_is_no_presentation(
    handle: str, at: datetime, phone: LocalSigner
) -> None:
    """The domain is part of the message: bare bytes signed for another end fail."""
    code = make_presentation(
        handle, at, lambda message: phone.sign(message.removeprefix(DOMAIN))
    )
    assert not read_presentation(code).is_signed_by(phone.public)


def test_the_twin_of_a_signature_is_the_same_presentation(
    handle: str, at: datetime, phone: LocalSigner
) -> None:
    code = make_presentation(handle, at, phone.sign)
    twin = repacked(
        code, lambda p: p[:-32] + (ORDER - int.from_bytes(p[-32:])).to_bytes(32)
    )
    first, second = read_presentation(code), read_presentation(twin)
    assert twin != code
    assert second.is_signed_by(phone.public)
    assert (first.handle, first.at) == (second.handle, second.at)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda p: b"",
        lambda p: p[:-1],
        lambda p: p + b"\0",
        lambda p: b"\x00" + p[1:],
        lambda p: b"\x02" + p[1:],
        lambda p: b"\x03" + p[1:],
        lambda p: p[-64:],
        lambda p: bytes(97),
    ],
)
def test_other_bytes_are_malformed(
    handle: str, at: datetime, phone: LocalSigner, spoil: Callable[[bytes], bytes]
) -> None:
    code = make_presentation(handle, at, phone.sign)
    with pytest.raises(NotGenuineError) as raised:
        read_presentation(repacked(code, spoil))
    assert raised.value.reason is NotGenuine.MALFORMED


@settings(max_examples=100)
@given(st.binary(max_size=120))
def test_no_bytes_break_the_reader(payload: bytes) -> None:
    code = transport.pack(CodeKind.PHONE, payload)
    if (len(payload), payload[:1]) in ((81, b"\x01"), (97, b"\x02")):
        assert len(read_presentation(code).signature) == 64
        return
    with pytest.raises(NotGenuineError) as raised:
        read_presentation(code)
    assert raised.value.reason is NotGenuine.MALFORMED


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("4901234567894", NotGenuine.WRONG_KIND),
        (transport.pack(CodeKind.CERTIFICATE, bytes(81)), NotGenuine.WRONG_KIND),
        (transport.pack(CodeKind.PHONE, bytes(81))[:-1], NotGenuine.MALFORMED),
    ],
)
def test_other_codes_say_what_they_are(text: str, reason: NotGenuine) -> None:
    with pytest.raises(NotGenuineError) as raised:
        read_presentation(text)
    assert raised.value.reason is reason


@pytest.mark.parametrize(
    ("name", "challenge", "field"),
    [
        ("", None, "handle"),
        ("AAAA", None, "handle"),
        ("AAAAAAAAAAAAAAA=", None, "handle"),
        ("A" * 16, b"short", "challenge"),
    ],
)
def test_a_phone_is_told_what_is_wrong(
    at: datetime, phone: LocalSigner, name: str, challenge: bytes | None, field: str
) -> None:
    with pytest.raises(MalformedError) as raised:
        make_presentation(name, at, phone.sign, challenge)
    assert raised.value.field == field


def test_a_handle_is_96_random_bits() -> None:
    assert make_handle(lambda n: b"\xff" * n) == "_" * 16


def test_fractions_of_a_second_are_left_out(
    handle: str, at: datetime, phone: LocalSigner
) -> None:
    later = at + timedelta(microseconds=999_999)
    assert read_presentation(make_presentation(handle, later, phone.sign)).at == at


SERIAL = next(new_serials(bytes))


def test_a_copys_code_is_read_as_made_and_fits_version_7_m(
    handle: str, at: datetime, phone: LocalSigner
) -> None:
    code = make_copy(handle, at, SERIAL, phone.sign)

    shown = read_presentation(code)

    assert (shown.kind, shown.handle, shown.at) == (PresentationKind.COPY, handle, at)
    assert (shown.serial, shown.challenge) == (SERIAL, None)
    assert shown.is_signed_by(phone.public)
    symbol = segno.make(
        code, mode="alphanumeric", error="m", boost_error=False, micro=False
    )
    assert int(symbol.version) <= 7


def test_a_copys_bytes_are_those_of_the_description(
    handle: str, at: datetime, phone: LocalSigner
) -> None:
    payload = transport.unpack(make_copy(handle, at, SERIAL, phone.sign))[1]
    said = (
        b"\x03"
        + base64url.decode(handle)
        + int(at.timestamp()).to_bytes(4, "big")
        + SERIAL.replace("-", "").encode()
    )
    assert payload[:-64] == said
    assert phone.public.verify(DOMAIN + said, payload[-64:])


@pytest.mark.parametrize(
    "letters",
    [
        b"A" * 15 + b"B",
        b"a" * 16,
        b"\xff" * 16,
        b"AAAA-AAAA-AAAA-A",
        b" " * 16,
        bytes(16),
    ],
)
def test_a_copy_of_no_serial_is_malformed(
    handle: str, at: datetime, phone: LocalSigner, letters: bytes
) -> None:
    code = make_copy(handle, at, SERIAL, phone.sign)

    def bend(payload: bytes) -> bytes:
        message = payload[:17] + letters
        return message + phone.sign(DOMAIN + message)

    with pytest.raises(NotGenuineError) as refused:
        read_presentation(repacked(code, bend))
    assert refused.value.reason is NotGenuine.MALFORMED


def test_only_a_serial_makes_a_copy(
    handle: str, at: datetime, phone: LocalSigner
) -> None:
    for serial in ("", "AAAA-AAAA-AAAA-AAAB", SERIAL[:-1]):
        with pytest.raises(MalformedError):
            make_copy(handle, at, serial, phone.sign)


def test_which_kinds_nothing_but_the_phones_clock_vouches_for() -> None:
    offline = [kind for kind in PresentationKind if kind.is_offline]
    assert offline == [PresentationKind.OFFLINE, PresentationKind.COPY]
