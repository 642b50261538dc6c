"""A new file that only its owner may read: taken first, kept only if all goes well."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from backend.domain.errors import MalformedError
from backend.domain.words import Words


@contextmanager
def new_file(path: Path, option: str) -> Iterator[Callable[[bytes], None]]:
    """How to write the whole of a new file, again at will; on return it is on the disk.

    A failure in the block leaves no file. Raises MalformedError, naming the option, if
    the file exists, and OSError if it cannot be made.
    """
    with new_stream(path, option) as file:

        def write(content: bytes) -> None:
            file.seek(0)
            file.write(content)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())

        yield write


@contextmanager
def new_stream(path: Path, option: str) -> Iterator[BinaryIO]:
    """A new file to be written piece by piece; else as `new_file`."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise file_exists(option) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def file_exists(option: str) -> MalformedError:
    """The error for a file that would be written over."""
    return MalformedError(option, _EXISTS, _NAME_ANOTHER)


_EXISTS = Words("そのファイルは既にあります。", "That file exists already.")
_NAME_ANOTHER = Words(
    "別の名前を指定してください。上書きはしません。",
    "Choose another name: nothing is overwritten.",
)
