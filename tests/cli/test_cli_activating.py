"""Letters with activation codes: private, whole, never at the cost of earlier ones."""

import csv
import io
import sqlite3

import pytest
from cli_desk import ANOTHER_INSURER, INSURER, committed


def test_activation_codes_go_into_a_letter_file_only_its_owner_can_read(insurer):
    committed(insurer)
    letters = insurer.folder / "letters.csv"

    told = insurer.told("activate", INSURER, "--out", str(letters))

    rows = list(csv.reader(io.StringIO(letters.read_text("utf-8-sig"))))
    assert told["letters"] == len(rows) - 1 == 2
    assert "見本　花子" in rows[1][3]
    assert letters.stat().st_mode & 0o077 == 0
    insurer("activate", INSURER, "--out", str(letters), status=1)  # never overwritten


@pytest.mark.parametrize("name", ["taken.csv", "nowhere/letters.csv", "cp932.csv"])
def test_letters_that_cannot_be_written_void_no_earlier_code(insurer, name):
    committed(insurer, ("見本　花子", "見本　花\U00020b9f") if "cp932" in name else ())
    letters, failing = insurer.folder / "letters.csv", insurer.folder / name
    insurer("activate", INSURER, "--out", str(letters))
    (insurer.folder / "taken.csv").write_text("of somebody else")
    before = open_codes(insurer)

    told = insurer(
        "activate", INSURER, "--out", str(failing), "--encoding", "cp932", status=1
    )

    assert open_codes(insurer) == before
    assert "keys/README.md" not in told.output
    assert not failing.exists() or failing.name == "taken.csv"
    assert (insurer.folder / "taken.csv").read_text() == "of somebody else"


def open_codes(shell) -> list[bytes]:
    with sqlite3.connect(shell.folder / "var" / "shikaku.db") as database:
        question = "SELECT mac FROM codes WHERE used_at IS NULL ORDER BY mac"
        return [mac for (mac,) in database.execute(question)]


def test_letters_for_strangers_are_not_written(insurer):
    letters = insurer.folder / "letters.csv"

    insurer("activate", INSURER, "--person", "nobody", "--out", str(letters), status=1)
    told = insurer("activate", ANOTHER_INSURER, "--out", str(letters), status=1)

    assert "shikaku enrol insurer" in told.output
    assert not letters.exists()
