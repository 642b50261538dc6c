"""保険者が見る履歴: what an insurer reads of the log about one of its members.

Not everything that the person reads: what another insurer did, visits while another
insurer covered them, and when they read their own history, are none of its business.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import islice

from backend.audit.events import ActorKind, AuditEntry, AuditKind, pseudonym
from backend.domain.coverage import Coverage
from backend.domain.errors import NotFoundError
from backend.storage.rows import Client
from backend.storage.store import Store, Transaction
from backend.verifying.history import HistoryLine, line_of

_CHECKS = (AuditKind.CHECKED, AuditKind.CHECK_REFUSED)
_PHONES = (AuditKind.PHONE_ACTIVATED, AuditKind.KEY_CHANGED)
_AT_ONCE = 100


def members_history(
    store: Store,
    caller: Client,
    person_id: str,
    at: datetime,
    before: int | None,
    limit: int,
) -> Sequence[HistoryLine]:
    """The newest entries about a member that concern the caller's insurer.

    Reading is itself recorded, in the same step, for the person to see. Raises
    NotFoundError for somebody whom this insurer does not describe.
    """
    insurer = caller.party

    def read(tx: Transaction) -> Sequence[HistoryLine]:
        key = tx.audit_key(person_id)
        if key is None or tx.member(person_id, insurer) is None:
            raise NotFoundError("member")
        subject = pseudonym(key)
        concerns = _Concerns(tx, insurer, person_id)
        told = filter(concerns, _newest(tx, person_id, subject, before))
        lines = [line_of(tx, entry, insurer) for entry in islice(told, limit)]
        tx.append_audit(partial(_reading, caller, subject, at))
        return lines

    return store.write(read)


def _newest(
    tx: Transaction, person_id: str, subject: str, before: int | None
) -> Iterator[AuditEntry]:
    while some := tx.audit_of_person(person_id, subject, _AT_ONCE, before):
        yield from some
        before = some[-1].sequence


class _Concerns:
    """Whether an entry about a person concerns one insurer."""

    def __init__(self, tx: Transaction, insurer: str, person_id: str) -> None:
        self._insurer = insurer
        papers = tx.certificates_of(person_id)
        tokens = tx.tokens_of(person_id)
        self._owners = {it.serial: it.insurer for it in papers}
        self._owners |= {it.handle: it.insurer for it in tokens}
        self._owners |= {it.id: it.insurer for it in tx.reports_of(person_id)}
        versions = tx.record_of_person(person_id).coverages
        told = {it.id: it for it in sorted(versions, key=_told_at)}
        self._own = [it for it in told.values() if it.insurer.digits == insurer]

    def __call__(self, entry: AuditEntry) -> bool:
        if entry.actor_kind is ActorKind.INSURER:
            return entry.actor == self._insurer
        if entry.object in self._owners:
            return self._owners[entry.object] == self._insurer
        return entry.kind in _PHONES or (entry.kind in _CHECKS and self._covers(entry))

    def _covers(self, entry: AuditEntry) -> bool:
        """Whether this insurer's coverage held on the day asked, as told by now."""
        day = entry.day
        return day is not None and any(
            it.acquired_on <= day and (it.lost_on is None or day < it.lost_on)
            for it in self._own
        )


def _told_at(version: Coverage) -> datetime:
    return version.recorded_at


def _reading(caller: Client, subject: str, at: datetime, sequence: int) -> AuditEntry:
    return AuditEntry(
        sequence=sequence,
        at=at,
        kind=AuditKind.HISTORY_READ,
        actor_kind=ActorKind.INSURER,
        actor=caller.party,
        terminal=caller.id,
        subject=subject,
    )
