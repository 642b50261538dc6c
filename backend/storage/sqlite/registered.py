"""The register in SQLite as a bulk run reads it: many people by one statement."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, repeat

import orjson

from backend.storage.run_rows import RegisterRow
from backend.storage.sqlite.statements import Statements

# One value for all rows: fetched by themselves, each would cost a lock. As octets, for
# a text would be decoded and encoded again.
_REGISTERED = """
SELECT CAST(json_group_array(json_array(
  asked.place, c.id, c.person_id, c.symbol, c.number, c.branch, c.acquired_on,
  c.lost_on, c.relation, c.classification, c.copay, m.kanji, m.kana, m.birth_on,
  m.sex, m.address, m.is_undisclosed, m.card_status, m.continuation_ends_on,
  NOT EXISTS (
    SELECT 1 FROM coverage_versions o
    WHERE o.person_id = c.person_id AND o.id <> c.id
  ) AND (second.id IS NULL OR NOT EXISTS (
    SELECT 1 FROM coverage_versions o
    WHERE o.id = c.id AND o.person_id <> c.person_id
  )) AND NOT EXISTS (
    SELECT 1 FROM holds h WHERE h.coverage_id = c.id
  ) AND NOT EXISTS (
    SELECT 1 FROM intents i
    WHERE i.person_id = c.person_id AND i.kind = 'certificate' AND i.expires_on >= ?2
  )
)) AS BLOB)
"""
# Versions are counted from 0: most coverages have no second one, and are their newest.
_NEWEST = """
LEFT JOIN coverage_versions second ON second.id = c.id AND second.version = 1
CROSS JOIN member_versions m ON m.person_id = c.person_id AND m.insurer = c.insurer
WHERE (second.id IS NULL OR NOT EXISTS (
  SELECT 1 FROM coverage_versions n
  WHERE n.id = c.id AND (n.recorded_at, n.version) > (c.recorded_at, c.version)
)) AND NOT EXISTS (
  SELECT 1 FROM member_versions n
  WHERE n.person_id = m.person_id AND n.insurer = m.insurer
    AND (n.recorded_at, n.version) > (m.recorded_at, m.version)
)
"""
_ROUND = 50  # so many keys or some times as many: a statement for each is kept
_NOBODY = " ", " "  # no symbol or number has a space
_BY_COVERAGE = f"""
WITH asked (place, id) AS (SELECT key, value FROM json_each(?3))
{_REGISTERED} FROM asked CROSS JOIN coverage_versions c
  ON c.id = asked.id AND c.insurer = ?1
{_NEWEST}
"""  # noqa: S608 - the texts put in are ours
_VERSION = "SELECT number FROM register_version"
_LAST_INTENT = "SELECT COALESCE(MAX(id), 0) FROM intents"
_INTENDED_SINCE = """
SELECT 1 FROM json_each(?) CROSS JOIN intents i
  ON i.person_id = json_each.value AND i.id > ?
WHERE i.kind = 'certificate' LIMIT 1
"""


class SqliteRegistered(Statements):
    """`Runs`' view of the register."""

    __slots__ = ()

    def register_version(self) -> int:
        (number,) = self.run(_VERSION).fetchone()
        return int(number)

    def last_intent(self) -> int:
        (number,) = self.run(_LAST_INTENT).fetchone()
        return int(number)

    def was_intended_since(self, people: Sequence[str], intent: int) -> bool:
        asked = orjson.dumps(people).decode()
        return self.run(_INTENDED_SINCE, (asked, intent)).fetchone() is not None

    def registered_numbers(
        self, insurer: str, keys: Sequence[tuple[str, str]], on: date
    ) -> Sequence[RegisterRow]:
        if not keys:
            return ()
        spare = -len(keys) % _ROUND if len(keys) > 1 else 0
        asked = chain.from_iterable([*keys, *repeat(_NOBODY, spare)])
        sql = _numbered(len(keys) + spare)
        return self._lines(sql, insurer, on, *asked)

    def registered_coverages(
        self, insurer: str, coverage_ids: Sequence[str], on: date
    ) -> Sequence[RegisterRow]:
        asked = orjson.dumps(coverage_ids).decode()
        return self._lines(_BY_COVERAGE, insurer, on, asked)

    def _lines(
        self, sql: str, insurer: str, on: date, *asked: str
    ) -> Sequence[RegisterRow]:
        (found,) = self.run(sql, (insurer, on.isoformat(), *asked)).fetchone()
        rows: Sequence[RegisterRow] = orjson.loads(found)
        return rows


@lru_cache(8)
def _numbered(count: int) -> str:
    """The statement for so many symbols and numbers: values that need no parsing."""
    places = enumerate(range(3, 3 + 2 * count, 2))  # behind insurer and day
    values = ", ".join(f"({place}, ?{n}, ?{n + 1})" for place, n in places)
    return f"""
WITH asked (place, symbol, number) AS (VALUES {values})
{_REGISTERED} FROM asked CROSS JOIN coverage_versions c
  ON c.insurer = ?1 AND c.number_key = asked.number AND c.symbol_key = asked.symbol
{_NEWEST}
"""
