"""Parties and people in SQLite: who insures, who treats, who is described how."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from backend.domain.codes import Sex
from backend.domain.insured_person import InsuredPerson
from backend.domain.person_name import PersonName
from backend.storage.rows import Clinic, Insurer, Member
from backend.storage.sqlite.instants import (
    to_day_or_none,
    to_instant,
    to_instant_or_none,
    to_iso_or_none,
    to_micros,
    to_micros_or_none,
)
from backend.storage.sqlite.statements import Statements

MEMBER_COLUMNS = (
    "m.person_id, m.insurer, m.kanji, m.kana, m.birth_on, m.sex, m.address, "
    "m.is_undisclosed, m.card_status, m.recorded_at, m.continuation_ends_on"
)

_SEX = {sex.value: sex for sex in Sex}

_PUT_INSURER = """
INSERT INTO insurers VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (number) DO UPDATE SET
  name = excluded.name,
  contact = excluded.contact,
  certificate_until_on = excluded.certificate_until_on,
  requires_challenge = excluded.requires_challenge,
  delivered_at = COALESCE(
    MAX(delivered_at, excluded.delivered_at), delivered_at, excluded.delivered_at)
"""
_INSURER = "SELECT * FROM insurers WHERE number = ?"
_NOTE_DELIVERY = """
UPDATE insurers SET delivered_at = MAX(COALESCE(delivered_at, ?1), ?1)
WHERE number = ?2
"""
_PUT_CLINIC = """
INSERT INTO clinics VALUES (?, ?, ?)
ON CONFLICT (code) DO UPDATE SET
  name = excluded.name, requires_challenge = excluded.requires_challenge
"""
_CLINIC = "SELECT * FROM clinics WHERE code = ?"
_REQUIRES_CHALLENGE = """
SELECT EXISTS (SELECT 1 FROM clinics WHERE code = ? AND requires_challenge)
  OR EXISTS (SELECT 1 FROM insurers WHERE number = ? AND requires_challenge)
"""
_PERSON_BY_NUMBER = "SELECT id FROM persons WHERE blind_index = ?"
_ADD_PERSON = "INSERT INTO persons VALUES (?, ?, ?, ?)"
_ENDED_BEFORE = """
SELECT p.id FROM persons p
WHERE p.audit_key IS NOT NULL
  AND EXISTS (SELECT 1 FROM coverage_versions WHERE person_id = p.id)
  AND NOT EXISTS (
    SELECT 1 FROM coverage_versions c
    WHERE c.person_id = p.id AND (c.lost_on IS NULL OR c.lost_on >= ?)
      AND NOT EXISTS (
        SELECT 1 FROM coverage_versions n
        WHERE n.id = c.id AND (n.recorded_at, n.version) > (c.recorded_at, c.version)
      )
  )
