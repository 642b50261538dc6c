"""The file of reminders: private, whole, and never over another file."""

from cli_desk import ANOTHER_INSURER, INSURER, committed

from backend.interchange.reminder_letters import HEADINGS


def test_reminders_go_into_a_file_only_its_owner_can_read(insurer):
    committed(insurer)
    out = insurer.folder / "reminders.csv"
    asked = ("reminders", "--insurer", INSURER, "--out", str(out), "--days", "366")

    told = insurer.told(*asked)

    heading, *lines = out.read_text("utf-8-sig").splitlines()
    assert heading == ",".join(f'"{name}"' for name in HEADINGS)
    assert told["letters"] == len(lines)
    assert out.stat().st_mode & 0o077 == 0
    insurer(*asked, status=1)  # never overwritten


def test_reminders_of_an_insurer_that_is_not_enrolled_are_not_written(insurer):
    out = insurer.folder / "reminders.csv"

    told = insurer(
        "reminders", "--insurer", ANOTHER_INSURER, "--out", str(out), status=1
    )

    assert "shikaku enrol insurer" in told.output
    assert not out.exists()
