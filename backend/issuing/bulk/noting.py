"""A prepared chunk noted: intents, outcomes and withdrawals in one transaction."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from backend.credentials.key_set import KeyPurpose, KeySet
from backend.domain.paper_order import PaperOrder
from backend.issuing.batches import note_batch
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.outcomes import decided, done
from backend.issuing.bulk.preparing import Prepared
from backend.issuing.issuer import active_signer
from backend.issuing.keys import KnownKeys
from backend.issuing.paper import Press
from backend.issuing.withdrawals import WithdrawalReason, withdraw_in
from backend.storage.rows import OpenBatch, WithdrawalKind
from backend.storage.run_rows import Decided, Run
from backend.storage.store import Transaction

PrepareAnew = Callable[[Transaction], Prepared]


_REASONS = {
    PaperOrder.LOST: WithdrawalReason.LOST,
    PaperOrder.DAMAGED: WithdrawalReason.REPLACED,
}


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted: the outcomes, and what is to be signed, if anything."""

    decided: Decided
    batch: OpenBatch | None


class Noting:
    """Notes the chunks of one run; remembers the keys from one to the next."""

    def __init__(self, bulk: Bulk, run: Run) -> None:
        self._bulk, self._run = bulk, run
        self._keys = KnownKeys()
        self._served: deque[tuple[int, set[str]]] = deque()
        self._read_to: int | None = None

    def note(
        self,
        tx: Transaction,
        press: Press,
        number: int,
        prepared: Prepared,
        anew: PrepareAnew,
        at: datetime,
    ) -> Noted:
        """Note what is due in a chunk.

        What was prepared is taken only if nothing was told since that decides on it;
        else the chunk is prepared anew, by `anew`, within this very transaction.
        """
        if self._is_old(tx, prepared):
            prepared = anew(tx)
        outcomes = list(prepared.outcomes)
        for draft, (line, replaced, why) in zip(
            prepared.drafts, prepared.lines, strict=True
        ):
            outcomes.append(done(line, draft.serial, replaced))
            if replaced:
                self._withdraw(tx, replaced, _REASONS[PaperOrder(why)], at)
        batch = self._intend(tx, press, prepared, at)
        if batch is not None:
            self._read_to = max(batch.intents)
            people = {draft.person_id for draft in prepared.drafts}
            self._served.append((self._read_to, people))
        told = decided(outcomes)
        tx.decide_chunk(self._run.id, number, told, batch.id if batch else None, at)
        return Noted(told, batch)

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

    def _is_old(self, tx: Transaction, prepared: Prepared) -> bool:
        """Whether the register has moved on, or somebody got a paper meanwhile.

        Whom this run served is remembered, so that only others' intents are read.
        """
        if tx.register_version() != prepared.version:
            return True
        seen = prepared.last_intent
        last = tx.last_intent()
        others = tx.people_intended_since(
            self._run.insurer, seen if self._read_to is None else self._read_to
        )
        self._served.append((last, others))
        self._read_to = last
        while self._served and self._served[0][0] <= seen:
            self._served.popleft()
        people = {draft.person_id for draft in prepared.drafts}
        return any(not people.isdisjoint(served) for _, served in self._served)
