"""Everything ever signed, read again: a sound record passes, each touch is found."""

import pytest

from backend.credentials import jose, strict_json
from backend.credentials.certificate import CERTIFICATE_TYP, Form
from backend.credentials.key_set import KeyPurpose
from backend.issuing.certificates import issue_certificates
from backend.issuing.issued_text import issued_text
from backend.issuing.keys import rotate_key
from backend.issuing.recheck import recheck
from backend.storage.sqlite.database import open_database
from tests.house_of_glass import OLD


@pytest.fixture
def issued(house):
    for _ in range(3):
        house.cover(house.person())
    return issue_certificates(house.issuer, OLD.digits, None, Form.A4, house.at).issued


def touch(house, statement, *values):
    """As someone with the file would: past our triggers."""
    with house.store.transaction() as tx:
        names = tx.run("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            tx.run(f'DROP TRIGGER "{name}"')
        tx.run(statement, values)


def test_a_sound_record_passes_also_after_a_rotation(house, issued):
    house.new_key(OLD.digits)
    rotate_key(house.store, KeyPurpose.ISSUING, OLD.digits, house.at)

    told = []
    found = recheck(house.store, lambda read, differ: told.append((read, differ)))

    assert (found.read, found.erased, found.discrepancies) == (3, 0, ())
    assert told == [(3, 0)]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE signatures SET octets = zeroblob(length(octets))", "not genuine"),
        ("UPDATE intents SET words = words || 'x'", "not genuine"),
        ("UPDATE intents SET words = words || char(31)", "not genuine"),
        ("UPDATE moulds SET text = replace(text, 'idx', 'xdi')", "not genuine"),
        ("UPDATE intents SET expires_on = '2099-01-01'", "record and paper"),
        ("UPDATE intents SET idx = idx + 1", "not genuine"),
        ("UPDATE intents SET list_number = list_number + 1", "not genuine"),
        ("UPDATE intents SET digest = zeroblob(32)", "log"),
        ("UPDATE batches SET entry = 0", "log"),
    ],
)
def test_each_touch_is_found(house, issued, statement, words):
    touch(house, statement)

    found = recheck(house.store).discrepancies

    assert found
    assert all(words in it.words.en for it in found)


def test_an_unknown_key_is_found(house, issued):
    touch(house, "DELETE FROM keys WHERE purpose = 'issuing'")

    assert len(recheck(house.store).discrepancies) == 3


def test_the_papers_of_the_erased_are_counted_apart(house, issued):
    house.store.write(lambda tx: tx.erase_person(issued[0].person_id))

    found = recheck(house.store)

    assert (found.read, found.erased, found.discrepancies) == (3, 1, ())


def test_a_key_in_waiting_signs_nothing_that_counts(house, issued):
    waiting = house.signers[house.new_key(OLD.digits)]
    claims = strict_json.write(jose.peek_claims(issued_text(issued[0])))
    to_sign = jose.signing_input(claims, CERTIFICATE_TYP, waiting.kid)
    serial = issued[0].serial
    touch(house, "UPDATE intents SET kid = ? WHERE object_id = ?", waiting.kid, serial)
    sign = "UPDATE signatures SET octets = CAST(? || substr(octets, 65) AS BLOB)"
    touch(house, sign, waiting.sign(to_sign))

    (found,) = recheck(house.store).discrepancies

    assert (found.serial, "not genuine" in found.words.en) == (serial, True)


def test_two_papers_at_one_place_are_found(house, issued, tmp_path):
    """As someone would who rebuilt the table without what keeps places apart."""
    touch(house, "SELECT 1")
    database = open_database(tmp_path / "shikaku.db", is_writing=True)
    try:
        for statement in (
            "PRAGMA foreign_keys = OFF",
            "CREATE TABLE bare AS SELECT * FROM intents",
            "DROP TABLE intents",
            "ALTER TABLE bare RENAME TO intents",
            "UPDATE intents SET idx = (SELECT MIN(idx) FROM intents)",
        ):
            database.execute(statement)
    finally:
        database.close()

    found = recheck(house.store).discrepancies

    assert [it.words.en for it in found].count("a status place twice") == 2
