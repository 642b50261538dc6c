"""誰が提示したか: that a delegate showed a code, in answer, log and history.

The log names the delegate's key, never the delegate: only the person's own history
finds the name to it, and with the person's erasure the name is gone.
"""

from dataclasses import dataclass

from backend.domain.delegation import Delegate, DelegateRelation
from backend.storage.store import Transaction

_MARK = "/delegate/"


@dataclass(frozen=True, slots=True)
class DelegateShowed:
    """A delegate's phone, by its client id, and what they are to the person."""

    phone: str
    relation: DelegateRelation


def noted(note: str, shown_by: DelegateShowed | None) -> str:
    """The log's note of a check, with the delegate's key if one showed the code."""
    return note if shown_by is None else f"{note}{_MARK}{shown_by.phone}"


def without_delegate(note: str) -> str:
    """The note as it was before `noted`."""
    return note.partition(_MARK)[0]


def delegate_in(tx: Transaction, note: str, terminal: str) -> Delegate | None:
    """Who showed the code of a check, or did what is noted, if it was a delegate.

    `terminal` is the key that did it. A delegate stays known after their last day.
    """
    _, _, phone = note.partition(_MARK)
    client = tx.client(phone or terminal)
    return client.delegate if client else None
