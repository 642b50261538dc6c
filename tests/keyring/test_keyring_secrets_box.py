"""Sealed columns: a value opens in its own cell, whole, and nowhere else."""

import hashlib
import hmac
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.keyring.errors import KeyringError
from backend.keyring.secrets_box import (
    Cell,
    ColumnKeys,
    blind_index,
    create_master,
    read_master,
    seal,
    unseal,
)

MASTER = bytes(range(32))
NONCE = bytes(12)
KEYS = ColumnKeys.derive(MASTER, 1)
CELL = Cell("person", "17", "my_number")
NUMBER = "123456789012"  # fails the My Number check digit: nobody's
OCTETS = NUMBER.encode()


def test_what_was_sealed_opens() -> None:
    sealed = seal(KEYS, CELL, OCTETS, NONCE)
    assert 40 == len(sealed)  # 12 nonce + 12 digits + 16 tag
    assert OCTETS not in sealed
    assert OCTETS == unseal(KEYS, CELL, sealed)


@settings(max_examples=30)
@given(st.binary(), st.binary(min_size=12, max_size=12))
def test_any_content_opens_again(content: bytes, nonce: bytes) -> None:
    assert content == unseal(KEYS, CELL, seal(KEYS, CELL, content, nonce))


def test_another_nonce_gives_another_ciphertext() -> None:
    first = seal(KEYS, CELL, OCTETS, NONCE)
    second = seal(KEYS, CELL, OCTETS, b"\x01" * 12)
    assert first[12:] != second[12:]


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(CELL, table="member"),
        replace(CELL, row="18"),
        replace(CELL, column="other"),
        Cell("person1", "7", "my_number"),  # the same letters, cut elsewhere
        Cell("person", "1", "7my_number"),
    ],
)
def test_a_value_moved_to_another_cell_does_not_open(elsewhere: Cell) -> None:
    sealed = seal(KEYS, CELL, OCTETS, NONCE)
    with pytest.raises(KeyringError) as caught:
        unseal(KEYS, elsewhere, sealed)
    assert NUMBER not in str(caught.value)


@pytest.mark.parametrize(
    "keys",
    [
        ColumnKeys.derive(MASTER, 2),
        ColumnKeys.derive(bytes(32), 1),
        replace(KEYS, version=2),  # the key fits, the version said does not
    ],
)
def test_another_key_or_version_does_not_open(keys: ColumnKeys) -> None:
    with pytest.raises(KeyringError):
        unseal(keys, CELL, seal(KEYS, CELL, OCTETS, NONCE))


def test_no_cut_value_opens() -> None:
    sealed = seal(KEYS, CELL, OCTETS, NONCE)
    for length in range(len(sealed)):
        with pytest.raises(KeyringError):
            unseal(KEYS, CELL, sealed[:length])


def test_no_changed_byte_opens() -> None:
    sealed = seal(KEYS, CELL, OCTETS, NONCE)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(KeyringError):
            unseal(KEYS, CELL, bytes(changed))


def test_the_index_is_keyed_and_the_same_for_every_version() -> None:
    index = blind_index(KEYS.index, NUMBER)
    assert index == blind_index(ColumnKeys.derive(MASTER, 2).index, NUMBER)
    assert index != blind_index(ColumnKeys.derive(bytes(32), 1).index, NUMBER)
    assert index != blind_index(KEYS.index, "123456789013")
    assert index == hmac.new(KEYS.index, NUMBER.encode(), "sha256").digest()


def test_the_keys_are_apart() -> None:
    second = ColumnKeys.derive(MASTER, 2)
    keys = {MASTER, KEYS.encryption, KEYS.index, second.encryption}
    assert 4 == len(keys)
    assert {32} == {len(key) for key in keys}


def test_a_key_is_derived_as_rfc_5869_says() -> None:
    extracted = hmac.digest(bytes(32), MASTER, "sha256")
    info = b"shikaku column encryption v1"
    expected = hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()
    assert expected == KEYS.encryption


def test_keys_are_not_shown() -> None:
    assert "version=1" in repr(KEYS)
    assert repr(KEYS.encryption) not in repr(KEYS)
    assert repr(KEYS.index) not in repr(KEYS)


@pytest.mark.parametrize("length", [0, 11, 13])
def test_a_nonce_has_12_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="12"):
        seal(KEYS, CELL, OCTETS, bytes(length))


def test_the_master_is_made_once_for_its_owner(tmp_path: Path) -> None:
    assert MASTER == create_master(tmp_path, MASTER) == read_master(tmp_path)
    assert 0o600 == stat.S_IMODE((tmp_path / "master").stat().st_mode)
    with pytest.raises(KeyringError):
        create_master(tmp_path, bytes(32))
    assert MASTER == read_master(tmp_path)


def test_a_damaged_master_is_refused(tmp_path: Path) -> None:
    create_master(tmp_path, MASTER)
    (tmp_path / "master").write_bytes(MASTER[:31])
    with pytest.raises(KeyringError, match="damaged"):
        read_master(tmp_path)


def test_a_loose_master_is_refused(tmp_path: Path) -> None:
    create_master(tmp_path, MASTER)
    (tmp_path / "master").chmod(0o640)
    with pytest.raises(KeyringError, match="open to others"):
        read_master(tmp_path)


def test_a_master_is_made_of_32_bytes(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        create_master(tmp_path, bytes(31))
