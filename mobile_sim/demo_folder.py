"""The demo's own folders: emptied at each run, and no folder but its own."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MARK = ".made-by-the-demo"


class NotOursError(Exception):
    """A folder that the demo may not touch; the text says why and what to do."""


@contextmanager
def fresh_folder(folder: Path) -> Iterator[None]:
    """Make `folder` an empty folder of the demo's, and keep it while the demo runs.

    Only its owner may read it. What an earlier demo left in it is deleted. Raises
    NotOursError if it holds anything and does not bear the demo's mark, or if another
    demo runs in it.
    """
    _require_ours(folder)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with (folder / _MARK).open("w") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise NotOursError(
                f"{folder} では別のデモが動いています。終了させるか、--data-dir と"
                f" --keys-dir で別の場所を選んでください。 / Another demo runs in"
                f" {folder}. End it, or choose another --data-dir and --keys-dir."
            ) from None
        _empty(folder)
        yield


def _require_ours(folder: Path) -> None:
    if not folder.exists():
        return
    is_folder = folder.is_dir() and not folder.is_symlink()
    if not is_folder or (any(folder.iterdir()) and not (folder / _MARK).is_file()):
        raise NotOursError(
            f"{folder} はデモのフォルダーではないため触りません。空のフォルダーを"
            f"指定してください。 / {folder} is not the demo's; it was left alone."
            " Name an empty or a new folder (--data-dir, --keys-dir)."
        )


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != _MARK:
            entry.unlink()
