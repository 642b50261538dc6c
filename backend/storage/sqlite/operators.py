"""Operators in SQLite: who they are, and the digest by which they are known."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from backend.storage.rows import Operator
from backend.storage.sqlite.instants import (
    to_instant,
    to_instant_or_none,
    to_micros,
)
from backend.storage.sqlite.statements import Statements

_PUT = "INSERT INTO operators VALUES (?, ?, ?, ?, ?, NULL)"
_OPERATOR = """
SELECT id, insurer, name, enrolled_at, ended_at FROM operators WHERE id = ?
"""
_BY_MAC = """
SELECT id, insurer, name, enrolled_at, ended_at FROM operators WHERE mac = ?
"""
_OF_INSURER = """
SELECT id, insurer, name, enrolled_at, ended_at FROM operators
WHERE insurer = ? ORDER BY enrolled_at, id
"""
_END = "UPDATE operators SET ended_at = ? WHERE id = ? AND ended_at IS NULL"


class SqliteOperators(Statements):
    """`Access`' operators."""

    __slots__ = ()

    def operator(self, operator_id: str) -> Operator | None:
        row = self.run(_OPERATOR, (operator_id,)).fetchone()
        return None if row is None else _operator(row)

    def put_operator(self, operator: Operator, mac: bytes) -> None:
        enrolled_at = to_micros(operator.enrolled_at)
        row = (operator.id, operator.insurer, operator.name, mac, enrolled_at)
        self.run(_PUT, row)

    def operator_by_mac(self, mac: bytes) -> Operator | None:
        row = self.run(_BY_MAC, (mac,)).fetchone()
        return None if row is None else _operator(row)

    def operators_of(self, insurer: str) -> Sequence[Operator]:
        return [_operator(row) for row in self.run(_OF_INSURER, (insurer,))]

    def end_operator(self, operator_id: str, at: datetime) -> bool:
        return bool(self.run(_END, (to_micros(at), operator_id)).rowcount == 1)


def _operator(row: tuple[Any, ...]) -> Operator:
    operator_id, insurer, name, enrolled_at, ended_at = row
    enrolled, ended = to_instant(enrolled_at), to_instant_or_none(ended_at)
    return Operator(operator_id, insurer, name, enrolled, ended)
