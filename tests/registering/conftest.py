"""A fresh store with three insurers, and the desk of one of them."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from registering_desk import ELDERLY, EMPLOYEES, RESIDENTS, Desk

from backend.audit.events import AuditEntry, read_entry
from backend.keyring.column_safe import ColumnSafe
from backend.keyring.secrets_box import ColumnKeys
from backend.registering.registrar import Registrar, Teller
from backend.storage.rows import Insurer
from backend.storage.sqlite.store import SqliteStore


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def random_bytes() -> Callable[[int], bytes]:
    return random.Random(7).randbytes


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "store.db")
    with opened.transaction() as tx:
        for insurer in (EMPLOYEES, RESIDENTS, ELDERLY):
            tx.put_insurer(Insurer(insurer.digits, "試験保険者", "03-0000-0000"))
    yield opened
    opened.close()


@pytest.fixture
def registrar(store: SqliteStore, random_bytes: Callable[[int], bytes]) -> Registrar:
    safe = ColumnSafe(ColumnKeys.derive(b"m" * 32, 1), random_bytes)
    return Registrar(store, safe, random_bytes, sample_data=True)


@pytest.fixture
def desk(registrar: Registrar, at: datetime) -> Desk:
    """The desk of the employees' insurer."""
    return Desk(registrar, Teller(EMPLOYEES, at, "cli-abcd"))


@pytest.fixture
def audit(store: SqliteStore) -> Callable[[], list[AuditEntry]]:
    """What the audit log says, oldest first."""

    def entries() -> list[AuditEntry]:
        with store.reading() as tx:
            return [read_entry(stored) for _, stored in tx.audit_entries()]

    return entries
