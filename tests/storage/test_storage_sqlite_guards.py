"""What guards the record is seen missing, changed or added to."""

import pytest

from backend.storage.sqlite.database import open_database

KEPT = "audit_entries_are_kept"
_WEAKER = (
    f"DROP TRIGGER {KEPT}",
    f"CREATE TRIGGER {KEPT} BEFORE DELETE ON audit_entries BEGIN SELECT 1; END",
)


@pytest.mark.parametrize(
    ("attack", "named"),
    [
        ([f"DROP TRIGGER {KEPT}"], KEPT),
        (_WEAKER, KEPT),
        (["DROP INDEX list_under_way"], "list_under_way"),
        (
            ["CREATE TRIGGER forget AFTER INSERT ON audit_entries BEGIN SELECT 1; END"],
            "forget",
        ),
        (["CREATE TABLE aside (a TEXT) STRICT"], "aside"),
    ],
    ids=["dropped", "weakened", "index dropped", "trigger added", "table added"],
)
def test_every_change_of_the_schema_is_named(store, tmp_path, attack, named):
    assert all(condition.is_met for condition in store.checks())
    database = open_database(tmp_path / "store.db", is_writing=True)
    for statement in attack:
        database.execute(statement)
    database.close()

    (unmet,) = [condition for condition in store.checks() if not condition.is_met]

    assert (unmet.name, unmet.found) == ("schema", named)
    assert "shikaku audit verify" in unmet.cure.ja
