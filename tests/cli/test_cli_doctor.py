"""`shikaku doctor` finds each misconfiguration and says how to mend it."""

from datetime import UTC, datetime

import pytest

from backend.cli.doctor import examine
from backend.settings import Settings
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


@pytest.mark.parametrize("year", [1970, 2025])
def test_a_clock_behind_the_last_entry_is_found(shell, year):
    assert "NTP" in ill(shell, datetime(year, 1, 1, tzinfo=UTC))["clock"]


def test_a_missing_private_key_is_found(shell):
    for path in (shell.folder / "keys").glob("*.pem"):
        path.unlink()

    assert "keys/" in ill(shell)["key service"]


def test_a_purpose_without_an_active_key_is_found(shell):
    shell("enrol", "insurer", INSURER, "--name", "架空", "--contact", "00")
    kid = next(it["kid"] for it in shell.told("keys", "list")["keys"] if it["insurer"])
    shell("keys", "compromise", kid, "--since", "2020-01-01T00:00:00")

    assert (
        ill(shell)[f"key issuing {INSURER}"] == f"shikaku keys new --insurer {INSURER}"
    )


def test_missing_keys_and_checkpoints_are_found(shell):
    (shell.folder / "var" / "checkpoints.jsonl").unlink()
    assert "audit checkpoint" in ill(shell)["checkpoints"]

    shell.settings["SHIKAKU_KEYS_DIR"] = str(shell.folder / "nowhere")
    assert ill(shell)["keys-dir"] == "shikaku init"


@pytest.mark.parametrize(
    ("version", "is_well"),
    [("3.40.1", False), ("3.51.2", False), ("3.51.3", True), ("3.53.4", True)],
)
def test_an_old_sqlite_is_found(version, is_well):
    assert is_new_enough(version) is is_well
