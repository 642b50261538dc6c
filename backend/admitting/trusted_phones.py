"""Which of a person's phones may show who looked, and where the others are.

A phone that was activated before its person came under 不開示 may be in the hands of
whom they are protected from: it tells of no visit and of no other phone, and ends none.
Whoever gets a new activation code from the insurer has a phone that may. A delegate's
phone is somebody else's: it reads the history only where that was granted, never the
other phones, and nothing at all of a person under 不開示.
"""

from backend.domain.errors import ShikakuError
from backend.storage.rows import Client
from backend.storage.store import Store, Transaction


class NotOnThisPhoneError(ShikakuError):
    """What is not shown or done on this phone; why is not said to whoever holds it."""

    code = "not-on-this-phone"


def require_trusted(store: Store, phone: Client) -> None:
    """Raise NotOnThisPhoneError for a delegate's phone, or one too old to be trusted.

    Too old is one that is no younger than its person's 不開示.
    """
    with store.reading() as tx:
        require_trusted_in(tx, phone)


def require_trusted_in(tx: Transaction, phone: Client) -> None:
    """The same, within a transaction that does more."""
    since = tx.undisclosed_since(phone.party)
    is_too_old = since is not None and phone.enrolled_at <= since
    if phone.delegate is not None or is_too_old:
        raise NotOnThisPhoneError


def require_reader(store: Store, phone: Client) -> None:
    """Raise NotOnThisPhoneError for a phone that may not read who looked."""
    delegate = phone.delegate
    if delegate is None or not delegate.delegation.may_see_history:
        require_trusted(store, phone)


def require_reporter(store: Store, phone: Client, is_about_history: bool) -> None:
    """Raise NotOnThisPhoneError for a phone that may not file, or read, reports.

    A parent reports for a child, so a delegate may, about the history only where they
    may read it. The answer may tell much: nobody on a phone that is too old.
    """
    if is_about_history:
        require_reader(store, phone)
    elif phone.delegate is None:
        require_trusted(store, phone)


def require_open(tx: Transaction, client: Client) -> None:
    """Raise NotOnThisPhoneError for a delegate of a person under 不開示."""
    if client.delegate is not None and not may_have_delegates(tx, client.party):
        raise NotOnThisPhoneError


def may_have_delegates(tx: Transaction, person_id: str) -> bool:
    """Whether anybody else's phone may stand for a person: never under 不開示."""
    return tx.undisclosed_since(person_id) is None
