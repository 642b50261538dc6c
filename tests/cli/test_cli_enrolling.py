"""`shikaku enrol`, repeated: what is not said again stays as it was."""

import pytest

from backend.domain.japan_time import japan_day
from backend.house import open_house
from backend.settings import Settings
from backend.system import now, random_bytes

INSURER, CLINIC = "01130012", "1312345679"


def recorded(shell):
    house = open_house(Settings.read(shell.settings), now, random_bytes)
    with house.store.reading() as tx:
        found = tx.insurer(INSURER), tx.clinic(CLINIC)
    house.store.close()
    return found


def test_enrolling_again_changes_only_what_is_given(shell):
    clinic = ("enrol", "clinic", CLINIC, "--name", "見本内科")
    insurer = ("enrol", "insurer", INSURER, "--contact", "1", "--name")
    until = japan_day(now()).replace(month=1, day=1)
    until = until.replace(year=until.year + 2)
    shell(*clinic, "--online-codes-only")
    limited = ("--online-codes-only", "--certificate-until", until.isoformat())
    shell(*insurer, "架空協会", *limited)

    shell(*clinic)
    shell(*insurer, "改名協会")

    known, told = recorded(shell)
    assert told.requires_challenge is True
    assert (known.name, known.requires_challenge) == ("改名協会", True)
    assert known.certificate_until_on == until


def test_a_demand_is_taken_back_by_name(shell):
    clinic = ("enrol", "clinic", CLINIC, "--name", "見本内科")
    shell(*clinic, "--online-codes-only")
    shell(*clinic, "--all-codes")

    assert recorded(shell)[1].requires_challenge is False


@pytest.mark.parametrize("day", ["2020-01-01", "2099-12-31"])
def test_certificates_end_within_five_years(shell, day):
    refused = shell(
        *("enrol", "insurer", INSURER, "--name", "架空", "--contact", "0"),
        *("--certificate-until", day),
        status=1,
    )

    assert "--certificate-until" in refused.output
    assert "five years" in refused.output
