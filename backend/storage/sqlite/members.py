"""Finding an insurer's members in SQLite."""

from collections.abc import Sequence

from backend.storage.members import MemberQuery
from backend.storage.sqlite.instants import to_iso_or_none
from backend.storage.sqlite.statements import Statements

_BEGIN = "SELECT s.person_id FROM member_names s"
_BY_BIRTH = " INDEXED BY members_by_birth"  # left alone, SQLite reads them all
_OF_INSURER = " WHERE s.insurer = :insurer"
_END = " ORDER BY s.kana_key, s.person_id LIMIT :limit"
_NAME = " AND instr(s.name_key, :name)"
_NAME_OR_KANA = " AND (instr(s.kana_key, :kana) OR instr(s.name_key, :name))"
_CLAUSES = {
    "birth_on": " AND s.birth_on = :birth_on",
    "number": """
 AND s.person_id IN (
  SELECT person_id FROM coverage_versions
  WHERE insurer = :insurer AND number_key = :number
   AND (:symbol IS NULL OR symbol_key = :symbol)
)""",
    "serial": """
 AND s.person_id IN (
  SELECT person_id FROM intents
  WHERE object_id = :serial AND insurer = :insurer AND kind = 'certificate'
)""",
    "after": """
 AND (s.kana_key, s.person_id) > (
  SELECT kana_key, person_id FROM member_names
  WHERE insurer = :insurer AND person_id = :after
)""",
}


class SqliteMembers(Statements):
    """`Members`, whole."""

    __slots__ = ()

    def find_members(self, insurer: str, wanted: MemberQuery) -> Sequence[str]:
        asked = {
            "insurer": insurer,
            "name": wanted.name,
            "kana": wanted.kana,
            "symbol": wanted.symbol,
            "number": wanted.number,
            "birth_on": to_iso_or_none(wanted.birth_on),
            "serial": wanted.serial,
            "after": wanted.after,
            "limit": wanted.limit,
        }
        sql = _BEGIN + ("" if wanted.birth_on is None else _BY_BIRTH) + _OF_INSURER
        if wanted.name is not None:
            sql += _NAME if wanted.kana is None else _NAME_OR_KANA
        for name, clause in _CLAUSES.items():
            sql += clause if asked[name] is not None else ""
        return [person_id for (person_id,) in self.run(sql + _END, asked)]
