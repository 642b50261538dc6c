"""What goes wrong is told in both languages with its cure, never with a traceback."""

import errno

import pytest
from cli_desk import INSURER

from backend.cli.failing import words_of
from backend.domain.errors import NotFoundError


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        (("keys", "compromise", "NOSUCHID", "--since", "2026-11-01T00:00:00"), "list"),
        (("terminals", "revoke", "nobody"), "shikaku terminals list"),
        (("lists", "commit", "nothing", "--insurer", INSURER), "lists preview"),
        (("withdraw", "AAAA-AAAA-AAAA-AAAA", "--insurer", INSURER), "check the serial"),
        (("backup", ""), "copy.db"),
        (("backup", "/"), "copy.db"),
        (("backup", "/nowhere/at/all/copy.db"), "folder"),
    ],
)
def test_what_is_not_there_is_told_with_its_cure(insurer, arguments, cure):
    ja, en = insurer(*arguments, status=1).stderr.splitlines()

    assert any("ぁ" <= letter <= "ん" for letter in ja)
    assert cure in en


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--port", "99999999"), "1<=x<=65535"),
        (("--port", "-1"), "1<=x<=65535"),
        (("--host", "nosuch.invalid"), "127.0.0.1"),
        (("--host", "192.0.2.1"), "127.0.0.1"),  # RFC 5737: nobody's
    ],
)
def test_an_address_that_cannot_be_is_a_usage_error(shell, arguments, told):
    assert told in shell("serve", *arguments, status=2).output


@pytest.mark.parametrize("name", ["SHIKAKU_DATA_DIR", "SHIKAKU_KEYS_DIR"])
@pytest.mark.parametrize("below", ["", "/below"])
def test_a_file_in_place_of_a_folder_is_named(shell, name, below):
    (shell.folder / "file").touch()
    shell.settings[name] = f"{shell.folder}/file{below}"

    told = shell("init", status=1).output

    assert f"{shell.folder}/file" in told
    assert "移すか" in told
    assert "move it away" in told


def test_a_deleted_database_is_never_made_anew_but_by_init(shell):
    for path in (shell.folder / "var").glob("shikaku.db*"):
        path.unlink()

    told = shell("keys", "list", status=1).output

    assert "バックアップから戻す" in told
    assert "restore it from the backup" in told
    assert not (shell.folder / "var" / "shikaku.db").exists()


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        (errno.EACCES, "owner"),
        (errno.EPERM, "owner"),
        (errno.EROFS, "read-only"),
        (errno.ENOSPC, "make room"),
        (errno.EADDRINUSE, "--port"),
        (errno.EIO, "rights"),
    ],
)
def test_what_the_system_refuses_is_told_with_its_cure(number, cure):
    words = words_of(OSError(number, "strerror", "var/shikaku.db"))

    assert words.ja.startswith("var/shikaku.db: strerror")
    assert cure in words.en


def test_a_thing_without_words_of_its_own_is_still_told_in_both():
    words = words_of(NotFoundError("coverage"))

    assert "見つかりません" in words.ja
    assert "check" in words.en or "see that" in words.en
