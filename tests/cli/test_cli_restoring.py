"""A backup is restored as docs/commands.md tells, and what was lost is told."""

import shutil
from pathlib import Path

from cli_desk import committed

from backend.settings import Settings


def restore(settings: Settings, backup: Path) -> None:
    for beside in ("", "-wal", "-shm"):
        settings.database.with_name(f"shikaku.db{beside}").unlink(missing_ok=True)
    shutil.copy(backup, settings.database)


def test_a_restored_backup_is_sound_and_goes_on(insurer, tmp_path):
    settings = Settings.read(insurer.settings)
    committed(insurer)
    insurer("audit", "checkpoint")
    backup = tmp_path / "copy.db"
    insurer("backup", str(backup))

    restore(settings, backup)

    assert insurer.told("audit", "verify")["sound"] is True
    assert insurer.told("recheck")["discrepancies"] == []
    assert committed(insurer)["counts"]["unchanged"] > 0
    insurer("audit", "checkpoint")
    assert insurer.told("audit", "verify")["sound"] is True


def test_a_backup_older_than_the_journal_is_told_as_cut(insurer, tmp_path):
    settings = Settings.read(insurer.settings)
    backup = tmp_path / "copy.db"
    insurer("backup", str(backup))
    committed(insurer)
    insurer("audit", "checkpoint")

    restore(settings, backup)

    assert insurer.told("audit", "verify", status=1)["sound"] is False
    insurer("doctor", status=1)
