"""Passkeys and sessions of operators in SQLite."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from backend.storage.rows import Client, Passkey
from backend.storage.sqlite.access import CLIENT_COLUMNS, read_client
from backend.storage.sqlite.instants import (
    to_instant,
    to_instant_or_none,
    to_micros,
    to_micros_or_none,
)
from backend.storage.sqlite.statements import Statements

_COLUMNS = "id, operator, public_key, sign_count, enrolled_at, used_at, ended_at"
_PUT = "INSERT INTO passkeys VALUES (?, ?, ?, ?, ?, ?, ?)"
_PASSKEY = f"SELECT {_COLUMNS} FROM passkeys WHERE id = ?"  # noqa: S608 - columns are ours
_OF_OPERATOR = f"""
SELECT {_COLUMNS} FROM passkeys WHERE operator = ? ORDER BY enrolled_at, id
"""  # noqa: S608 - columns are ours
_USE = """
UPDATE passkeys SET sign_count = ?2, used_at = ?3
WHERE id = ?1 AND ended_at IS NULL
  AND (sign_count < ?2 OR (sign_count = 0 AND ?2 = 0))
"""
_END = "UPDATE passkeys SET ended_at = ? WHERE operator = ? AND ended_at IS NULL"
_SESSIONS = f"""
SELECT {CLIENT_COLUMNS} FROM clients k WHERE operator = ? ORDER BY enrolled_at, id
"""  # noqa: S608 - columns are ours


class SqlitePasskeys(Statements):
    """`Passkeys`, whole."""

    __slots__ = ()

    def put_passkey(self, passkey: Passkey) -> None:
        row = (
            passkey.id,
            passkey.operator,
            passkey.public_key,
            passkey.sign_count,
            to_micros(passkey.enrolled_at),
            to_micros_or_none(passkey.used_at),
            to_micros_or_none(passkey.ended_at),
        )
        self.run(_PUT, row)

    def passkey(self, passkey_id: bytes) -> Passkey | None:
        row = self.run(_PASSKEY, (passkey_id,)).fetchone()
        return None if row is None else _passkey(row)

    def passkeys_of(self, operator_id: str) -> Sequence[Passkey]:
        return [_passkey(row) for row in self.run(_OF_OPERATOR, (operator_id,))]

    def use_passkey(self, passkey_id: bytes, sign_count: int, at: datetime) -> bool:
        row = (passkey_id, sign_count, to_micros(at))
        return bool(self.run(_USE, row).rowcount == 1)

    def end_passkeys(self, operator_id: str, at: datetime) -> None:
        self.run(_END, (to_micros(at), operator_id))

    def sessions_of(self, operator_id: str) -> Sequence[Client]:
        return [read_client(row) for row in self.run(_SESSIONS, (operator_id,))]


def _passkey(row: tuple[Any, ...]) -> Passkey:
    passkey_id, operator, public_key, sign_count, enrolled, used, ended = row
    return Passkey(
        passkey_id,
        operator,
        public_key,
        sign_count,
        to_instant(enrolled),
        to_instant_or_none(used),
        to_instant_or_none(ended),
    )
