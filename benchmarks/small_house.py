"""People for the measurements, written straight into a store."""

from datetime import UTC, date, datetime

from backend.domain.charge import CopayRatio, Effective
from backend.domain.codes import Relation, Sex
from backend.domain.coverage import Coverage
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insured_person import InsuredPerson
from backend.domain.insurer_number import InsurerNumber
from backend.domain.person_name import PersonName
from backend.storage.rows import Insurer, Member
from backend.storage.sqlite.store import SqliteStore

INSURER = InsurerNumber("01130012")
TOLD_AT = datetime(2026, 1, 1, tzinfo=UTC)

_ID = "{}-6955-b900-0000-0000-0000-{:08d}"  # as long as those that we give


def person_id(number: int) -> str:
    """The id of one of the people, counted from 0."""
    return _ID.format("per", number)


# What a copied row has of its own; `i` counts the copies.
_PERSON, _COVERAGE = (
    f"printf('{_ID.format(kind, 0)[:-8]}%08d', i)" for kind in ("per", "cov")
)
_OWN = {
    "persons.id": _PERSON,
    "persons.audit_key": "randomblob(32)",
    "member_versions.person_id": _PERSON,
    "coverage_versions.id": _COVERAGE,
    "coverage_versions.person_id": _PERSON,
    "coverage_versions.number": "printf('%d', i)",
    "coverage_versions.number_key": "printf('%d', i)",
}


def fill(store: SqliteStore, people: int) -> None:
    """So many people of one insurer, each covered today."""
    person = InsuredPerson(
        person_id(0),
        PersonName("見本　花子", "ﾐﾎﾝ ﾊﾅｺ"),
        date(1980, 5, 5),
        Sex.FEMALE,
        "架空県見本市一丁目1-1",
    )
    coverage = Coverage(
        id=_ID.format("cov", 0),
        person_id=person_id(0),
        insurer=INSURER,
        identity=InsuredIdentity("見本", "0", "01"),
        acquired_on=date(2020, 4, 1),
        recorded_at=TOLD_AT,
        relation=Relation.INSURED,
        copay=(Effective(CopayRatio.THREE_TENTHS, date(2020, 4, 1), None),),
    )
    with store.transaction() as tx:
        tx.put_insurer(Insurer(INSURER.digits, "架空協会けんぽ", "03-0000-0001"))
        tx.add_person(person_id(0), bytes(32), None, None)
        tx.put_member(Member(person, INSURER.digits, "NO_CARD", TOLD_AT))
        tx.put_coverage(coverage)
    for table in ("persons", "member_versions", "coverage_versions"):
        _copy_first_row(store, table, people)


def _copy_first_row(store: SqliteStore, table: str, people: int) -> None:
    with store.transaction() as tx:
        columns = [row[1] for row in tx.run(f"PRAGMA table_info({table})").fetchall()]
        values = [_OWN.get(f"{table}.{name}", f"t.{name}") for name in columns]
        tx.run(
            "WITH RECURSIVE n(i) AS"
            f" (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people - 1})"
            f" INSERT INTO {table} ({', '.join(columns)})"
            f" SELECT {', '.join(values)} FROM n, (SELECT * FROM {table} LIMIT 1) t"
        )
