"""A passphrase, an instant, and a key directory for the keyring's tests."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.keyring.keyring import Keyring

PASSPHRASE = b"only for tests"


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path, PASSPHRASE)
