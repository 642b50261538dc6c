"""Uploaded member lists in SQLite, between preview and commitment."""

from collections.abc import Sequence
from datetime import datetime

from backend.storage.rows import MemberList
from backend.storage.sqlite.instants import (
    to_instant,
    to_instant_or_none,
    to_micros,
    to_micros_or_none,
)
from backend.storage.sqlite.statements import Statements

_PUT = "INSERT INTO member_lists VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_LIST = "SELECT * FROM member_lists WHERE id = ?"
_UNDER_WAY = """
SELECT id FROM member_lists
WHERE insurer = ? AND begun_at IS NOT NULL AND committed_at IS NULL
"""
_ALL_UNDER_WAY = """
SELECT insurer, id FROM member_lists
WHERE begun_at IS NOT NULL AND committed_at IS NULL ORDER BY begun_at
"""
_BEGIN = """
UPDATE member_lists SET begun_at = ?
WHERE id = ? AND begun_at IS NULL AND committed_at IS NULL
"""
_DECIDE = """
UPDATE member_lists SET decision = ?
WHERE id = ? AND begun_at IS NOT NULL AND decision IS NULL AND committed_at IS NULL
"""
_ABANDON = """
UPDATE member_lists SET begun_at = NULL
WHERE id = ? AND decision IS NULL AND committed_at IS NULL
"""
_COMMIT = """
UPDATE member_lists SET plan = ?, committed_at = ?, decision = NULL
WHERE id = ? AND committed_at IS NULL
"""
_FORGET = """
DELETE FROM member_lists WHERE id IN (
  SELECT id FROM member_lists
  WHERE begun_at IS NULL AND committed_at IS NULL AND uploaded_at < ?
  ORDER BY uploaded_at LIMIT 1
)
"""


class SqliteLists(Statements):
    """`Lists`, whole."""

    __slots__ = ()

    def put_list(self, member_list: MemberList) -> None:
        row = (
            member_list.id,
            member_list.insurer,
            member_list.digest,
            member_list.plan,
            to_micros(member_list.uploaded_at),
            to_micros_or_none(member_list.begun_at),
            member_list.decision,
            to_micros_or_none(member_list.committed_at),
        )
        self.run(_PUT, row)

    def member_list(self, list_id: str) -> MemberList | None:
        row = self.run(_LIST, (list_id,)).fetchone()
        if row is None:
            return None
        list_id, insurer, digest, plan, *rest = row
        uploaded_at, begun_at, decision, committed_at = rest
        return MemberList(
            list_id,
            insurer,
            digest,
            plan,
            to_instant(uploaded_at),
            to_instant_or_none(begun_at),
            decision,
            to_instant_or_none(committed_at),
        )

    def list_under_way(self, insurer: str) -> str | None:
        row = self.run(_UNDER_WAY, (insurer,)).fetchone()
        return None if row is None else str(row[0])

    def lists_under_way(self) -> Sequence[tuple[str, str]]:
        return [(insurer, name) for insurer, name in self.run(_ALL_UNDER_WAY)]

    def begin_list(self, list_id: str, at: datetime) -> None:
        self.run(_BEGIN, (to_micros(at), list_id))

    def decide_list(self, list_id: str, decision: bytes) -> None:
        self.run(_DECIDE, (decision, list_id))

    def abandon_list(self, list_id: str) -> None:
        self.run(_ABANDON, (list_id,))

    def commit_list(self, list_id: str, plan: bytes, at: datetime) -> bool:
        return bool(self.run(_COMMIT, (plan, to_micros(at), list_id)).rowcount == 1)

    def forget_lists(self, before: datetime) -> int:
        return int(self.run(_FORGET, (to_micros(before),)).rowcount)
