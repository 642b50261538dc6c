"""The passphrase: what the settings give goes before what lies beside the keys."""

import stat
from pathlib import Path

import pytest

from backend.keyring.errors import KeyringError
from backend.keyring.key_file import create_key_file, load_signer
from backend.keyring.passphrase import create_passphrase, read_passphrase

RANDOM = bytes(range(32))


def test_the_given_passphrase_goes_first(tmp_path: Path) -> None:
    create_passphrase(tmp_path, RANDOM)
    given = "二十バイトより長い合言葉"
    assert given.encode() == read_passphrase(given, tmp_path)


def test_without_one_the_file_is_read(tmp_path: Path) -> None:
    created = create_passphrase(tmp_path, RANDOM)
    assert RANDOM.hex().encode() == created == read_passphrase(None, tmp_path)
    assert 0o600 == stat.S_IMODE((tmp_path / "passphrase").stat().st_mode)


def test_a_line_end_of_an_editor_is_not_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes(b" a passphrase of words \r\n")
    path.chmod(0o600)
    assert b" a passphrase of words " == read_passphrase(None, tmp_path)


def test_a_second_set_up_keeps_the_first(tmp_path: Path) -> None:
    create_passphrase(tmp_path, RANDOM)
    with pytest.raises(KeyringError):
        create_passphrase(tmp_path, bytes(32))
    assert RANDOM.hex().encode() == read_passphrase(None, tmp_path)


@pytest.mark.parametrize("length", [0, 19, 1024])
def test_a_short_or_endless_passphrase_is_refused(tmp_path: Path, length: int) -> None:
    with pytest.raises(KeyringError, match="20 to 1023"):
        read_passphrase("x" * length, tmp_path)


@pytest.mark.parametrize("length", [20, 1023])
def test_the_shortest_and_the_longest_lock_a_key(tmp_path: Path, length: int) -> None:
    passphrase = read_passphrase("x" * length, tmp_path)
    kid = create_key_file(tmp_path, passphrase, "").kid
    assert kid == load_signer(tmp_path / f"{kid}.pem", passphrase).kid


def test_bytes_that_are_no_text_survive_the_environment(tmp_path: Path) -> None:
    given = bytes(range(128, 160)).decode(errors="surrogateescape")
    assert bytes(range(128, 160)) == read_passphrase(given, tmp_path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "passphrase").touch(0o600)
    with pytest.raises(KeyringError):
        read_passphrase(None, tmp_path)


def test_a_loose_file_is_refused(tmp_path: Path) -> None:
    create_passphrase(tmp_path, RANDOM)
    (tmp_path / "passphrase").chmod(0o644)
    with pytest.raises(KeyringError, match="open to others"):
        read_passphrase(None, tmp_path)


def test_no_passphrase_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyringError):
        read_passphrase(None, tmp_path)


@pytest.mark.parametrize("length", [0, 16, 33])
def test_a_passphrase_is_made_of_32_bytes(tmp_path: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32"):
        create_passphrase(tmp_path, bytes(length))
