"""What `shikaku doctor` asks of folders and files before it opens any of them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from backend.cli.failing import words_of
from backend.cli.finding import Finding, finding
from backend.cli.opening import NO_DATABASE
from backend.settings import Settings

ROOM_BYTES = 256 << 20  # some hundred thousand checks: time enough to make more

_RESTORE = "バックアップから戻す / restore it from the backup (docs/commands.md)"
_OURS = "所有者として実行するか / run as its owner, or: chown {} {}"
_ROOM = "空きを作る / make room, or move SHIKAKU_DATA_DIR to a larger disk"
_WRITABLE = (
    "書き込める場所と権限にする（読み取り専用のディスクは不可） / make it writable for"
    " who runs shikaku; not on a read-only disk"
)


def about_files(settings: Settings, room: int = ROOM_BYTES) -> Iterator[Finding]:
    """Whether folders and files are there, ours, closed to others; `room` in bytes."""
    keys_dir, data_dir = settings.keys_dir, settings.data_dir
    try:
        is_new = not settings.database.exists()
        for name, folder in (("keys-dir", keys_dir), ("data-dir", data_dir)):
            if not folder.is_dir():
                cure = "shikaku init" if is_new else _RESTORE
                yield finding(name, False, str(folder), cure)
        for path in (*_secrets(keys_dir), *_data(data_dir)):
            yield from _about_rights(path)
        if data_dir.is_dir():
            free = shutil.disk_usage(data_dir).free
            yield finding("disk", free >= room, f"{free >> 20} MiB free", _ROOM)
    except OSError as error:
        yield finding("files", False, str(error.filename), str(words_of(error)))


def about_database(settings: Settings) -> Finding:
    """Whether there is a database to open, where it may be written."""
    path = settings.database
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return finding("database", False, f"{path}: なし none", str(NO_DATABASE))
    except OSError as error:
        return finding("database", False, str(path), str(words_of(error)))
    if size == 0:
        return finding("database", False, f"{path}: 空 empty", _RESTORE)
    is_writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)
    return finding("database", is_writable, str(path), _WRITABLE)


def _secrets(keys_dir: Path) -> list[Path]:
    named = [keys_dir, keys_dir / "master", keys_dir / "passphrase"]
    return [*(it for it in named if it.exists()), *sorted(keys_dir.glob("*.pem"))]


def _data(data_dir: Path) -> list[Path]:
    """The folder and the database with the files that SQLite lays beside it."""
    return [*([data_dir] if data_dir.is_dir() else []), *data_dir.glob("shikaku.db*")]


def _about_rights(path: Path) -> Iterator[Finding]:
    status = path.stat()
    mode = status.st_mode & 0o777
    allowed = 0o700 if path.is_dir() else 0o600
    name, cure = f"permissions {path.name}", f"chmod {allowed:o} {path}"
    yield finding(name, mode & 0o077 == 0, oct(mode), cure)
    if status.st_uid != os.geteuid():
        cure = _OURS.format(os.geteuid(), path)
        yield finding(f"owner {path.name}", False, f"uid {status.st_uid}", cure)
