"""Files that only their owner may read: written whole or not at all, never replaced."""

import os
import stat
import tempfile
from pathlib import Path

from backend.domain.words import Words
from backend.keyring.errors import KeyringError

MAX_BYTES = 64 * 1024  # a key file is under 1 KiB; anything larger is a mistake


def write_private(path: Path, content: bytes) -> None:
    """Create `path` with mode 0600; on return name and content are on the disk.

    The content is written under another name and then linked into place: whoever
    sees the file sees all of it, and a file that is there already is kept (unlike with
    a rename), because what it protects would be lost with it.

    Raises `KeyringError` when the file exists or cannot be written.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)  # 0600
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.link(name, path)
        finally:
            os.unlink(name)
        _sync_directory(path.parent)
    except FileExistsError:
        raise KeyringError(
            Words(f"{path.name}は既にあります", f"{path.name} exists already"),
            Words("別の場所を使ってください", "keep it, or choose another directory"),
        ) from None
    except OSError as error:
        raise _failed(path, error) from error


def read_private(path: Path) -> bytes:
    """The content of a file that nobody but its owner may touch.

    Raises `KeyringError` when it is missing, not a plain file, open to its group or to
    everyone, or larger than 64 KiB.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            _refuse_loose(path, os.fstat(file.fileno()).st_mode)
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _failed(path, error) from error
    if len(content) > MAX_BYTES:
        raise KeyringError(
            Words(f"{path.name}が大きすぎます", f"{path.name} is too large"),
            Words("正しいファイルを置いてください", "put the right file in its place"),
        )
    return content


def _refuse_loose(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise KeyringError(
            Words(
                f"{path.name}は普通のファイルではありません", f"{path.name}: no file"
            ),
            Words("正しいファイルを置いてください", "put the right file in its place"),
        )
    if mode & 0o077:
        raise KeyringError(
            Words(
                f"{path.name}を所有者以外も読み書きできます",
                f"{path.name} is open to others than its owner",
            ),
            Words(f"chmod 600 {path}", f"chmod 600 {path}"),
        )


def _failed(path: Path, error: OSError) -> KeyringError:
    return KeyringError(
        Words(
            f"{path.name}を扱えません: {error.strerror}",
            f"{path.name}: {error.strerror}",
        ),
        Words(
            f"{path.parent}を確かめてください(作り方はkeys/README.md)",
            f"look at {path.parent}; keys/README.md says how to make what lives there",
        ),
    )


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
