"""What an operator gives is checked first; a repeat changes only what is given."""

from datetime import timedelta

import pytest
from cli_desk import ANOTHER_INSURER, INSURER

from backend.domain.japan_time import japan_day
from backend.house import open_house
from backend.settings import Settings
from backend.system import now, random_bytes

CLINIC = "1312345679"


def recorded(shell, kind, number):
    house = open_house(Settings.read(shell.settings), now, random_bytes)
    try:
        with house.store.reading() as tx:
            return getattr(tx, kind)(number)
    finally:
        house.store.close()


def test_enrolling_a_clinic_again_changes_only_what_is_given(shell):
    shell("enrol", "clinic", CLINIC, "--name", "見本内科", "--online-codes-only")
    shell("enrol", "clinic", CLINIC, "--name", "見本医院")
    assert recorded(shell, "clinic", CLINIC).requires_challenge is True

    shell("enrol", "clinic", CLINIC, "--all-codes")

    assert recorded(shell, "clinic", CLINIC).name == "見本医院"
    assert recorded(shell, "clinic", CLINIC).requires_challenge is False


def test_enrolling_an_insurer_again_changes_only_what_is_given(insurer):
    last_on = japan_day(now()) + timedelta(days=900)
    limits = ("--certificate-until", str(last_on), "--online-codes-only")
    insurer("enrol", "insurer", INSURER, *limits)

    insurer("enrol", "insurer", INSURER, "--contact", "00-0000-0009")

    row = recorded(insurer, "insurer", INSURER)
    assert (row.name, row.contact) == ("架空協会けんぽ", "00-0000-0009")
    assert (row.certificate_until_on, row.requires_challenge) == (last_on, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("enrol", "clinic", CLINIC),
        ("enrol", "clinic", CLINIC, "--name", ""),
        ("enrol", "insurer", ANOTHER_INSURER, "--name", "架空"),
        ("enrol", "insurer", INSURER, "--certificate-until", "2020-01-01"),
        ("enrol", "insurer", INSURER, "--certificate-until", "2099-01-01"),
        ("keys", "new", "--insurer", "1"),
        ("keys", "new", "--insurer", ANOTHER_INSURER),
        ("keys", "rotate", "--insurer", ANOTHER_INSURER),
        ("keys", "rotate", "--insurer", INSURER),  # no next key waits
        ("terminals", "list", "123"),
        ("terminals", "list", CLINIC),
        ("terminals", "list", ANOTHER_INSURER),
    ],
    ids=" ".join,
)
def test_what_cannot_be_is_refused_and_nothing_changes(insurer, arguments):
    before = insurer.told("keys", "list"), recorded(insurer, "insurer", INSURER)

    insurer(*arguments, status=1)

    assert before == (
        insurer.told("keys", "list"),
        recorded(insurer, "insurer", INSURER),
    )
    assert recorded(insurer, "clinic", CLINIC) is None


def test_a_key_cannot_be_stolen_in_the_future(insurer):
    kid = insurer.told("keys", "list")["keys"][0]["kid"]
    tomorrow = f"{now() + timedelta(days=1):%Y-%m-%dT%H:%M:%S}"

    told = insurer("keys", "compromise", kid, "--since", tomorrow, status=1)

    assert "UTC" in told.output
    assert {it["state"] for it in insurer.told("keys", "list")["keys"]} == {"active"}


def test_a_slip_in_a_serial_is_told_of_the_serial(insurer):
    told = insurer("withdraw", "AAAA-AAAA-AAAA-AAAB", "--insurer", INSURER, status=1)

    assert "発行番号の検査文字" in told.output
