"""The contract of the desk: what checks and uploads leave behind, and the log."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from backend.audit.events import AuditEntry
from backend.storage.rows import MemberList, SavedAnswer


class Desk(Protocol):
    """What a check leaves behind, and the log that proves it."""

    def spend_presentation(self, handle: str, at: datetime, spent_at: datetime) -> bool:
        """Spend a phone's code by handle and instant; False if spent before.

        False too if codes of its instant are forgotten (`has_forgotten`).
        """
        ...

    def saved_answer(
        self, client_party: str, idempotency_key: str
    ) -> SavedAnswer | None: ...
    def save_answer(self, answer: SavedAnswer) -> None:
        """Keep the newest answer under the party's key; an older one gives way."""
        ...

    def forget_transients(self, before: datetime) -> int:
        """Delete spent codes and proofs, answers, windows, access tokens of before.

        The answer is how many were deleted: at most a thousand of each kind, so that
        others may write in between. A caller goes on, one write each time, until it
        is 0; else a busy house remembers more every round.
        """
        ...

    def has_forgotten(self, at: datetime) -> bool:
        """Whether `at` is not after the latest spent code or proof ever deleted.

        What is that old cannot be told from its replay and is never spent (again),
        whatever our clock says now.
        """
        ...

    def append_audit(self, entry_at: Callable[[int], AuditEntry]) -> AuditEntry:
        """Remember for ever the entry made for the next sequence number."""
        ...

    def audit_entries(
        self, from_sequence: int = 0, limit: int | None = None
    ) -> Iterator[tuple[int, bytes]]:
        """(sequence, stored bytes), in order."""
        ...

    def audit_rows(self) -> Iterator[tuple[int, str | None, bytes]]:
        """Every row as it is stored, for proof: sequence, subject, bytes, in order."""
        ...

    def audit_of_person(
        self, person_id: str, subject: str, limit: int, before: int | None = None
    ) -> Sequence[AuditEntry]:
        """What is said of the subject, and what seals certificates of the person.

        Newest first; `before` is an exclusive sequence number to page on.
        """
        ...

    def audit_size(self) -> int:
        """How many entries there are; the next has this sequence number."""
        ...


class Lists(Protocol):
    """Uploaded member lists, between their preview and their commitment."""

    def put_list(self, member_list: MemberList) -> None: ...
    def member_list(self, list_id: str) -> MemberList | None: ...
    def list_under_way(self, insurer: str) -> str | None:
        """The id of the insurer's list that was begun and is not committed yet."""
        ...

    def lists_under_way(self) -> Sequence[tuple[str, str]]:
        """Insurer and id of every list that was begun and is not committed yet."""
        ...

    def begin_list(self, list_id: str, at: datetime) -> None:
        """Put under way what is neither begun nor committed.

        Raises ConflictError if another list of the insurer is under way.
        """
        ...

    def decide_list(self, list_id: str, decision: bytes) -> None:
        """Settle a list that is under way; the first decision stands."""
        ...

    def abandon_list(self, list_id: str) -> None:
        """Take back that a list was begun, unless it is decided or committed."""
        ...

    def commit_list(self, list_id: str, plan: bytes, at: datetime) -> bool:
        """Mark as committed, with `plan` in the place of what was uploaded.

        False, and nothing changes, if it was committed already or is not there.
        """
        ...

    def forget_lists(self, before: datetime) -> int:
        """Delete a list that was uploaded before an instant and never begun.

        The answer is how many were deleted: one at most, for a list may be large and
        others want to write. A caller goes on, one write each time, until it is 0.
        """
        ...
