"""Keys: what is taken for one, what it is called, what it verifies."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials import base64url
from backend.credentials.signing import LocalSigner, PublicKey
from backend.domain.errors import MalformedError

# The key of RFC 9449's examples (§4.1) and its thumbprint (§6.1).
RFC_9449_KEY = {
    "kty": "EC",
    "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
    "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
    "crv": "P-256",
}
RFC_9449_JKT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def test_a_thumbprint_is_the_one_of_the_standard() -> None:
    key = PublicKey.from_jwk(RFC_9449_KEY)
    assert key.thumbprint() == RFC_9449_JKT
    assert key.jwk == RFC_9449_KEY


def test_a_kid_is_eight_letters_that_a_qr_code_holds_cheaply(
    phone: LocalSigner,
) -> None:
    assert len(phone.kid) == 8
    assert set(phone.kid) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    assert phone.kid == phone.public.kid


def test_the_members_that_browsers_export_are_taken() -> None:
    exported = RFC_9449_KEY | {"ext": True, "key_ops": ["verify"], "kid": "mine"}
    assert PublicKey.from_jwk(exported) == PublicKey.from_jwk(RFC_9449_KEY)


X_Y = {"x": RFC_9449_KEY["x"], "y": RFC_9449_KEY["y"]}


@pytest.mark.parametrize(
    "changes",
    [
        {"kty": "RSA"},
        {"kty": "oct", "k": "AAAA"},
        {"crv": "P-384"},
        {"crv": None},
        {"x": None},
        {"x": 5},
        {"x": X_Y["x"] + "="},
        {"x": X_Y["x"][:-1] + "t"},  # non-zero trailing bits
        {"x": "AA" + X_Y["x"]},
        {"x": X_Y["x"][:-2]},
        {"x": X_Y["y"], "y": X_Y["x"]},  # off the curve
        {"x": "A" * 43, "y": "A" * 43},  # off the curve: no point at infinity either
        {"x": "ＡA" + X_Y["x"][2:]},
        {"d": "AAAA"},
        {"x5u": "https://evil.example/"},
        {"x5c": ["AAAA"]},
        {"jku": "https://evil.example/"},
        {"use": "enc"},
        {"alg": "HS256"},
        {"key_ops": ["sign"]},
        {"anything": 1},
    ],
    ids=str,
)
def test_anything_else_is_refused(changes: dict[str, object]) -> None:
    jwk: dict[str, object] = {**RFC_9449_KEY, **changes}
    with pytest.raises(MalformedError) as raised:
        PublicKey.from_jwk(jwk)
    assert raised.value.field == "jwk"


def test_a_coordinate_is_exactly_32_bytes() -> None:
    x, y = (base64url.decode(RFC_9449_KEY[name]) for name in "xy")
    for left, right in ((x + y[:1], y[1:]), (x[:-1], x[-1:] + y), (b"\0" + x, y)):
        moved = {"x": base64url.encode(left), "y": base64url.encode(right)}
        with pytest.raises(MalformedError):
            PublicKey.from_jwk(RFC_9449_KEY | moved)


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP256K1(), ec.SECP521R1()])
def test_keys_of_other_curves_are_refused(curve: ec.EllipticCurve) -> None:
    with pytest.raises(MalformedError):
        PublicKey.of(ec.generate_private_key(curve).public_key())


def test_a_signature_is_64_bytes_and_verifies(
    phone: LocalSigner, stranger: LocalSigner
) -> None:
    signature = phone.sign(b"message")
    assert len(signature) == 64
    assert phone.public.verify(b"message", signature)
    assert not phone.public.verify(b"another", signature)
    assert not stranger.public.verify(b"message", signature)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda s: s[:-1],
        lambda s: s + b"\0",
        lambda s: b"",
        lambda s: bytes(64),
        lambda s: bytes(32) + s[32:],
        lambda s: s[:32] + ORDER.to_bytes(32),
        lambda s: (int.from_bytes(s[:32]) + ORDER).to_bytes(33)[-32:] + s[32:],
        lambda s: s[32:] + s[:32],
    ],
)
def test_a_spoilt_signature_fails(
    phone: LocalSigner, spoil: Callable[[bytes], bytes]
) -> None:
    assert not phone.public.verify(b"message", spoil(phone.sign(b"message")))


@pytest.mark.parametrize("scalar", [1, 2, 1 << 255, ORDER - 1])
def test_it_signs_with_the_key_that_it_was_given(scalar: int) -> None:
    """The library that verifies is another than the one that signs (ADR 0019)."""
    key = ec.derive_private_key(scalar, ec.SECP256R1())
    signature = LocalSigner.of(key).sign(b"message")
    assert PublicKey.of(key.public_key()).verify(b"message", signature)


def test_a_short_number_is_filled_up(phone: LocalSigner) -> None:
    """One signature in 256 has an r that begins with a zero octet."""
    signature = phone.sign(b"message")
    while signature[0] != 0:
        signature = phone.sign(b"message")
    assert len(signature) == 64
    assert phone.public.verify(b"message", signature)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_only_a_digest_is_signed(phone: LocalSigner, length: int) -> None:
    with pytest.raises(ValueError, match="digest"):
        phone.sign_digest(bytes(length))


_FORKING = """
import os
from cryptography.hazmat.primitives.asymmetric import ec
from backend.credentials.signing import LocalSigner

signer = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
signer.sign(b"before")
for child in range(4):
    if os.fork() == 0:
        for _ in range(50):
            os.write(1, signer.sign(b"one message")[:32])
        os._exit(0)
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
"""


def test_forked_processes_share_no_randomness() -> None:
    """Two signatures with one r would tell the key; a run forks its carriers."""
    told = subprocess.run(
        [sys.executable, "-c", _FORKING], capture_output=True, check=True
    ).stdout
    firsts = [told[start : start + 32] for start in range(0, len(told), 32)]

    assert len(firsts) == len(set(firsts)) == 200


def test_a_signature_is_never_shorter_or_longer(phone: LocalSigner) -> None:
    """Not even where the number that it spells would be the same."""
    signature = phone.sign(b"message")
    while signature[32] != 0:
        signature = phone.sign(b"message")
    assert phone.public.verify(b"message", signature)
    r, s = signature[:32], signature[32:]
    for respelt in (r + s[1:], r + b"\0" + s):
        assert not phone.public.verify(b"message", respelt)


def test_every_signature_has_a_twin(phone: LocalSigner) -> None:
    signature = phone.sign(b"message")
    s = int.from_bytes(signature[32:])
    twin = signature[:32] + (ORDER - s).to_bytes(32)
    assert twin != signature
    assert phone.public.verify(b"message", twin)


def test_a_private_key_does_not_print_itself(phone: LocalSigner) -> None:
    assert "private" not in repr(phone)


@pytest.mark.parametrize(
    "text", ["AA==", "AA=", "A", "AB", "A A", "A+A/", "AA\n", "あ"]
)
def test_base64url_has_one_spelling(text: str) -> None:
    with pytest.raises(ValueError, match=r"base64url|ASCII"):
        base64url.decode(text)


def test_base64url_reads_what_it_writes() -> None:
    for length in range(40):
        octets = bytes(range(250 - length, 250))
        assert base64url.decode(base64url.encode(octets)) == octets
