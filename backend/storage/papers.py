"""The contract of papers: intents, signatures, withdrawals, status lists, keys."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from backend.storage.batch_rows import CertificateIntents, OpenBatch
from backend.storage.rows import (
    IssuedCertificate,
    IssuedToken,
    KeyRow,
    ShownToken,
    StatusPlace,
    TokenIntent,
    Withdrawal,
)


class Papers(Protocol):
    """Intents, certificates, tokens, withdrawals, status lists. Append-only."""

    def allocate_status(
        self, insurer: str, wanted: int, random_bytes: Callable[[int], bytes]
    ) -> Sequence[StatusPlace]:
        """Random places that no paper ever had or will have again."""
        ...

    def put_intent(self, intent: TokenIntent) -> None:
        """Note the token about to be signed; no two intents have one id or one place.

        One that its phone never got stays as it is: another is issued.
        """
        ...

    def open_batch(
        self, insurer: str, kid: str, intents: CertificateIntents, at: datetime
    ) -> OpenBatch:
        """Note the certificates about to be signed together, at least one."""
        ...

    def open_batches(self, insurer: str) -> Sequence[OpenBatch]:
        """What was noted and not signed yet, oldest first (after a crash).

        Without the intents of people who were erased since.
        """
        ...

    def serial_under_way(self, coverage_id: str, person_id: str) -> str | None:
        """The serial of a certificate of this coverage that awaits its signature."""
        ...

    def close_batch(
        self,
        batch: OpenBatch,
        signatures: Sequence[bytes],
        at: datetime,
        entry: int,
    ) -> bool:
        """Record the signatures of an open batch, and the log's entry that seals them.

        The signatures stand in the order of its numbers. False, and nothing is
        recorded, if the batch is closed already. Raises ConflictError for the
        signature of an intent that is not of this batch, ValueError unless there is
        one of 64 octets for each.
        """
        ...

    def sealed_batches(self) -> Iterator[tuple[int, Sequence[tuple[str, bytes]]]]:
        """Each closed batch: its entry in the log, and serial and digest of each."""
        ...

    def certificate(self, serial: str) -> IssuedCertificate | None:
        """A certificate with its newest withdrawal."""
        ...

    def certificates_of(
        self, person_id: str, insurer: str | None = None
    ) -> Sequence[IssuedCertificate]: ...
    def certificates_expiring(
        self, insurer: str, first_on: date, last_on: date, at_most: int
    ) -> int:
        """How many that were not revoked end on these days; counted up to `at_most`."""
        ...

    def certificates_by_key(self, kid: str) -> Sequence[IssuedCertificate]:
        """Everything that one key signed, oldest first."""
        ...

    def certificates(self) -> Iterator[IssuedCertificate]:
        """Everything ever signed for paper, oldest first; erased people's blanked."""
        ...

    def count_certificates(self) -> int:
        """How many those are."""
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
