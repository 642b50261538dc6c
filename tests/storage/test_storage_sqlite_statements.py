"""One place opens a write; hot questions go by an index; a reader is closed in time."""

import ast
import re
from pathlib import Path

import pytest

from backend.storage.sqlite import (
    access,
    batches,
    coverages,
    desk,
    papers,
    register,
    registered,
    runs,
    store,
)

BACKEND = Path(store.__file__).parents[2]
A_WRITE = re.compile(r"\s*(BEGIN|SAVEPOINT)\b(?! DEFERRED)", re.I)
ASKED = re.compile(r"SCAN (json_each|asked|\d+ CONSTANT ROWS)")  # no table
HOT = {
    "record": coverages._RECORD_OF_ONE,
    "holds": coverages._HOLDS_OF_ONE,
    "record of coverages": coverages._RECORD_OF_OWNERS,
    "numbers": coverages._NUMBERED,
    "coverage": coverages._NEWEST,
    "members": coverages._MEMBERS,
    "description": register._MEMBER,
    "person": register._AUDIT_KEY,
    "certificate": papers._ONE_CERTIFICATE,
    "certificates": papers._CERTIFICATES_OF,
    "unsigned": batches._OPEN_BATCHES,
    "token": papers._SHOWN,
    "access token": access._TOKEN,
    "saved answer": desk._SAVED,
    "history": desk._OF_PERSON,
    "next": desk._NEXT,
    "registered": registered._numbered(2),
    "registered coverages": registered._BY_COVERAGE,
    "intended since": registered._INTENDED_SINCE,
    "under way": batches._UNDER_WAY,
    "chunk": runs._CHUNK,
    "chunks to decide": runs._TO_DECIDE,
    "chunk of a paper": runs._OF_PAPER,
}


def strings(path):
    """The texts in a module that are not docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in told:
            if isinstance(node.value, str):
                yield node.value


def test_a_write_is_begun_in_one_place():
    places = [
        (path.relative_to(BACKEND).as_posix(), text)
        for path in sorted(BACKEND.rglob("*.py"))
        for text in strings(path)
        if A_WRITE.match(text)
    ]

    assert places == [
        ("storage/sqlite/database.py", "BEGIN IMMEDIATE"),
        ("storage/sqlite/statements.py", "SAVEPOINT apart"),
    ]


def test_no_library_begins_a_write_for_us():
    begins = re.compile(
        r"\.(atomic|executescript|insert_all|upsert_all)\(|with \w*\.?conn(ection)?:"
    )
    found = [
        path.name
        for path in sorted(BACKEND.rglob("*.py"))
        if begins.search(path.read_text("utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize("name", HOT)
def test_hot_questions_go_by_an_index(store, name):
    sql = HOT[name]
    count = len(set(re.findall(r"\?\d", sql))) or sql.count("?")
    with store.reading() as tx:
        plan = tx.run(f"EXPLAIN QUERY PLAN {sql}", ["x"] * count).fetchall()
    steps = [step for *_, step in plan]

    assert steps != []
    assert [it for it in steps if "SCAN" in it and not ASKED.search(it)] == []


def test_readers_are_used_again_and_closed_with_the_store(store):
    for _ in range(3):
        with store.reading() as tx, store.reading():
            first = tx.connection
    assert len(store._resting) == 2
    assert first in store._resting

    store.close()

    with pytest.raises(Exception, match="closed"):
        first.execute("SELECT 1")
    with pytest.raises(RuntimeError), store.reading():
        pass


def test_a_reader_that_outlives_the_store_closes_with_its_block(store):
    with store.reading() as tx:
        store.close()
        assert tx.audit_size() == 0
        connection = tx.connection

    with pytest.raises(Exception, match="closed"):
        connection.execute("SELECT 1")


def test_a_reader_whose_view_was_never_ended_is_not_used_again(store):
    broken = store._borrow()
    broken.execute("BEGIN DEFERRED")
    store._give_back(broken)

    with store.reading() as tx:
        assert tx.audit_size() == 0
        assert tx.connection is not broken
