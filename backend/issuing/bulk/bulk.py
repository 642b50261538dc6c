"""What bulk runs need: the issuer, a safe for lists, and who must approve."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from backend.issuing.issuer import Issuer


class Safe(Protocol):
    """Seals what must not be read out of the database: the lines of a list.

    What is sealed for one cell (table, row, column) opens for no other.
    """

    def seal(self, table: str, row: str, column: str, content: bytes) -> bytes:
        """The content, encrypted for one cell."""
        ...

    def unseal(self, table: str, row: str, column: str, sealed: bytes) -> bytes:
        """The content that was sealed for this cell."""
        ...


@dataclass(frozen=True, slots=True)
class Bulk:
    """The dependencies of bulk runs; the composition root puts them together.

    A run of more lines than `approval_above` waits for a second operator.
    """

    issuer: Issuer
    safe: Safe
    approval_above: int
    random_bytes: Callable[[int], bytes]
