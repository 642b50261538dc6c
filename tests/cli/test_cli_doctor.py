"""`shikaku doctor` finds each misconfiguration and says how to mend it."""

import os
import sqlite3
from datetime import UTC, datetime

import pytest

from backend.cli.doctor import examine
from backend.cli.doctor_files import about_files
from backend.settings import Settings
from backend.storage.sqlite import conditions
from backend.storage.sqlite.conditions import is_new_enough

INSURER = "01130012"


def ill(shell, at=None):
    findings = examine(Settings.read(shell.settings), at or datetime.now(UTC))
    return {it.name: it.cure for it in findings if not it.is_well}


def test_a_fresh_deployment_is_well(shell):
    shell("doctor")

    assert ill(shell) == {}


def test_loose_permissions_are_found_on_every_secret(shell):
    for path in (shell.folder / "keys").iterdir():
        path.chmod(0o644)

    found = ill(shell)

    assert {"permissions master", "permissions passphrase"} <= found.keys()
    assert any(name.endswith(".pem") for name in found)
    assert "chmod 600" in found["permissions master"]
    shell("doctor", status=1)


def test_debug_is_found(shell):
    shell.settings["SHIKAKU_DEBUG"] = "1"

    assert "SHIKAKU_DEBUG=0" in ill(shell)["debug"]


def test_plain_http_and_sample_data_are_found_once_others_can_reach_it(shell):
    shell.settings["SHIKAKU_BASE_URL"] = "http://shikaku.example"

    assert {"base-url", "sample-data"} <= ill(shell).keys()


@pytest.mark.parametrize(
    ("address", "cure"),
    [
        ("http://127.0.0.1:8000", "http://localhost:8000"),
        ("https://192.0.2.1", "SHIKAKU_BASE_URL をホスト名"),
        ("https://[2001:db8::1]:8443", "SHIKAKU_BASE_URL をホスト名"),
        ("http://shikaku.example", "SHIKAKU_BASE_URL を https://"),
    ],
)
def test_an_address_without_passkeys_is_warned_of(shell, address, cure):
    shell.settings["SHIKAKU_BASE_URL"] = address

    assert cure in ill(shell)["passkeys"]


def test_a_warning_is_no_failure(shell):
    shell.settings["SHIKAKU_BASE_URL"] = "http://127.0.0.1:8000"

    assert "! passkeys" in shell("doctor").output


@pytest.mark.parametrize(
    "address", ["https://shikaku.example", "http://localhost:8000", "https://localhost"]
)
def test_an_address_with_passkeys_is_well(shell, address):
    shell.settings["SHIKAKU_BASE_URL"] = address

    assert "passkeys" not in ill(shell)


@pytest.mark.parametrize("year", [1970, 2025, 2099])
def test_a_clock_far_from_the_last_entry_is_found(shell, year):
    assert "NTP" in ill(shell, datetime(year, 1, 1, tzinfo=UTC))["clock"]


def test_a_missing_private_key_is_found(shell):
    for path in (shell.folder / "keys").glob("*.pem"):
        path.unlink()

    assert "keys/" in ill(shell)["key service"]


def test_a_loose_private_key_is_not_said_to_be_lost(shell):
    for path in (shell.folder / "keys").glob("*.pem"):
        path.chmod(0o640)

    found = ill(shell)["key service"]

    assert "chmod 600" in found
    assert "restore" not in found


def test_data_that_others_may_read_is_found(shell):
    (shell.folder / "var").chmod(0o755)
    (shell.folder / "var" / "shikaku.db").chmod(0o640)

    found = ill(shell)

    assert "chmod 700" in found["permissions var"]
    assert "chmod 600" in found["permissions shikaku.db"]


def test_folders_of_another_owner_are_found(shell, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 12345)

    assert "chown 12345" in ill(shell)["owner keys"]


def test_a_place_that_cannot_be_looked_at_is_a_finding(shell):
    shell.settings["SHIKAKU_KEYS_DIR"] = "k" * 300
    shell.settings["SHIKAKU_DATA_DIR"] = "d" * 300

    found = ill(shell)

    assert "too long" in found["files"]
    assert "too long" in found["database"]


def database_of(shell):
    return shell.folder / "var" / "shikaku.db"


def without_database(shell):
    database_of(shell).unlink()


def emptied(shell):
    database_of(shell).write_bytes(b"")


def overwritten(shell):
    database_of(shell).write_bytes(b"no database at all " * 1000)


def cut_short(shell):
    with database_of(shell).open("r+b") as file:
        file.truncate(8192)


@pytest.mark.parametrize(
    ("misfortune", "cure"),
    [
        (without_database, "restore it from the backup, or run shikaku init"),
        (emptied, "restore it from the backup"),
        (overwritten, "restore it from the last backup"),
        (cut_short, "restore it from the last backup"),
    ],
)
def test_a_lost_or_damaged_database_is_found_and_left_as_it_is(shell, misfortune, cure):
    for name in ("shikaku.db-wal", "shikaku.db-shm"):
        (shell.folder / "var" / name).unlink(missing_ok=True)
    misfortune(shell)
    path = database_of(shell)
    before = path.exists() and path.read_bytes()

    assert cure in ill(shell)["database"]
    assert (path.exists() and path.read_bytes()) == before


