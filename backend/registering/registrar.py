"""What the register's use cases need: the store, a safe for secrets, randomness."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from backend.domain.errors import ConflictError, NotFoundError
from backend.domain.insurer_number import InsurerNumber
from backend.domain.words import Words
from backend.interchange.member_list import IntakeLimits
from backend.storage.store import Store, Transaction


class Safe(Protocol):
    """Seals what must not be read out of the database: My Numbers, uploaded lists.

    What is sealed for one cell (table, row, column) opens for no other.
    """

    def index(self, number: str) -> bytes:
        """The keyed digest under which a My Number is found again (blind index)."""
        ...

    def seal(self, table: str, row: str, column: str, content: bytes) -> bytes:
        """The content, encrypted for one cell."""
        ...

    def unseal(self, table: str, row: str, column: str, sealed: bytes) -> bytes:
        """The content that was sealed for this cell."""
        ...


@dataclass(frozen=True, slots=True)
class Registrar:
    """The dependencies of registering; the composition root puts them together.

    With `sample_data`, only My Numbers that can be nobody's are taken.
    """

    store: Store
    safe: Safe
    random_bytes: Callable[[int], bytes]
    sample_data: bool = False
    limits: IntakeLimits = field(default_factory=IntakeLimits)


@dataclass(frozen=True, slots=True)
class Teller:
    """The insurer who tells us something, when, and from which enrolled system."""

    insurer: InsurerNumber
    at: datetime
    terminal: str = ""


def require_insurer(tx: Transaction, teller: Teller) -> None:
    """Raise NotFoundError for an insurer that is not registered."""
    if tx.insurer(teller.insurer.digits) is None:
        raise NotFoundError("insurer")


def require_no_list_under_way(
    tx: Transaction, teller: Teller, but: str | None = None
) -> None:
    """Raise ConflictError while a list of the insurer, `but` for one, is under way.

    A list is written part by part: what is told in between could contradict it.
    """
    under_way = tx.list_under_way(teller.insurer.digits)
    if under_way not in (None, but):
        raise ConflictError(
            Words(
                "加入者一覧を登録中です。しばらく待って、もう一度お試しください。"
                f"続くときは、一覧 {under_way} の登録をもう一度送ってください。",
                "A member list is being committed: wait a little and try again. If "
                f"this goes on, send the commitment of list {under_way} again.",
            )
        )
