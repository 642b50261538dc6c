"""Which of a person's phones may show who looked, and where the others are.

A phone that was activated before its person came under 不開示 may be in the hands of
whom they are protected from: it tells of no visit and of no other phone, and ends none.
Whoever gets a new activation code from the insurer has a phone that may.
"""

from backend.domain.errors import ShikakuError
from backend.storage.rows import Client
from backend.storage.store import Store


class NotOnThisPhoneError(ShikakuError):
    """What is not shown or done on this phone; why is not said to whoever holds it."""

    code = "not-on-this-phone"


def require_trusted(store: Store, phone: Client) -> None:
    """Raise NotOnThisPhoneError for one that is no younger than its person's 不開示."""
    with store.reading() as tx:
        since = tx.undisclosed_since(phone.party)
    if since is not None and phone.enrolled_at <= since:
        raise NotOnThisPhoneError
