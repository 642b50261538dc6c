"""Numbers by name that are set aside while a long list is read."""

from typing import Protocol


class Aside(Protocol):
    """What a dictionary does, also where there are more names than memory holds."""

    def __contains__(self, name: object, /) -> bool: ...

    def get(self, name: str, /) -> int | None:
        """The number of a name, or None."""
        ...

    def __setitem__(self, name: str, number: int, /) -> None: ...
