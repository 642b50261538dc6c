"""A new file that only its owner may read: taken first, kept only if all goes well."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.domain.errors import MalformedError
from backend.domain.words import Words


@contextmanager
def new_file(path: Path, option: str) -> Iterator[Callable[[bytes], None]]:
    """How to write the whole of a new file, again at will; on return it is on the disk.

    A failure in the block leaves no file. Raises MalformedError, naming the option, if
    the file exists, and OSError if it cannot be made.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise MalformedError(option, _EXISTS, _NAME_ANOTHER) from None
    try:
        with os.fdopen(descriptor, "wb") as file:

            def write(content: bytes) -> None:
                file.seek(0)
                file.write(content)
                file.truncate()
                file.flush()
                os.fsync(file.fileno())

            yield write
    except BaseException:
        path.unlink(missing_ok=True)
        raise


_EXISTS = Words("そのファイルは既にあります。", "That file exists already.")
_NAME_ANOTHER = Words(
    "別の名前を指定してください。上書きはしません。",
    "Choose another name: nothing is overwritten.",
)
