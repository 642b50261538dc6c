"""The contract of papers: intents, signatures, withdrawals, status lists, keys."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from backend.storage.rows import (
    Intent,
    IssuedCertificate,
    IssuedToken,
    KeyRow,
    ShownToken,
    StatusPlace,
    Withdrawal,
)


class Papers(Protocol):
    """Intents, certificates, tokens, withdrawals, status lists. Append-only."""

    def allocate_status(
        self, insurer: str, count: int, random_bytes: Callable[[int], bytes]
    ) -> Sequence[StatusPlace]:
        """Random places that no paper ever had or will have again."""
        ...

    def put_intent(self, intent: Intent) -> None:
        """Note what is about to be signed; no two intents have one id or one place."""
        ...

    def unsigned_intents(self, insurer: str) -> Sequence[Intent]:
        """Certificates intended and not yet signed, oldest first (after a crash).

        A token that its phone never got is not among them: it is issued anew.
        """
        ...

    def put_certificate(self, certificate: IssuedCertificate) -> None:
        """Record a signature; raises ConflictError unless the same was intended."""
        ...

    def certificate(self, serial: str) -> IssuedCertificate | None:
        """A certificate with its newest withdrawal."""
        ...

    def certificates_of(
        self, person_id: str, insurer: str | None = None
    ) -> Sequence[IssuedCertificate]: ...
    def certificates_by_key(self, kid: str) -> Sequence[IssuedCertificate]:
        """Everything that one key signed, oldest first."""
        ...

    def certificates(self) -> Iterator[IssuedCertificate]:
        """Everything ever signed for paper, oldest first; erased people's blanked."""
        ...

    def put_token(self, token: IssuedToken) -> None:
        """Record a signature; raises ConflictError unless the same was intended."""
        ...

    def shown_token(self, handle: str) -> ShownToken | None:
        """What a check of a phone's code asks of its token."""
        ...

    def tokens_of(self, person_id: str) -> Sequence[IssuedToken]: ...
    def put_withdrawal(self, withdrawal: Withdrawal, place: StatusPlace) -> None:
        """Append a step in a paper's life.

        Raises ConflictError if no such paper stands at the place. After a revocation
        nothing more can be appended (ConflictError, when the write ends).
        """
        ...

    def status_lists(self) -> Sequence[tuple[str, int]]:
        """Every (insurer, list number)."""
        ...

    def status_entries(
        self, insurer: str, list_number: int
    ) -> tuple[int, Sequence[tuple[int, str]]]:
        """The list's size, and each index that was withdrawn with its newest kind.

        Raises NotFoundError for a list that was never opened.
        """
        ...

    def put_key(self, key: KeyRow) -> None:
        """Add a key or change its state."""
        ...

    def keys(self) -> Sequence[KeyRow]: ...
    def keys_version(self) -> int:
        """A number that grows whenever a key is added or changed."""
        ...