ORDER BY p.id
"""
_AUDIT_KEY = "SELECT audit_key FROM persons WHERE id = ?"
_ERASE = (
    "UPDATE persons SET audit_key = NULL, blind_index = NULL, sealed_number = NULL "
    "WHERE id = ?",
    "DELETE FROM member_versions WHERE person_id = ?",
    "UPDATE coverage_versions SET symbol = NULL, number = '', branch = NULL, "
    "symbol_key = '', number_key = '', copay = NULL, limits = NULL, diseases = NULL "
    "WHERE person_id = ?",
    "UPDATE intents SET mould = NULL, words = '' WHERE person_id = ?",
    "UPDATE reports SET words = '' WHERE person_id = ?",
    "UPDATE report_answers SET words = '' WHERE report IN "
    "(SELECT id FROM reports WHERE person_id = ?)",
    "UPDATE clients SET name = '', delegate_name = substr(delegate_name, 1, 0) "
    "WHERE kind = 'patient' AND party = ?",
)
_PUT_MEMBER = """
INSERT INTO member_versions VALUES (?1, ?2, (
  SELECT COALESCE(MAX(version) + 1, 0) FROM member_versions
  WHERE person_id = ?1 AND insurer = ?2
), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
"""
_MEMBER = f"""
SELECT {MEMBER_COLUMNS} FROM member_versions m
WHERE person_id = ? AND insurer = ?
ORDER BY recorded_at DESC, version DESC LIMIT 1
"""  # noqa: S608 - columns are ours

_UNDISCLOSED_SINCE = """
SELECT MAX(since) FROM (
  SELECT MIN(m.recorded_at) AS since FROM member_versions m
  WHERE m.person_id = ? AND m.is_undisclosed AND NOT EXISTS (
    SELECT 1 FROM member_versions n
    WHERE n.person_id = m.person_id AND n.insurer = m.insurer
      AND NOT n.is_undisclosed
      AND (n.recorded_at, n.version) > (m.recorded_at, m.version)
  )
  GROUP BY m.insurer
)
"""
_DESCRIBED = f"""
SELECT i.*, {MEMBER_COLUMNS} FROM insurers i LEFT JOIN member_versions m
  ON m.insurer = i.number AND m.person_id = ?1
WHERE i.number = ?2 ORDER BY m.recorded_at DESC, m.version DESC LIMIT 1
"""  # noqa: S608 - columns are ours
_INSURER_WIDTH = 6


class SqliteRegister(Statements):
    """`Register` but for coverages."""

    __slots__ = ()

    def put_insurer(self, insurer: Insurer) -> None:
        row = (
            insurer.number,
            insurer.name,
            insurer.contact,
            to_iso_or_none(insurer.certificate_until_on),
            int(insurer.requires_challenge),
            to_micros_or_none(insurer.delivered_at),
        )
        self.run(_PUT_INSURER, row)

    def insurer(self, number: str) -> Insurer | None:
        row = self.run(_INSURER, (number,)).fetchone()
        return None if row is None else _insurer(row)

    def note_delivery(self, insurer: str, at: datetime) -> None:
        self.run(_NOTE_DELIVERY, (to_micros(at), insurer))

    def put_clinic(self, clinic: Clinic) -> None:
        row = (clinic.code, clinic.name, int(clinic.requires_challenge))
        self.run(_PUT_CLINIC, row)

    def clinic(self, code: str) -> Clinic | None:
        row = self.run(_CLINIC, (code,)).fetchone()
        return None if row is None else Clinic(row[0], row[1], bool(row[2]))

    def requires_challenge(self, clinic: str, insurer: str | None) -> bool:
        (requires,) = self.run(_REQUIRES_CHALLENGE, (clinic, insurer)).fetchone()
        return bool(requires)

    def person_by_number(self, blind_index: bytes) -> str | None:
        row = self.run(_PERSON_BY_NUMBER, (blind_index,)).fetchone()
        return None if row is None else str(row[0])

    def add_person(
        self,
        person_id: str,
        audit_key: bytes,
        blind_index: bytes | None,
        sealed_number: bytes | None,
    ) -> None:
        self.run(_ADD_PERSON, (person_id, audit_key, blind_index, sealed_number))

    def erase_person(self, person_id: str) -> None:
        for statement in _ERASE:
            self.run(statement, (person_id,))

    def people_ended_before(self, on: date) -> Sequence[str]:
        found = self.run(_ENDED_BEFORE, (on.isoformat(),))
        return [person_id for (person_id,) in found]

    def audit_key(self, person_id: str) -> bytes | None:
        row = self.run(_AUDIT_KEY, (person_id,)).fetchone()
        return None if row is None else row[0]

    def put_member(self, member: Member) -> None:
        person = member.person
        row = (
            person.id,
            member.insurer,
            person.name.kanji,
            person.name.kana,
            person.birth_on.isoformat(),
            person.sex.value,
            person.address,
            int(person.is_undisclosed),
            member.card_status,
            to_micros(member.recorded_at),
            to_iso_or_none(member.continuation_ends_on),
        )
        self.run(_PUT_MEMBER, row)

    def member(self, person_id: str, insurer: str) -> Member | None:
        row = self.run(_MEMBER, (person_id, insurer)).fetchone()
        return None if row is None else read_member(row)

    def undisclosed_since(self, person_id: str) -> datetime | None:
        (since,) = self.run(_UNDISCLOSED_SINCE, (person_id,)).fetchone()
        return to_instant_or_none(since)

    def described(
        self, person_id: str, insurer: str
    ) -> tuple[Insurer | None, Member | None]:
        row = self.run(_DESCRIBED, (person_id, insurer)).fetchone()
        if row is None:
            return None, None
        told = row[_INSURER_WIDTH:]
        return _insurer(row), None if told[0] is None else read_member(told)


def _insurer(row: tuple[Any, ...]) -> Insurer:
    number, name, contact, until_on, requires_challenge, delivered_at = row[:6]
    return Insurer(
        number,
        name,
        contact,
        to_day_or_none(until_on),
        bool(requires_challenge),
        to_instant_or_none(delivered_at),
    )


def read_member(row: tuple[Any, ...]) -> Member:
    """The description of which `row` starts with `MEMBER_COLUMNS`."""
    person_id, insurer, kanji, kana, birth_on, sex = row[:6]
    address, is_undisclosed, card_status, recorded_at, continuation_ends_on = row[6:11]
    person = InsuredPerson(
        person_id,
        PersonName(kanji, kana),
        date.fromisoformat(birth_on),
        _SEX[sex],
        address,
        bool(is_undisclosed),
    )
    return Member(
        person,
        insurer,
        card_status,
        to_instant(recorded_at),
        to_day_or_none(continuation_ends_on),
    )
