"""Key files: locked, their owner's alone, and holding the key they are named after."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from backend.credentials.signing import LocalSigner
from backend.keyring.errors import KeyringError
from backend.keyring.key_file import create_key_file, load_signer

PASSPHRASE = b"only for tests"
LOCKED = BestAvailableEncryption(PASSPHRASE)


def _write(
    path: Path,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey,
    lock: KeySerializationEncryption = LOCKED,
) -> None:
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))
    path.chmod(0o600)


def test_what_was_created_loads_and_signs(tmp_path: Path) -> None:
    created = create_key_file(tmp_path, PASSPHRASE, "Purpose: test")
    loaded = load_signer(tmp_path / f"{created.kid}.pem", PASSPHRASE)
    assert created.kid == loaded.kid == created.public.kid
    assert created.public.verify(b"message", loaded.sign(b"message"))


def test_the_file_is_locked_and_its_owners_alone(tmp_path: Path) -> None:
    created = create_key_file(tmp_path, PASSPHRASE, "Purpose: test")
    path = tmp_path / f"{created.kid}.pem"
    text = path.read_text()
    assert text.startswith("Purpose: test\n-----BEGIN ENCRYPTED ")
    assert PASSPHRASE.decode() not in text
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert [path] == list(tmp_path.iterdir())


def test_every_key_is_another(tmp_path: Path) -> None:
    kids = {create_key_file(tmp_path, PASSPHRASE, "").kid for _ in range(3)}
    assert {f"{kid}.pem" for kid in kids} == {p.name for p in tmp_path.iterdir()}
    assert 3 == len(kids)


@pytest.mark.parametrize("other", [b"not this one", PASSPHRASE + b" ", b"x" * 2000])
def test_another_passphrase_does_not_open(tmp_path: Path, other: bytes) -> None:
    kid = create_key_file(tmp_path, PASSPHRASE, "").kid
    with pytest.raises(KeyringError, match="passphrase") as caught:
        load_signer(tmp_path / f"{kid}.pem", other)
    assert other.decode() not in str(caught.value)


def test_a_loose_key_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / f"{create_key_file(tmp_path, PASSPHRASE, '').kid}.pem"
    path.chmod(0o644)
    with pytest.raises(KeyringError, match="open to others"):
        load_signer(path, PASSPHRASE)


def test_a_key_under_another_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / f"{create_key_file(tmp_path, PASSPHRASE, '').kid}.pem"
    path.rename(tmp_path / "AAAAAAAA.pem")
    with pytest.raises(KeyringError, match="another key"):
        load_signer(tmp_path / "AAAAAAAA.pem", PASSPHRASE)


def test_a_key_that_is_not_locked_is_refused(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    path = tmp_path / f"{LocalSigner.of(key).kid}.pem"
    _write(path, key, NoEncryption())
    with pytest.raises(KeyringError, match="not locked"):
        load_signer(path, PASSPHRASE)


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP384R1()),
        ec.generate_private_key(ec.SECP256K1()),
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["P-384", "secp256k1", "Ed25519", "RSA"],
)
def test_a_key_of_another_kind_is_refused(
    tmp_path: Path,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey,
) -> None:
    _write(tmp_path / "AAAAAAAA.pem", key)
    with pytest.raises(KeyringError, match="P-256"):
        load_signer(tmp_path / "AAAAAAAA.pem", PASSPHRASE)


def test_a_damaged_file_is_refused_at_every_cut(tmp_path: Path) -> None:
    path = tmp_path / f"{create_key_file(tmp_path, PASSPHRASE, '').kid}.pem"
    whole = path.read_bytes().rstrip()
    for length in range(0, len(whole), 25):
        path.write_bytes(whole[:length])
        with pytest.raises(KeyringError):
            load_signer(path, PASSPHRASE)


def test_no_key_shows_in_a_signers_text(tmp_path: Path) -> None:
    created = create_key_file(tmp_path, PASSPHRASE, "")
    assert f"LocalSigner(kid='{created.kid}')" == repr(created)
