"""Private files: their owner's alone, whole or absent, never replaced."""

import os
import stat
from pathlib import Path

import pytest

from backend.keyring.errors import KeyringError
from backend.keyring.private_file import MAX_BYTES, read_private, write_private


def test_what_was_written_is_read_and_is_its_owners_alone(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"secret")
    assert b"secret" == read_private(tmp_path / "key")
    assert 0o600 == stat.S_IMODE((tmp_path / "key").stat().st_mode)
    assert ["key"] == os.listdir(tmp_path)  # nothing half-made is left


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_the_mode_does_not_depend_on_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_private(tmp_path / "key", b"secret")
    finally:
        os.umask(before)
    assert 0o600 == stat.S_IMODE((tmp_path / "key").stat().st_mode)


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"first")
    with pytest.raises(KeyringError, match="exists already"):
        write_private(tmp_path / "key", b"second")
    assert b"first" == read_private(tmp_path / "key")
    assert ["key"] == os.listdir(tmp_path)


def test_content_is_on_the_disk_before_the_name_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, link = os.fsync, os.link

    def watch_fsync(descriptor: int) -> None:
        is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
        steps.append("file synced" if is_file else "directory synced")
        fsync(descriptor)

    def watch_link(source: str, target: Path) -> None:
        steps.append("linked")
        link(source, target)

    monkeypatch.setattr(os, "fsync", watch_fsync)
    monkeypatch.setattr(os, "link", watch_link)
    write_private(tmp_path / "key", b"secret")
    assert ["file synced", "linked", "directory synced"] == steps


@pytest.mark.parametrize("mode", [0o640, 0o620, 0o604, 0o602, 0o644, 0o610])
def test_a_loose_file_is_refused_with_the_cure(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    write_private(path, b"secret")
    path.chmod(mode)
    with pytest.raises(KeyringError) as caught:
        read_private(path)
    assert f"chmod 600 {path}" == caught.value.fix.en
    assert "secret" not in str(caught.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeyringError, match="No such file"):
        read_private(tmp_path / "key")


def test_a_missing_directory_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeyringError, match="No such file"):
        write_private(tmp_path / "missing" / "key", b"secret")


def test_a_directory_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(KeyringError):
            read_private(path)


def test_an_oversize_file_is_refused(tmp_path: Path) -> None:
    write_private(tmp_path / "most", bytes(MAX_BYTES))
    write_private(tmp_path / "more", bytes(MAX_BYTES + 1))
    assert MAX_BYTES == len(read_private(tmp_path / "most"))
    with pytest.raises(KeyringError, match="too large"):
        read_private(tmp_path / "more")
