"""Attacks on what is append-only, by raw SQL past our own code."""

import pytest
from storage_samples import (
    INSURER,
    LATER,
    a_client,
    a_coverage,
    a_delegate,
    a_finished_run,
    a_report,
    a_token_intent,
    a_withdrawal,
    an_intent,
    append,
    charges,
    open_batch,
    put_certificate,
    put_closed_report,
    token_of,
)

from backend.storage.rows import WithdrawalKind
from backend.storage.sqlite.database import open_database

PROTECTED = [
    "persons",
    "member_versions",
    "coverage_versions",
    "moulds",
    "intents",
    "batches",
    "signatures",
    "tokens",
    "withdrawals",
    "status_lists",
    "status_shuffles",
    "audit_entries",
    "runs",
    "run_chunks",
    "reports",
    "report_answers",
]


@pytest.fixture
def attacked(peopled, random_bytes, tmp_path):
    """A raw connection to a store with two rows and more in every table."""
    with peopled.transaction() as tx:
        tx.add_person("p2", b"2" * 32, b"index2", b"sealed2")
        tx.put_coverage(a_coverage(**charges(), recorded_at=LATER))
        tx.put_client(a_client())
        tx.allocate_status(INSURER, 9, random_bytes)
        for n in (1, 2):
            place = put_certificate(tx, f"s{n}", n).place
            suspended = a_withdrawal(f"s{n}", WithdrawalKind.SUSPENDED)
            tx.put_withdrawal(suspended, place)
            intent = a_token_intent(f"h{n}", n + 4)
            tx.put_intent(intent)
            tx.put_token(token_of(intent, a_client()))
            append(note=f"n{n}")(tx)
            a_finished_run(tx, f"r{n}")
            put_closed_report(tx, f"rep{n}")
    database = open_database(tmp_path / "store.db", is_writing=True)
    yield database
    database.close()


def rows(database, table):
    return database.execute(f"SELECT * FROM {table}").fetchall()


def refused(database, table, attack):
    """Whether the attack was refused and left the table as it was."""
    before = rows(database, table)
    assert before != []
    with pytest.raises(
        Exception, match=r"append only|erased|never used again|is final"
    ):
        database.execute(attack)
    return rows(database, table) == before


@pytest.mark.parametrize("table", PROTECTED)
def test_no_row_is_deleted(attacked, table):
    assert refused(attacked, table, f"DELETE FROM {table}")


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
@pytest.mark.parametrize("table", PROTECTED)
def test_no_row_is_replaced(attacked, table, verb):
    attack = f"{verb} INTO {table} SELECT * FROM {table} LIMIT 1"
    assert refused(attacked, table, attack)


@pytest.mark.parametrize(
    "verb", ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE", "UPDATE OR ROLLBACK"]
)
@pytest.mark.parametrize("table", PROTECTED)
def test_no_column_is_changed(attacked, table, verb):
    columns = attacked.execute(f"PRAGMA table_info({table})").fetchall()
    for _, name, kind, *_ in columns:
        if (table, name) == ("status_lists", "used"):
            continue  # it counts up: below
        value = {"TEXT": "'other'", "INTEGER": "77", "BLOB": "X'77'"}[kind]
        attack = f"{verb} {table} SET {name} = {value}"
        assert refused(attacked, table, attack), name


@pytest.mark.parametrize("first", [1, 2])
def test_no_signature_is_made_twice(attacked, first):
    """Two stand in rows of their own: a third may not reach over either."""
    attack = f"INSERT INTO signatures VALUES ({first}, 1, zeroblob(256))"
    assert refused(attacked, "signatures", attack)


@pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR REPLACE"])
def test_a_list_is_never_used_backwards(attacked, verb):
    attack = f"{verb} status_lists SET used = used - 1"
    assert refused(attacked, "status_lists", attack)


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE coverage_versions SET number = '', symbol_key = '', number_key = '', "
        "symbol = NULL, branch = NULL, copay = NULL, limits = NULL, diseases = NULL",
        "UPDATE coverage_versions SET copay = NULL",
        "UPDATE intents SET mould = NULL, words = ''",
        "UPDATE reports SET words = ''",
        "UPDATE report_answers SET words = ''",
    ],
)
def test_nothing_is_blanked_of_a_person_who_is_not_erased(attacked, attack):
    assert refused(attacked, attack.split()[1], attack)


def test_an_erased_person_is_not_brought_back(attacked, peopled):
    peopled.write(lambda tx: tx.erase_person("p2"))

    for attack in (
        "UPDATE persons SET audit_key = X'00' WHERE id = 'p2'",
        "UPDATE persons SET blind_index = X'00' WHERE id = 'p2'",
        "INSERT OR REPLACE INTO persons VALUES ('p2', X'00', NULL, NULL)",
    ):
        assert refused(attacked, "persons", attack)


def test_what_was_blanked_is_not_filled_again(attacked, peopled):
    peopled.write(lambda tx: tx.erase_person("p1"))

    for attack in (
        "UPDATE coverage_versions SET number = '345'",
        "UPDATE coverage_versions SET diseases = '[]'",
        "UPDATE intents SET words = 'other'",
        "UPDATE intents SET mould = 1",
        "UPDATE reports SET words = 'other'",
        "UPDATE report_answers SET words = 'other'",
        "UPDATE coverage_versions SET lost_on = '2026-01-01'",
    ):
        assert refused(attacked, attack.split()[1], attack)


def test_no_entry_stands_before_the_first(attacked):
    with pytest.raises(Exception, match="CHECK constraint failed"):
        attacked.execute("INSERT INTO audit_entries VALUES (-1, NULL, X'77')")


def test_without_the_pragma_a_replacement_would_walk_past_the_trigger(attacked):
    attacked.execute("PRAGMA recursive_triggers = OFF")
    attacked.execute("INSERT OR REPLACE INTO audit_entries VALUES (0, NULL, X'77')")

    assert rows(attacked, "audit_entries")[0] == (0, None, b"w")


def test_every_table_that_stands_is_attacked_here(attacked):
    guarded = attacked.execute(
        "SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'trigger' "
        "AND sql LIKE '%BEFORE DELETE%'"
    ).fetchall()

    assert sorted(name for (name,) in guarded) == sorted(PROTECTED)


def test_tables_keep_to_their_types(attacked):
    tables = attacked.execute(
        "SELECT name, strict FROM pragma_table_list "
        "WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()

    assert len(tables) > 20
    assert [name for name, strict in tables if not strict] == []


def test_an_erased_name_is_gone_from_the_file_wherever_it_stood(peopled, tmp_path):
    path, place = tmp_path / "store.db", "東京都架空区一丁目".encode()
    names = [
        "山田 花子",
        "花子の紙",
        "花子の電話",
        "介護 太郎",
        "別人です",
        "直しました",
    ]
    sought = ["山田花子", "ﾔﾏﾀﾞﾊﾅｺ"]  # as members are found
    written = [it.encode() for it in (*names, *sought)] + [place]
    with peopled.transaction() as tx:
        open_batch(tx, an_intent(words=names[1]))
        delegate = a_delegate()
        tx.put_client(a_client(name=names[2], delegate=delegate))
        tx.put_report(a_report(text=names[4]))
        tx.answer_report("rep1", names[5], LATER)
    peopled.close()
    assert [it in path.read_bytes() for it in written] == [True] * 9
    reopened = type(peopled)(path)
    reopened.write(lambda tx: tx.erase_person("p1"))
    reopened.close()

    assert [it in path.read_bytes() for it in written] == [False] * 9
