"""What a command refuses or fails at leaves everything as it was."""

import csv
import io

import pytest
from test_cli_commands import INSURER, committed

from backend.app import open_house
from backend.domain.japan_time import japan_day
from backend.settings import Settings
from backend.storage.rows import ClientKind
from backend.system import now, random_bytes

CLINIC = "1312345679"


def opened(shell):
    return open_house(Settings.read(shell.settings), now, random_bytes)


@pytest.mark.parametrize("secret", ["master", "passphrase"])
def test_a_lost_secret_of_a_filled_deployment_is_not_made_anew(shell, secret):
    (shell.folder / "keys" / secret).unlink()

    refused = shell("init", status=1)

    assert "控えから戻して" in refused.output
    assert "restore it from its copy" in refused.output
    assert not (shell.folder / "keys" / secret).exists()


def codes_that_count(shell) -> set[bytes]:
    house = opened(shell)
    rows = house.store._database.execute(
        "SELECT mac FROM codes WHERE kind = ? AND used_at IS NULL",
        [ClientKind.PATIENT.value],
    ).fetchall()
    house.store.close()
    return {mac for (mac,) in rows}


def test_letters_that_cannot_be_written_end_no_code(insurer):
    committed(insurer)
    out = insurer.folder / "letters.csv"
    insurer("activate", INSURER, "--out", str(out))
    before = codes_that_count(insurer)
    assert before

    again = insurer("activate", INSURER, "--out", str(out), status=1)
    nowhere = insurer.folder / "nowhere" / "letters.csv"
    lost = insurer("activate", INSURER, "--out", str(nowhere), status=1)

    assert "No code was made" in again.output
    assert "No code was made" in lost.output
    assert codes_that_count(insurer) == before
    assert len(list(csv.reader(io.StringIO(out.read_text("utf-8"))))) > 1


def test_letters_of_an_insurer_that_is_not_enrolled_are_refused(shell):
    out = shell.folder / "letters.csv"

    refused = shell("activate", "06139997", "--out", str(out), status=1)

    assert "insurer" in refused.output
    assert not out.exists()


def test_enrolling_again_changes_only_what_is_given(insurer):
    clinic = ("enrol", "clinic", CLINIC, "--name", "見本内科")
    insurer(*clinic, "--online-codes-only")
    until = japan_day(now()).replace(month=1, day=1)
    until = until.replace(year=until.year + 2)
    again = ("enrol", "insurer", INSURER, "--name", "改名協会", "--contact", "1")
    insurer(*again, "--online-codes-only", "--certificate-until", until.isoformat())

    insurer(*clinic)
    insurer(*again)

    house = opened(insurer)
    with house.store.reading() as tx:
        known, told = tx.insurer(INSURER), tx.clinic(CLINIC)
    house.store.close()
    assert told.requires_challenge is True
    assert (known.name, known.requires_challenge) == ("改名協会", True)
    assert known.certificate_until_on == until


def test_a_setting_is_taken_back_by_name(insurer):
    clinic = ("enrol", "clinic", CLINIC, "--name", "見本内科")
    insurer(*clinic, "--online-codes-only")
    insurer(*clinic, "--any-codes")

    house = opened(insurer)
    with house.store.reading() as tx:
        assert tx.clinic(CLINIC).requires_challenge is False
    house.store.close()


@pytest.mark.parametrize("day", ["2020-01-01", "2099-12-31"])
def test_certificates_end_within_five_years(shell, day):
    refused = shell(
        *("enrol", "insurer", INSURER, "--name", "架空", "--contact", "0"),
        *("--certificate-until", day),
        status=1,
    )

    assert "--certificate-until" in refused.output
    assert "five years" in refused.output


def test_a_folder_that_is_a_file_is_told_in_words(shell):
    (shell.folder / "file").write_text("")
    shell.settings["SHIKAKU_DATA_DIR"] = str(shell.folder / "file")

    refused = shell("init", status=1)

    assert "file" in refused.output
    assert "Traceback" not in refused.output
