"""届出受付中: a filing that has arrived and waits for its registration.

Until it is registered, a clinic that keys the numbers reads that registration is in
progress instead of "nobody found". It is gone once the coverage is registered under
these numbers, when the insurer takes it back, or after half a year.
"""

from datetime import date, timedelta

from backend.audit.events import AuditKind
from backend.domain.coverage import PendingFiling
from backend.domain.errors import NotFoundError
from backend.domain.identifiers import new_id
from backend.domain.insured_identity import InsuredIdentity
from backend.registering.registrar import Registrar, Teller, require_insurer
from backend.registering.trail import note
from backend.storage.store import Transaction

KEPT = timedelta(days=183)
"""How long a filing is kept that nobody settles."""


def file(
    registrar: Registrar,
    teller: Teller,
    identity: InsuredIdentity,
    birth_on: date,
    expected_on: date | None,
) -> str:
    """Note a filing under the numbers that the coverage will have; the filing's id.

    `expected_on` is the day by which it will be registered, if the insurer knows.
    Raises NotFoundError for an insurer that is not registered.
    """
    filing_id = new_id("fil", teller.at, registrar.random_bytes)

    def work(tx: Transaction) -> str:
        require_insurer(tx, teller)
        filing = PendingFiling(teller.insurer, teller.at, expected_on)
        tx.put_filing(filing_id, filing, identity, birth_on)
        note(tx, teller, AuditKind.FILING_NOTED, filing_id)
        return filing_id

    return registrar.store.write(work)


def end_filing(registrar: Registrar, teller: Teller, filing_id: str) -> None:
    """Take a filing back: nothing will be registered. Raises NotFoundError."""

    def work(tx: Transaction) -> None:
        if not tx.end_filing(teller.insurer.digits, filing_id):
            raise NotFoundError("filing")
        note(tx, teller, AuditKind.FILING_ENDED, filing_id)

    registrar.store.write(work)
