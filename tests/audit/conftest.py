"""Valid audit entries and logs, for tests to bend."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from backend.audit.events import ActorKind, AuditEntry, AuditKind, entry_bytes
from backend.audit.tree import CompactRange, leaf_hash
from backend.audit.verification import Checkpointed, Row

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

Log = list[Row]


@pytest.fixture
def entry() -> AuditEntry:
    """A clinic asked, and was shown two groups of fields."""
    return AuditEntry(
        sequence=7,
        at=AT,
        kind=AuditKind.CHECKED,
        actor_kind=ActorKind.CLINIC,
        actor="0110113719",
        terminal="t-K7QW",
        subject="0f" * 16,
        object="C-2Q4X",
        outcome="lapsed",
        shown=("person", "coverage"),
        day=date(2026, 11, 23),
        note="reason-03",
    )


@pytest.fixture
def a_log(entry: AuditEntry) -> Callable[[int], Log]:
    """A true log of so many entries, a second apart."""

    def make(size: int) -> Log:
        return [
            (
                at,
                entry.subject,
                entry_bytes(replace(entry, sequence=at, at=AT + timedelta(seconds=at))),
            )
            for at in range(size)
        ]

    return make


@pytest.fixture
def seal() -> Callable[[Log, int], Checkpointed]:
    """The checkpoint of the first so many entries of a log."""

    def make(log: Log, size: int) -> Checkpointed:
        tree = CompactRange().extend(leaf_hash(stored) for *_, stored in log[:size])
        return Checkpointed(size, tree.root(), AT + timedelta(seconds=size))

    return make
