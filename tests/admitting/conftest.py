"""A store in a temporary directory, with a clinic, an insurer and a person."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from admitting_desk import (
    AT,
    CLINIC,
    INSURER,
    ISSUER,
    MAC_KEY,
    Desk,
    a_desk,
    numbers,
)

from backend.admitting.attempts import Gate
from backend.domain.one_time_code import code_mac, make_code
from backend.storage.rows import Client, ClientKind, Clinic, Insurer, OneTimeCode
from backend.storage.sqlite.store import SqliteStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "shikaku.db")
    with made.transaction() as tx:
        tx.put_insurer(Insurer(INSURER, "見本健康保険組合", "03-0000-0000"))
        tx.put_clinic(Clinic(CLINIC, "見本診療所"))
        tx.add_person("person-1", b"k" * 32, None, None)
    yield made
    made.close()


@pytest.fixture
def gate(store: SqliteStore) -> Gate:
    return Gate(store, MAC_KEY, ISSUER, numbers())


@pytest.fixture
def desk() -> Desk:
    return a_desk()


@pytest.fixture
def terminal(store: SqliteStore, desk: Desk) -> Desk:
    """A clinic's enrolled terminal."""
    desk.client_id = "terminal-test"
    client = Client(
        desk.client_id,
        ClientKind.CLINIC,
        CLINIC,
        "受付1",
        desk.signer.public.jwk,
        AT - timedelta(days=1),
    )
    with store.transaction() as tx:
        tx.put_client(client)
    return desk


@pytest.fixture
def a_code(store: SqliteStore) -> Callable[..., str]:
    """Put a code into the store and tell it."""
    draw = numbers()

    def put(
        kind: ClientKind = ClientKind.CLINIC,
        party: str = CLINIC,
        expires_at: datetime = AT + timedelta(days=14),
    ) -> str:
        code = make_code(draw)
        row = OneTimeCode(code_mac(MAC_KEY, code), kind, party, INSURER, expires_at)
        with store.transaction() as tx:
            tx.put_code(row)
        return code

    return put
