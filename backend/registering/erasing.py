"""保存期間を過ぎた人の消去: forget people whose last coverage ended long ago."""

from collections.abc import Sequence
from datetime import date, datetime

from backend.audit.events import ActorKind, AuditEntry, AuditKind
from backend.storage.store import Store, Transaction

CHUNK = 50  # people a transaction, so that the write lock is held only briefly


def erase_ended(store: Store, ended_before: date, at: datetime) -> int:
    """Erase everyone whose coverages all ended before a day; how many they were.

    Descriptions, numbers and what ties the log to them are gone for good; days and
    serials stay, so that an old paper is still answered. Lists that wait for their
    commitment may name them and go as well: their insurers send them again. Safe to
    repeat.
    """
    with store.reading() as tx:
        people = tx.people_ended_before(ended_before)
    for start in range(0, len(people), CHUNK):
        _erase(store, people[start : start + CHUNK], ended_before, at)
    if people:
        forget_uncommitted(store, at)
    return len(people)


def forget_uncommitted(store: Store, before: datetime) -> None:
    """Delete the lists uploaded before an instant and never committed.

    One write each, so that others write in between.
    """
    while store.write(lambda tx: tx.forget_lists(before)):
        pass


def _erase(
    store: Store, people: Sequence[str], ended_before: date, at: datetime
) -> None:
    def step(tx: Transaction) -> None:
        still_due = set(tx.people_ended_before(ended_before))
        for person_id in people:
            if person_id in still_due:
                tx.erase_person(person_id)
                tx.append_audit(lambda sequence: _entry(sequence, at))

    store.write(step)


def _entry(sequence: int, at: datetime) -> AuditEntry:
    """That someone was erased; not who, for that is what was erased."""
    return AuditEntry(
        sequence=sequence,
        at=at,
        kind=AuditKind.PERSON_ERASED,
        actor_kind=ActorKind.OPERATOR,
    )
