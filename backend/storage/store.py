"""The Store: one narrow contract in the domain's words, kept by every driver.

A driver is native and shares no code with its neighbours; tests/storage runs the
same suite over each. Reads see one consistent state. A write is committed, durably,
before it returns; when that cannot be, nothing is written and `UnavailableError` is
raised. What contradicts the record (an id used twice, a coverage of nobody) raises
`ConflictError` when the write ends.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from backend.storage.access import Access
from backend.storage.aside import Aside
from backend.storage.desk import Desk, Lists
from backend.storage.figures import Figures
from backend.storage.members import Members
from backend.storage.minted import Minted
from backend.storage.papers import Papers
from backend.storage.passkeys import Passkeys
from backend.storage.register import Register
from backend.storage.reports import Reports
from backend.storage.runs import Runs

T = TypeVar("T")


class Transaction(
    Register,
    Members,
    Papers,
    Access,
    Passkeys,
    Desk,
    Lists,
    Runs,
    Figures,
    Reports,
    Minted,
    Protocol,
):
    """One consistent state to read, or one change that happens whole or not at all."""

    def apart(self) -> AbstractContextManager[None]:
        """A part of a change that, if it raises, has not happened; the rest stands."""
        ...


class Store(Protocol):
    """The way in: read, or write."""

    def reading(self) -> AbstractContextManager[Transaction]:
        """One consistent state; nothing may be written through it (RuntimeError)."""
        ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """A write of its own: `BEGIN IMMEDIATE`, committed when the block ends well.

        Raises RuntimeError within another write of the same thread, and whenever a
        transaction is used after it has ended.
        """
        ...

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a transaction that may be shared with other callers.

        Each caller's work stands or falls alone (a savepoint each); the answer is
        returned only after the shared commit is durable.
        """
        ...

    def aside(self) -> AbstractContextManager[Aside]:
        """Numbers by name that nobody else sees and that go when the block ends.

        They are kept on the disk: memory does not grow with them.
        """
        ...

    def close(self) -> None: ...
