"""The contract of passkeys: by which operators sign in to the console, and sessions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from backend.storage.rows import Client, Passkey


class Passkeys(Protocol):
    """Operators' passkeys and the sessions that they open."""

    def put_passkey(self, passkey: Passkey) -> None: ...
    def passkey(self, passkey_id: bytes) -> Passkey | None:
        """The passkey of this credential id, ended or not."""
        ...

    def passkeys_of(self, operator_id: str) -> Sequence[Passkey]:
        """All of an operator's, ended ones included, oldest first."""
        ...

    def use_passkey(self, passkey_id: bytes, sign_count: int, at: datetime) -> bool:
        """Note a signature; False for an ended passkey or a count that does not grow.

        A count of 0 after 0 is good: such an authenticator does not count.
        """
        ...

    def end_passkeys(self, operator_id: str, at: datetime) -> None: ...
    def sessions_of(self, operator_id: str) -> Sequence[Client]:
        """Every session that an operator ever opened, oldest first."""
        ...
