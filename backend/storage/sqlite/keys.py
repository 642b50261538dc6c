"""Signing keys in SQLite: their public halves and their lives."""

import json
from collections.abc import Sequence
from typing import Any

from backend.storage.rows import KeyRow
from backend.storage.sqlite.instants import to_instant_or_none, to_micros_or_none
from backend.storage.sqlite.statements import Statements

_PUT = """
INSERT INTO keys VALUES (
  ?, ?, ?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(version), 0) + 1 FROM keys)
)
ON CONFLICT (kid) DO UPDATE SET
  state = excluded.state,
  activated_at = excluded.activated_at,
  last_expiry_at = excluded.last_expiry_at,
  compromised_at = excluded.compromised_at,
  version = excluded.version
"""
_KEYS = """
SELECT kid, purpose, insurer, jwk, state, activated_at, last_expiry_at, compromised_at
FROM keys ORDER BY kid
"""
_VERSION = "SELECT COALESCE(MAX(version), 0) FROM keys"


class SqliteKeys(Statements):
    """`Papers`' keys."""

    __slots__ = ()

    def put_key(self, key: KeyRow) -> None:
        row = (
            key.kid,
            key.purpose,
            key.insurer,
            json.dumps(key.jwk),
            key.state,
            to_micros_or_none(key.activated_at),
            to_micros_or_none(key.last_expiry_at),
            to_micros_or_none(key.compromised_at),
        )
        self.run(_PUT, row)
        self.known.pop(_VERSION, None)

    def keys(self) -> Sequence[KeyRow]:
        return [_key(row) for row in self.run(_KEYS)]

    def keys_version(self) -> int:
        if _VERSION not in self.known:
            (self.known[_VERSION],) = self.run(_VERSION).fetchone()
        return self.known[_VERSION]


def _key(row: tuple[Any, ...]) -> KeyRow:
    kid, purpose, insurer, jwk, state = row[:5]
    activated_at, last_expiry_at, compromised_at = map(to_instant_or_none, row[5:])
    return KeyRow(
        kid,
        purpose,
        insurer,
        json.loads(jwk),
        state,
        activated_at,
        last_expiry_at,
        compromised_at,
    )
