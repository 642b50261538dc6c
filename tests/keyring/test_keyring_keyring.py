"""The keyring: makes keys, finds them by kid, reads each file once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from backend.credentials.key_set import KeyPurpose, KeyRecord, KeySet, KeyState
from backend.credentials.signing import PublicKey
from backend.domain.errors import NotFoundError
from backend.keyring import keyring as keyring_module
from backend.keyring.errors import KeyringError
from backend.keyring.keyring import Keyring

INSURER = "01130012"


def test_a_created_key_signs_under_its_public_half(
    keyring: Keyring, at: datetime
) -> None:
    kid, jwk = keyring.create(KeyPurpose.ISSUING, INSURER, at)
    public = PublicKey.from_jwk(jwk)
    assert (kid, kid) == (public.kid, keyring.signer(kid).kid)
    assert public.verify(b"message", keyring.signer(kid).sign(b"message"))
    assert {"crv", "kty", "x", "y"} == set(jwk)


def test_a_created_key_fits_a_record(keyring: Keyring, at: datetime) -> None:
    kid, jwk = keyring.create(KeyPurpose.SERVICE, None, at)
    record = KeyRecord(
        kid, KeyPurpose.SERVICE, None, PublicKey.from_jwk(jwk), KeyState.ACTIVE
    )
    assert record == KeySet([record]).active(KeyPurpose.SERVICE, None)


def test_a_key_file_says_what_it_is_for(
    keyring: Keyring, at: datetime, tmp_path: Path
) -> None:
    kid, _ = keyring.create(KeyPurpose.ISSUING, INSURER, at)
    heading = (tmp_path / f"{kid}.pem").read_text().splitlines()[:3]
    assert heading == [
        "Purpose: issuing",
        "Insurer: 01130012",
        "Created: 2026-11-23T09:00:00+00:00",
    ]


def test_keys_are_found_after_a_restart(
    keyring: Keyring, at: datetime, tmp_path: Path
) -> None:
    kid, jwk = keyring.create(KeyPurpose.SERVICE, None, at)
    again = Keyring(tmp_path, b"only for tests")
    assert again.has(kid)
    assert PublicKey.from_jwk(jwk).verify(
        b"message", again.signer(kid).sign(b"message")
    )


@pytest.mark.parametrize("kid", ["AAAAAAAA", "", "../keys", "A/../../B", "a" * 8])
def test_an_unknown_key_is_not_found(keyring: Keyring, kid: str) -> None:
    assert not keyring.has(kid)
    with pytest.raises(NotFoundError):
        keyring.signer(kid)


def test_a_kid_is_never_a_path(keyring: Keyring, at: datetime, tmp_path: Path) -> None:
    kid, _ = keyring.create(KeyPurpose.SERVICE, None, at)
    inner = Keyring(tmp_path / "inner", b"only for tests")
    (tmp_path / "inner").mkdir()
    assert (tmp_path / "inner" / f"../{kid}.pem").exists()
    assert not inner.has(f"../{kid}")


def test_another_passphrase_opens_nothing(
    keyring: Keyring, at: datetime, tmp_path: Path
) -> None:
    kid, _ = keyring.create(KeyPurpose.SERVICE, None, at)
    with pytest.raises(KeyringError):
        Keyring(tmp_path, b"another").signer(kid)


def test_each_file_is_read_once_however_many_ask(
    keyring: Keyring, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    kid, _ = keyring.create(KeyPurpose.SERVICE, None, at)
    read: list[Path] = []
    load = keyring_module.load_signer

    def watch(path: Path, passphrase: bytes) -> object:
        read.append(path)
        return load(path, passphrase)

    monkeypatch.setattr(keyring_module, "load_signer", watch)
    with ThreadPoolExecutor(8) as pool:
        signers = list(pool.map(keyring.signer, [kid] * 32))
    assert 1 == len(read)
    assert 1 == len({id(signer) for signer in signers})
