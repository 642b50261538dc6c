"""The journal of sealed checkpoints, kept outside the database.

A text file that only grows, one sealed checkpoint a line (the caller seals and opens
them). Its worth is its place: on another disk, with the append-only attribute
(`chattr +a`), or copied to another host, it shows a log cut short or rewritten.
"""

import errno
import fcntl
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from backend.domain.errors import MalformedError, NotFoundError, UnavailableError
from backend.domain.words import Words

# The alphabet of compact JWS (RFC 7515 §7.1), so that a mark can never be a seal.
_SEALED = re.compile(r"[A-Za-z0-9_.-]{1,4096}")
_TORN_MARK = b"#torn\n"
_OWNER_ONLY = 0o600
_CHUNK_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Journal:
    """The sealed checkpoints in the order written, and what a crash left behind.

    `torn`: numbers (from 1) of lines whose writing was cut off, so that they were
    never relied upon; they are not among `sealed`.
    """

    sealed: tuple[str, ...]
    torn: tuple[int, ...]


def append_checkpoint(path: Path, after: Callable[[Iterator[str]], str | None]) -> None:
    """Add what `after` makes of the sealed ones so far; on return it is on the disk.

    `after` is given them newest first, and may answer None for nothing to add. Server
    and command line may both seal, so it works under the file's lock. A line torn by
    an earlier crash is closed with a mark first, because an append-only file cannot be
    mended.

    Raises `MalformedError` unless the answer is of the alphabet of a compact JWS, and
    `UnavailableError` when the disk does not take the whole line.
    """
    try:
        is_new = not path.exists()
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, _OWNER_ONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            sealed = after(_newest_first(descriptor))
            if sealed is not None:
                _write_whole(descriptor, _line(sealed))
        finally:
            os.close(descriptor)
        if is_new:
            _sync_directory(path.parent)
    except OSError as error:
        raise _unavailable("書けません", "written", error) from error


def newest_checkpoints(path: Path) -> Iterator[str]:
    """The sealed checkpoints, newest first, read no further than is asked for.

    Raises as `read_checkpoints`, but names no line: it does not know their number.
    """
    try:
        with path.open("rb") as file:
            yield from _newest_first(file.fileno())
    except FileNotFoundError:
        raise NotFoundError("checkpoint file") from None
    except OSError as error:
        raise _unavailable("読めません", "read", error) from error


def read_checkpoints(path: Path) -> Journal:
    """All sealed checkpoints of the journal, and the torn lines.

    Raises `NotFoundError` when there is no such file, `UnavailableError` when it
    cannot be read, and `MalformedError` naming the line number when a line is neither
    a sealed checkpoint nor torn.
    """
    sealed, torn = [], []
    try:
        for number, line in enumerate(_lines(path), start=1):
            if line.endswith(_TORN_MARK) or not line.endswith(b"\n"):
                torn.append(number)
            else:
                sealed.append(_sealed_text(line[:-1], f" line {number}"))
    except FileNotFoundError:
        raise NotFoundError("checkpoint file") from None
    except OSError as error:
        raise _unavailable("読めません", "read", error) from error
    return Journal(tuple(sealed), tuple(torn))


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _newest_first(descriptor: int) -> Iterator[str]:
    """From the end: a journal grows for years, and only its last lines are wanted."""
    # What follows the last line's end is nothing, or torn.
    for line in islice(_lines_from_end(descriptor), 1, None):
        if not line.endswith(_TORN_MARK[:-1]):
            yield _sealed_text(line, "")


def _lines_from_end(descriptor: int) -> Iterator[bytes]:
    start, line = os.fstat(descriptor).st_size, b""
    while start > 0:
        length = min(_CHUNK_BYTES, start)
        start -= length
        line, *later = (os.pread(descriptor, length, start) + line).split(b"\n")
        yield from reversed(later)
    yield line


def _line(sealed: str) -> bytes:
    if not _SEALED.fullmatch(sealed):
        raise _malformed("checkpoint", "封印の形ではありません", "is not a sealed one")
    return sealed.encode("ascii") + b"\n"


def _sealed_text(line: bytes, place: str) -> str:
    text = line.decode("ascii", errors="replace")
    if not _SEALED.fullmatch(text):
        raise _malformed(
            f"checkpoint file{place}", "壊れた行です", "the line is damaged"
        )
    return text


def _write_whole(descriptor: int, line: bytes) -> None:
    size = os.fstat(descriptor).st_size
    is_torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
    whole = _TORN_MARK + line if is_torn else line
    if os.write(descriptor, whole) != len(whole):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(descriptor)


def _sync_directory(directory: Path) -> None:
    """Make the new name durable, not only the content."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _malformed(field: str, ja: str, en: str) -> MalformedError:
    return MalformedError(
        field,
        Words(ja, en),
        Words(
            "写しと比べて、いつ変わったかを調べてください",
            "compare it with a copy kept elsewhere, and find out when it changed",
        ),
    )


def _unavailable(ja: str, en: str, error: OSError) -> UnavailableError:
    return UnavailableError(
        Words(
            f"封印ファイルが{ja}: {error.strerror}",
            f"the checkpoint file cannot be {en}: {error.strerror}",
        )
    )
