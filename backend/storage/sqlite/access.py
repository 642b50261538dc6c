"""Enrolled keys, one-time codes, access tokens and proofs in SQLite."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from backend.storage.rows import AccessToken, Client, ClientKind, OneTimeCode
from backend.storage.sqlite.delegates import (
    DELEGATE_COLUMNS,
    read_delegate,
    read_delegation,
    to_delegate_columns,
    to_delegation_columns,
)
from backend.storage.sqlite.instants import (
    to_instant,
    to_instant_or_none,
    to_micros,
    to_micros_or_none,
)
from backend.storage.sqlite.statements import Statements

# ruff: noqa: S608 - the columns put into these texts are ours

CLIENT_COLUMNS = (
    "k.id, k.kind, k.party, k.name, k.jwk, k.enrolled_at, k.revoked_at, "
    f"k.operator, k.expires_at, {DELEGATE_COLUMNS}"
)
CLIENT_WIDTH = 14
_PLAIN_WIDTH = 7
_SESSION_WIDTH = 9

_KIND = {kind.value: kind for kind in ClientKind}
_SECOND = 1_000_000

_PUT_CODE = "INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?)"
_PUT_GRANT = "INSERT INTO granted_codes VALUES (?, ?, ?, ?, ?)"
_CODE = """
SELECT c.mac, c.kind, c.party, c.insurer, c.expires_at, c.used_at,
  g.relation, g.until_on, g.may_see_history, g.granted_by
FROM codes c LEFT JOIN granted_codes g ON g.mac = c.mac WHERE c.mac = ?
"""
_VOID_CODES = """
UPDATE codes SET used_at = ?
WHERE kind = ? AND party = ? AND insurer = ? AND used_at IS NULL
"""
_USE_CODE = "UPDATE codes SET used_at = ? WHERE mac = ? AND used_at IS NULL"
_PUT_CLIENT = """
INSERT INTO clients (
  id, kind, party, name, jwk, enrolled_at, revoked_at, operator, expires_at,
  relation, until_on, may_see_history, granted_by, delegate_name
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_CLIENT = f"SELECT {CLIENT_COLUMNS} FROM clients k WHERE id = ?"
_CLIENTS_OF = f"""
SELECT {CLIENT_COLUMNS} FROM clients k
WHERE kind = ? AND party = ? AND operator IS NULL ORDER BY enrolled_at, id
"""
_REVOKE = "UPDATE clients SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL"
_PUT_TOKEN = "INSERT INTO access_tokens VALUES (?, ?, ?)"  # noqa: S105 - no secret
_TOKEN = f"""
SELECT t.digest, t.expires_at, {CLIENT_COLUMNS}
FROM access_tokens t JOIN clients k ON k.id = t.client_id WHERE t.digest = ?
"""
_SPEND = """
INSERT INTO spent_proofs
SELECT ?1, ?2, ?3 WHERE ?1 > (SELECT latest FROM forgotten) ON CONFLICT DO NOTHING
"""
# A clock that is set back goes on counting in the window that it has reached before.
_TAKE = """
INSERT INTO windows VALUES (?1, ?2, ?3, 1)
ON CONFLICT (bucket, seconds) DO UPDATE SET
  used = CASE WHEN excluded.ends_at > ends_at THEN 1 ELSE used + 1 END,
  ends_at = MAX(ends_at, excluded.ends_at)
WHERE excluded.ends_at > ends_at OR used < ?4
"""
_TAKEN = "SELECT used FROM windows WHERE bucket = ? AND seconds = ? AND ends_at >= ?"


class SqliteAccess(Statements):
    """`Access`, whole."""

    __slots__ = ()

    def put_code(self, code: OneTimeCode) -> None:
        row = (
            code.mac,
            code.kind.value,
            code.party,
            code.insurer,
            to_micros(code.expires_at),
            to_micros_or_none(code.used_at),
        )
        self.run(_PUT_CODE, row)
        if code.grants is not None:
            self.run(_PUT_GRANT, (code.mac, *to_delegation_columns(code.grants)))

    def code(self, mac: bytes) -> OneTimeCode | None:
        row = self.run(_CODE, (mac,)).fetchone()
        if row is None:
            return None
        mac, kind, party, insurer, expires_at, used_at = row[:6]
        return OneTimeCode(
            mac,
            _KIND[kind],
            party,
            insurer,
            to_instant(expires_at),
            to_instant_or_none(used_at),
            read_delegation(row[6:]),
        )

    def use_code(self, mac: bytes, at: datetime) -> bool:
        return bool(self.run(_USE_CODE, (to_micros(at), mac)).rowcount == 1)

    def void_codes(
        self, kind: ClientKind, party: str, insurer: str, at: datetime
    ) -> None:
        self.run(_VOID_CODES, (to_micros(at), kind.value, party, insurer))

    def put_client(self, client: Client) -> None:
        row = (
            client.id,
            client.kind.value,
            client.party,
            client.name,
            orjson.dumps(client.jwk).decode(),
            to_micros(client.enrolled_at),
            to_micros_or_none(client.revoked_at),
            client.operator,
            to_micros_or_none(client.expires_at),
            *to_delegate_columns(client.delegate),
        )
        self.run(_PUT_CLIENT, row)

    def client(self, client_id: str) -> Client | None:
        row = self.run(_CLIENT, (client_id,)).fetchone()
        return None if row is None else read_client(row)

    def clients_of(self, kind: ClientKind, party: str) -> Sequence[Client]:
        found = self.run(_CLIENTS_OF, (kind.value, party))
        return [read_client(row) for row in found]

    def revoke_client(self, client_id: str, at: datetime) -> None:
        self.run(_REVOKE, (to_micros(at), client_id))

    def put_access_token(
        self, digest: bytes, client_id: str, expires_at: datetime
    ) -> None:
        self.run(_PUT_TOKEN, (digest, client_id, to_micros(expires_at)))

    def access_token(self, digest: bytes) -> AccessToken | None:
        row = self.run(_TOKEN, (digest,)).fetchone()
        if row is None:
            return None
        return AccessToken(row[0], read_client(row[2:]), to_instant(row[1]))

    def spend_once(self, purpose: str, key: bytes, until: datetime) -> bool:
        row = (to_micros(until), purpose, key)
        return bool(self.run(_SPEND, row).rowcount == 1)

    def take(
        self, bucket: str, at: datetime, per_window: int, window_seconds: int
    ) -> bool:
        if per_window < 1:
            return False
        row = (bucket, window_seconds, _window_end(at, window_seconds), per_window)
        return bool(self.run(_TAKE, row).rowcount == 1)

    def taken(self, bucket: str, at: datetime, window_seconds: int) -> int:
        asked = (bucket, window_seconds, _window_end(at, window_seconds))
        row = self.run(_TAKEN, asked).fetchone()
        return 0 if row is None else int(row[0])


def _window_end(at: datetime, window_seconds: int) -> int:
    width = window_seconds * _SECOND
    return (to_micros(at) // width + 1) * width


def read_client(row: tuple[Any, ...]) -> Client:
    """The client of `CLIENT_COLUMNS`."""
    client_id, kind, party, name, jwk, enrolled_at, revoked_at = row[:_PLAIN_WIDTH]
    operator, expires_at = row[_PLAIN_WIDTH:_SESSION_WIDTH]
    return Client(
        client_id,
        _KIND[kind],
        party,
        name,
        orjson.loads(jwk),
        to_instant(enrolled_at),
        to_instant_or_none(revoked_at),
        operator,
        to_instant_or_none(expires_at),
        read_delegate(row[_SESSION_WIDTH:]),
    )
