"""A prepared chunk noted: intents, outcomes and withdrawals in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from backend.credentials.key_set import KeyPurpose, KeySet
from backend.domain.paper_order import PaperOrder
from backend.issuing.batches import note_batch
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.outcomes import decided
from backend.issuing.bulk.preparing import Prepared
from backend.issuing.issuer import active_signer
from backend.issuing.keys import KnownKeys
from backend.issuing.paper import Press
from backend.issuing.withdrawals import WithdrawalReason, withdraw_in
from backend.storage.batch_rows import OpenBatch
from backend.storage.rows import WithdrawalKind
from backend.storage.run_rows import Run
from backend.storage.store import Transaction

_REASONS = {
    PaperOrder.LOST: WithdrawalReason.LOST,
    PaperOrder.DAMAGED: WithdrawalReason.REPLACED,
}


class Noted(NamedTuple):
    """What was noted and is to be signed: one batch, or none."""

    batches: Sequence[OpenBatch]


class Noting:
    """Notes chunks of one run; remembers the keys from one to the next."""

    def __init__(self, bulk: Bulk, run: Run) -> None:
        self._bulk, self._run = bulk, run
        self._keys = KnownKeys()

    def is_old(self, tx: Transaction, prepared: Prepared) -> bool:
        """Whether something was told since that decides on what was prepared.

        That is the register, or that somebody got a paper meanwhile.
        """
        if tx.register_version() != prepared.version:
            return True
        since = prepared.last_intent
        if tx.last_intent() == since:
            return False
        people = [person_id for _, _, person_id, *_ in prepared.drafts]
        return tx.was_intended_since(people, since)

    def note(
        self,
        tx: Transaction,
        press: Press,
        number: int,
        prepared: Prepared,
        at: datetime,
    ) -> Noted:
        """Note what is due in a chunk, and what became of every line."""
        for serial, why in prepared.replaced:
            self._withdraw(tx, serial, _REASONS[why], at)
        batch = self._intend(tx, press, prepared, at)
        batch_id = batch.id if batch else None
        told = decided(prepared.outcomes)
        tx.decide_chunk(self._run.id, number, told, batch_id, at)
        return Noted([batch] if batch else ())

    def _intend(
        self, tx: Transaction, press: Press, prepared: Prepared, at: datetime
    ) -> OpenBatch | None:
        if not prepared.drafts:
            return None
        keys: KeySet = self._keys.at(tx)
        issuer = self._bulk.issuer
        signer = active_signer(issuer, keys, KeyPurpose.ISSUING, self._run.insurer)
        return note_batch(
            tx, press, keys, signer.kid, prepared.drafts, at, issuer.random_bytes
        )

    def _withdraw(
        self, tx: Transaction, serial: str, reason: WithdrawalReason, at: datetime
    ) -> None:
        """Withdraw the one whose place the new one takes."""
        certificate = tx.certificate(serial)
        if certificate is not None:
            withdraw_in(tx, certificate, WithdrawalKind.REVOKED, reason, at)
