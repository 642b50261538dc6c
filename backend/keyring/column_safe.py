"""The safe of the insurer's side: seals single columns, finds My Numbers again."""

from collections.abc import Callable
from dataclasses import dataclass, field

from backend.keyring.secrets_box import (
    NONCE_BYTES,
    Cell,
    ColumnKeys,
    blind_index,
    seal,
    unseal,
)


@dataclass(frozen=True, slots=True)
class ColumnSafe:
    """`registering.registrar.Safe` over the column keys of one version."""

    keys: ColumnKeys = field(repr=False)
    random_bytes: Callable[[int], bytes]

    def index(self, number: str) -> bytes:
        """The keyed digest of a My Number."""
        return blind_index(self.keys.index, number)

    def seal(self, table: str, row: str, column: str, content: bytes) -> bytes:
        """The content, encrypted for one cell and no other."""
        nonce = self.random_bytes(NONCE_BYTES)
        return seal(self.keys, Cell(table, row, column), content, nonce)

    def unseal(self, table: str, row: str, column: str, sealed: bytes) -> bytes:
        """The content sealed for this cell; raises KeyringError for any other."""
        return unseal(self.keys, Cell(table, row, column), sealed)
