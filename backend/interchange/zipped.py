"""A zip that an insurer sends: the one list in it, and no trap (bombs, overlaps).

The limits are asked before anything is unpacked. What is unpacked can then be no more
than the directory says: `zipfile` reads no further and compares the checksum.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from backend.domain.errors import MalformedError
from backend.domain.words import Words
from backend.interchange.encoding import FILE
from backend.interchange.list_limits import ListLimits

_LOCAL_HEADER = 30  # bytes before name and extra field (APPNOTE 4.3.7)
_JUNK_FOLDER, _JUNK_NAMES = "__MACOSX/", (".DS_Store", "Thumbs.db")
_ENCRYPTED, _NAME_IS_UTF8 = 0x1, 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@contextmanager
def opened_zip(source: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """The zip; raises MalformedError where it is damaged, now or while it is read."""
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError):
        raise _refused(_DAMAGED, _ZIP_AGAIN) from None


def entries(archive: zipfile.ZipFile, limits: ListLimits) -> list[zipfile.ZipInfo]:
    """What is in a zip but folders and what systems leave behind.

    Raises MalformedError: too many or too large entries, entries that overlap, that
    are encrypted or packed by a method other than deflate.
    """
    found = archive.infolist()
    if len(found) > limits.entries:
        raise _refused(_TOO_MANY, _ONE_LIST)
    _require_apart(archive, found)
    wanted = [it for it in found if not _is_junk(it)]
    for it in wanted:
        _require_bearable(it, limits)
    if sum(it.file_size for it in wanted) > limits.unpacked_bytes:
        raise _refused(_BOMB, _SMALLER)
    return wanted


def _is_junk(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    return (
        entry.is_dir()
        or name.startswith(_JUNK_FOLDER)
        or name.rpartition("/")[2] in _JUNK_NAMES
    )


def _require_apart(archive: zipfile.ZipFile, found: list[zipfile.ZipInfo]) -> None:
    """Entries that share bytes unpack to far more than the file holds."""
    in_order = sorted(found, key=lambda it: it.header_offset)
    starts = [it.header_offset for it in in_order[1:]] + [archive.start_dir]
    for it, following in zip(in_order, starts, strict=True):
        whole = _LOCAL_HEADER + len(_raw_name(it)) + it.compress_size
        if it.header_offset + whole > following:
            raise _refused(_OVERLAP, _ZIP_AGAIN)


def _raw_name(entry: zipfile.ZipInfo) -> bytes:
    """The name as it stands before the entry (APPNOTE, appendix D)."""
    is_utf8 = entry.flag_bits & _NAME_IS_UTF8
    return entry.orig_filename.encode("utf-8" if is_utf8 else "cp437")


def _require_bearable(entry: zipfile.ZipInfo, limits: ListLimits) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise _refused(_HAS_PASSWORD, _NO_PASSWORD)
    if entry.compress_type not in _METHODS:
        raise _refused(_OTHER_METHOD, _ZIP_AGAIN)
    is_steep = entry.file_size > limits.ratio * max(entry.compress_size, 1)
    if entry.file_size > limits.unpacked_bytes or (
        is_steep and entry.file_size > limits.steep_bytes
    ):
        raise _refused(_BOMB, _SMALLER)


def _refused(reason: Words, fix: Words) -> MalformedError:
    return MalformedError(FILE, reason, fix)


_DAMAGED = Words(
    "zip（または xlsx）が壊れているか、途中で切れています。",
    "The zip (or xlsx) is damaged or cut short.",
)
_OVERLAP = Words(
    "zip の中のファイルが重なり合っています。", "Files in the zip overlap one another."
)
_ZIP_AGAIN = Words(
    "元のファイルから作り直して送ってください。",
    "Make it again from the original file and send it.",
)
_TOO_MANY = Words("zip に多数のファイルがあります。", "The zip holds too many files.")
_ONE_LIST = Words("一覧を1つだけ入れてください。", "Put exactly one list into the zip.")
_HAS_PASSWORD = Words("パスワード付きの zip です。", "The zip has a password.")
_NO_PASSWORD = Words(
    "パスワードを付けずに作り直してください（通信は暗号化されています）。",
    "Make it again without a password: the connection is encrypted.",
)
_OTHER_METHOD = Words(
    "読めない圧縮方式の zip です。",
    "The zip is packed by a method that we do not read.",
)
_BOMB = Words("展開すると大きくなりすぎます。", "Unpacked, it would become too large.")
_SMALLER = Words(
    "一覧だけを入れるか、ファイルを分けて送ってください。",
    "Put only the list into it, or send it in several files.",
)