def test_a_disk_that_is_full_or_read_only_is_found(shell, monkeypatch):
    settings = Settings.read(shell.settings)
    full = {it.name for it in about_files(settings, room=2**62) if not it.is_well}
    monkeypatch.setattr(os, "access", lambda *_: False)  # as root it is never refused

    assert full == {"disk"}
    assert "read-only" in ill(shell)["database"]


def test_an_sqlite_that_is_not_to_be_trusted_is_not_cured_with_init(shell, monkeypatch):
    monkeypatch.setattr(conditions, "_OLDEST_SQLITE", (99, 0, 0))

    assert "pip install" in ill(shell)["database"]


@pytest.mark.parametrize(
    "address",
    ["https://[::1", "http://x:99999", "http://x:0", "http://x:y", "https://:8000"],
)
def test_an_address_that_cannot_be_is_a_finding(shell, address):
    shell.settings["SHIKAKU_BASE_URL"] = address

    told = shell.told("doctor", status=1)

    assert [it["name"] for it in told] == ["SHIKAKU_BASE_URL"]
    assert "https://shikaku.example.jp" in told[0]["cure"]


def test_a_purpose_without_an_active_key_is_found(shell):
    shell("enrol", "insurer", INSURER, "--name", "架空", "--contact", "00")
    kid = next(it["kid"] for it in shell.told("keys", "list")["keys"] if it["insurer"])
    shell("keys", "compromise", kid, "--since", "2020-01-01T00:00:00")

    assert (
        ill(shell)[f"key issuing {INSURER}"] == f"shikaku keys new --insurer {INSURER}"
    )


def test_a_lost_journal_is_to_be_restored_not_begun_anew(shell):
    journal = shell.folder / "var" / "checkpoints.jsonl"
    kept = journal.read_bytes()
    shell("enrol", "insurer", INSURER, "--name", "架空", "--contact", "00")

    journal.write_bytes(b"")
    assert "信用できません" in ill(shell)["checkpoints"]
    journal.unlink()
    assert "信用できません" in ill(shell)["checkpoints"]
    shell("audit", "checkpoint", status=1)
    shell("init", status=1)
    assert "信用できません" in ill(shell)["checkpoints"]

    journal.write_bytes(kept)
    shell("audit", "checkpoint")
    shell("audit", "checkpoint", "--begin-anew", status=1)
    shell("doctor")
    journal.unlink()
    shell("audit", "checkpoint", "--begin-anew")
    shell("doctor")


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER audit_entries_stand",
        "DROP TRIGGER audit_entries_stand;"
        "CREATE TRIGGER audit_entries_stand BEFORE UPDATE ON audit_entries"
        " BEGIN SELECT 1; END",
        "CREATE TRIGGER audit_entries_stand_by AFTER INSERT ON audit_entries"
        " BEGIN SELECT 1; END",
        "DROP INDEX audit_of_subject",
    ],
)
def test_guards_that_were_dropped_or_changed_are_named(shell, change):
    with sqlite3.connect(shell.folder / "var" / "shikaku.db") as database:
        database.executescript(change)

    told = shell.told("doctor", status=1)

    (found,) = [it for it in told if not it["is_well"]]
    assert found["name"] == "schema"
    assert found["found"].startswith("audit_")
    assert "audit verify" in found["cure"]


def test_every_missing_trigger_is_named(shell):
    with sqlite3.connect(shell.folder / "var" / "shikaku.db") as database:
        triggers = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for (name,) in triggers:
            database.execute(f'DROP TRIGGER "{name}"')

    (found,) = [it for it in shell.told("doctor", status=1) if not it["is_well"]]

    assert found["found"] == ", ".join(sorted(name for (name,) in triggers))


def test_a_log_shorter_than_its_seal_is_found(shell):
    shell("keys", "new")
    shell("audit", "checkpoint")
    with sqlite3.connect(shell.folder / "var" / "shikaku.db") as database:
        database.execute("DROP TRIGGER audit_entries_are_kept")
        database.execute("DELETE FROM audit_entries WHERE sequence = 1")

    assert "audit verify" in ill(shell)["checkpoints"]


def test_the_journal_may_stand_on_another_disk(shell):
    elsewhere = shell.folder / "other disk"
    elsewhere.mkdir()
    (shell.folder / "var" / "checkpoints.jsonl").rename(elsewhere / "seals")
    shell.settings["SHIKAKU_CHECKPOINTS"] = str(elsewhere / "seals")

    shell("keys", "new")
    shell("init")

    shell("doctor")
    assert shell.told("audit", "verify")["sealed"] == 2
    assert not (shell.folder / "var" / "checkpoints.jsonl").exists()


def test_missing_keys_are_found(shell):
    shell.settings["SHIKAKU_KEYS_DIR"] = str(shell.folder / "nowhere")
    assert "restore" in ill(shell)["keys-dir"]


def test_before_init_the_cure_is_init(shell):
    for name in ("SHIKAKU_DATA_DIR", "SHIKAKU_KEYS_DIR"):
        shell.settings[name] = str(shell.folder / "nowhere")

    found = ill(shell)

    assert found["keys-dir"] == found["data-dir"] == "shikaku init"
    assert "shikaku init" in found["database"]
    assert not (shell.folder / "nowhere").exists()


@pytest.mark.parametrize(
    ("version", "is_well"),
    [("3.40.1", False), ("3.51.2", False), ("3.51.3", True), ("3.53.4", True)],
)
def test_an_old_sqlite_is_found(version, is_well):
    assert is_new_enough(version) is is_well
