"""The contract of access: enrolled keys, one-time codes, proofs used once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from backend.storage.rows import AccessToken, Client, ClientKind, OneTimeCode, Operator


class Access(Protocol):
    """Enrolled keys, one-time codes, access tokens, proofs used once."""

    def put_code(self, code: OneTimeCode) -> None: ...
    def code(self, mac: bytes) -> OneTimeCode | None: ...
    def use_code(self, mac: bytes, at: datetime) -> bool:
        """Spend a code; False if it was spent already."""
        ...

    def void_codes(
        self, kind: ClientKind, party: str, insurer: str, at: datetime
    ) -> None:
        """Spend every code of a party that an insurer made and nobody has used."""
        ...

    def put_client(self, client: Client) -> None: ...
    def client(self, client_id: str) -> Client | None: ...
    def clients_of(self, kind: ClientKind, party: str) -> Sequence[Client]:
        """A party's keys, ended ones too, oldest first; not its operators' sessions."""
        ...

    def revoke_client(self, client_id: str, at: datetime) -> None: ...
    def operator(self, operator_id: str) -> Operator | None: ...
    def put_operator(self, operator: Operator, mac: bytes) -> None: ...
    def operator_by_mac(self, mac: bytes) -> Operator | None:
        """The operator whose word has this keyed digest, ended or not."""
        ...

    def operators_of(self, insurer: str) -> Sequence[Operator]: ...
    def end_operator(self, operator_id: str, at: datetime) -> bool:
        """End an operator; False if there is none of this id that is not ended."""
        ...

    def put_access_token(
        self, digest: bytes, client_id: str, expires_at: datetime
    ) -> None: ...
    def access_token(self, digest: bytes) -> AccessToken | None: ...
    def spend_once(self, purpose: str, key: bytes, until: datetime) -> bool:
        """Spend a proof's identifier; False if it was spent before.

        `until` is a part of it: whoever proves the one proves the other. False
        too if what ended by `until` is forgotten (`Desk.has_forgotten`).
        """
        ...

    def take(
        self, bucket: str, at: datetime, per_window: int, window_seconds: int
    ) -> bool:
        """Count one use in a fixed window; False when the window is full."""
        ...

    def taken(self, bucket: str, at: datetime, window_seconds: int) -> int:
        """How many uses the present window has counted."""
        ...
