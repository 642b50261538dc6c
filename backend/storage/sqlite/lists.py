"""Uploaded member lists in SQLite, between preview and commitment."""

from datetime import datetime

from backend.storage.rows import MemberList
from backend.storage.sqlite.instants import (
    to_instant,
    to_instant_or_none,
    to_micros,
    to_micros_or_none,
)
from backend.storage.sqlite.statements import Statements

_PUT = "INSERT INTO member_lists VALUES (?, ?, ?, ?, ?, ?)"
_LIST = "SELECT * FROM member_lists WHERE id = ?"
_COMMIT = """
UPDATE member_lists SET plan = ?, committed_at = ?
WHERE id = ? AND committed_at IS NULL
"""
_FORGET = """
DELETE FROM member_lists WHERE id IN (
  SELECT id FROM member_lists
  WHERE committed_at IS NULL AND uploaded_at < ? ORDER BY uploaded_at LIMIT 1
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
            to_micros_or_none(member_list.committed_at),
        )
        self.run(_PUT, row)

    def member_list(self, list_id: str) -> MemberList | None:
        row = self.run(_LIST, (list_id,)).fetchone()
        if row is None:
            return None
        list_id, insurer, digest, plan, uploaded_at, committed_at = row
        return MemberList(
            list_id,
            insurer,
            digest,
            plan,
            to_instant(uploaded_at),
            to_instant_or_none(committed_at),
        )

    def commit_list(self, list_id: str, plan: bytes, at: datetime) -> bool:
        return bool(self.run(_COMMIT, (plan, to_micros(at), list_id)).rowcount == 1)

    def forget_lists(self, before: datetime) -> int:
        return int(self.run(_FORGET, (to_micros(before),)).rowcount)
