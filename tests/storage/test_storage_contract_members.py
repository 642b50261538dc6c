"""Finding members: by part of a name, number, birth date and serial, page by page."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from storage_samples import (
    INSURER,
    LATER,
    OTHER_INSURER,
    a_coverage,
    a_member,
    an_intent,
    open_batch,
)

from backend.domain.insured_identity import InsuredIdentity
from backend.domain.kana import comparison_key
from backend.domain.person_name import PersonName
from backend.storage.members import MemberQuery
from backend.storage.sqlite.store import SqliteStore

PEOPLE = {
    "p1": ("山田 花子", "ﾔﾏﾀﾞ ﾊﾅｺ", date(1980, 2, 29)),
    "p2": ("山田　太郎", "ﾔﾏﾀﾞ ﾀﾛｳ", date(1980, 2, 29)),
    "p3": ("小山 田吾", "ｵﾔﾏ ﾀﾞｺﾞ", date(1975, 1, 1)),
    "p4": ("服部 京", "ﾊｯﾄﾘ ｹｲ", date(1990, 12, 31)),
}


def described(person_id, kanji, kana, birth_on, insurer=INSURER, **changes):
    member = a_member(person_id, insurer, **changes)
    name = PersonName(kanji, kana)
    person = replace(member.person, name=name, birth_on=birth_on)
    return replace(member, person=person)


@pytest.fixture
def listed(store):
    with store.transaction() as tx:
        for number, (person_id, told) in enumerate(PEOPLE.items()):
            tx.add_person(person_id, person_id.encode().ljust(32, b"k"), None, None)
            tx.put_member(described(person_id, *told))
            identity = InsuredIdentity("甲", f"10{number}", "01")
            version = a_coverage(f"c{number}", person_id, INSURER, identity=identity)
            tx.put_coverage(version)
    return store


def found(store, insurer=INSURER, **wanted):
    with store.reading() as tx:
        return list(tx.find_members(insurer, MemberQuery(**wanted)))


def test_everyone_comes_in_the_order_of_kana(listed):
    assert found(listed) == ["p3", "p4", "p2", "p1"]
    assert found(listed, OTHER_INSURER) == []


def test_a_part_of_a_name_is_enough(listed):
    assert found(listed, name="山田") == ["p3", "p2", "p1"]
    assert found(listed, name="田花") == ["p1"]
    assert found(listed, name="ハツトリ", kana="ﾊﾂﾄﾘ") == ["p4"]
    assert found(listed, name="京", kana="ﾔﾏ") == ["p3", "p4", "p2", "p1"]
    assert found(listed, name="%") == []


def test_by_number_birth_date_and_serial(listed):
    listed.write(lambda tx: open_batch(tx, an_intent("s1")))
    assert found(listed, number="101") == ["p2"]
    assert found(listed, number="101", symbol="甲") == ["p2"]
    assert found(listed, number="101", symbol="") == []
    assert found(listed, birth_on=date(1980, 2, 29)) == ["p2", "p1"]
    assert found(listed, birth_on=date(1980, 2, 29), name="花") == ["p1"]
    assert found(listed, serial="s1") == ["p1"]
    assert found(listed, serial="s2") == []
    assert found(listed, OTHER_INSURER, serial="s1") == []


def test_pages_follow_one_another(listed):
    pages, after = [], None
    while page := found(listed, after=after, limit=3):
        pages.append(page)
        after = page[-1]
    assert pages == [["p3", "p4", "p2"], ["p1"]]


def test_the_newest_description_counts_and_the_erased_are_nobody(listed):
    renamed = described("p1", "海野 花子", "ｳﾝﾉ ﾊﾅｺ", date(1980, 2, 28))
    listed.write(lambda tx: tx.put_member(replace(renamed, recorded_at=LATER)))
    earlier = described("p1", "古田 花子", "ﾌﾙﾀ ﾊﾅｺ", date(1980, 2, 27))
    listed.write(lambda tx: tx.put_member(earlier))
    assert found(listed, name="山田") == ["p3", "p2"]
    assert found(listed, name="古田") == []
    assert found(listed, name="海野") == ["p1"]
    listed.write(lambda tx: tx.erase_person("p1"))
    assert found(listed, name="海野") == []
    assert found(listed) == ["p3", "p4", "p2"]


def test_an_insurer_finds_its_own_description_alone(listed):
    other = described("p1", "山田 花子", "ﾔﾏﾀﾞ ﾊﾅｺ", date(1980, 2, 29), OTHER_INSURER)
    listed.write(lambda tx: tx.put_member(other))
    assert found(listed, OTHER_INSURER) == ["p1"]
    assert found(listed, OTHER_INSURER, number="100") == []


@given(kana=st.text("ｱｧﾔｬﾂｯﾊﾞｰ･ ", min_size=1, max_size=12))
def test_kana_are_kept_as_they_are_compared(
    tmp_path_factory: pytest.TempPathFactory, kana: str
) -> None:
    made = SqliteStore(tmp_path_factory.mktemp("kana") / "store.db")
    with made.reading() as tx:
        (sql,) = tx.run(
            "SELECT sql FROM sqlite_schema WHERE name = 'member_keys'"
        ).fetchone()
        expression = sql.partition("person_id,")[2].partition("AS kana_key")[0]
        asked = f"SELECT {expression} FROM (SELECT ? AS kana) m"
        (key,) = tx.run(asked, (kana,)).fetchone()
    made.close()
    assert key == comparison_key(kana)
