"""Every command does what its help says, on a real deployment."""

import sqlite3

import pytest
from cli_desk import INSURER, committed, issued, list_path

from backend.cli.main import shikaku
from backend.house import open_house
from backend.settings import Settings
from backend.storage.rows import Client, ClientKind
from backend.system import now, random_bytes


def walk(group, path=()):
    yield path, group
    for name, below in getattr(group, "commands", {}).items():
        yield from walk(below, (*path, name))


COMMANDS = dict(walk(shikaku))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_teaches_in_both_languages(shell, path):
    told = shell(*path, "--help").output

    assert any("\u3040" <= letter <= "\u9fff" for letter in told)
    assert sum(letter.isascii() and letter.isalpha() for letter in told) > 40


EXAMPLED = [path for path, it in COMMANDS.items() if not hasattr(it, "commands")]


@pytest.mark.parametrize("path", EXAMPLED, ids=" ".join)
def test_every_command_ends_its_help_with_a_line_that_it_understands(
    shell, path, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    for name in ("members.csv", "serials.csv"):
        (tmp_path / name).write_text("")
    told = " ".join(shell(*path, "--help").output.split())
    example = told.split("例 / example:")[1].split()

    assert example[: len(path) + 1] == ["shikaku", *path]
    command = COMMANDS[path]
    assert command.make_context(path[-1], example[len(path) + 1 :]).params is not None


# ---- setting up ----


def test_init_may_be_repeated_and_changes_nothing(shell):
    before = {path: path.read_bytes() for path in (shell.folder / "keys").iterdir()}

    shell("init")

    assert {p: p.read_bytes() for p in (shell.folder / "keys").iterdir()} == before


@pytest.mark.parametrize("name", ["master", "passphrase"])
def test_a_lost_secret_is_never_replaced(insurer, name):
    (insurer.folder / "keys" / name).unlink()
    before = sorted((insurer.folder / "keys").iterdir())

    told = insurer("init", status=1).output

    assert sorted((insurer.folder / "keys").iterdir()) == before
    assert f"{name} をバックアップから" in told
    assert f"restore {name} from its backup" in told


def test_a_passphrase_that_the_settings_give_needs_no_file(insurer):
    path = insurer.folder / "keys" / "passphrase"
    insurer.settings["SHIKAKU_KEY_PASSPHRASE"] = path.read_text().strip()
    path.unlink()

    insurer("init")

    assert not path.exists()


def test_backup_is_a_whole_database_and_never_overwrites(insurer):
    committed(insurer)
    copy = insurer.folder / "copy.db"

    insurer("backup", str(copy))
    insurer("backup", str(copy), status=1)

    with sqlite3.connect(copy) as database:
        assert database.execute("SELECT count(*) FROM persons").fetchone() == (2,)


def test_before_init_every_command_says_what_to_run(shell):
    shell.settings["SHIKAKU_KEYS_DIR"] = str(shell.folder / "nowhere")

    result = shell("keys", "list", status=1)

    assert "Traceback" not in result.output
    assert "keys/README.md" in result.output


@pytest.mark.parametrize(
    ("name", "value"),
    [("SHIKAKU_BASE_URL", "ftp://x"), ("SHIKAKU_DEBUG", "yes")],
)
def test_a_wrong_setting_is_named(shell, name, value):
    shell.settings[name] = value

    assert name in shell("doctor", status=1).output


# ---- enrolment and letters ----


def test_enrolling_a_clinic_prints_a_one_time_code(shell):
    told = shell.told("enrol", "clinic", "1312345679", "--name", "見本内科")

    assert told["party"] == "1312345679"
    assert len(told["code"].replace("-", "")) == 12


@pytest.mark.parametrize(
    "arguments",
    [
        ("enrol", "clinic", "1312345670", "--name", "見本内科"),
        ("enrol", "insurer", "01130013", "--name", "架空", "--contact", "0"),
        ("activate", "12", "--out", "letters.csv"),
    ],
)
def test_a_wrong_number_is_refused_with_its_rule(shell, arguments):
    result = shell(*arguments, status=1)

    assert "Traceback" not in result.output
    assert "検証" in result.output or "桁" in result.output


# ---- lists ----


def test_a_list_is_shown_before_it_is_registered_and_only_once(insurer):
    preview = insurer.told("lists", "preview", "--insurer", INSURER, list_path(insurer))
    again = committed(insurer)
    unchanged = insurer.told(
        "lists", "preview", "--insurer", INSURER, list_path(insurer)
    )

    assert preview["encoding"] == "cp932"
    assert preview["counts"]["added"] == again["counts"]["added"] == 2
    assert unchanged["counts"]["unchanged"] == 2


def test_a_list_with_errors_names_line_field_and_fix(insurer):
    path = insurer.folder / "list.csv"
    path.write_bytes(path.read_bytes().replace(b"S55.5.5", b"S99.5.5"))

    told = insurer.told("lists", "preview", "--insurer", INSURER, str(path), status=1)

    assert [(it["line"], it["field"]) for it in told["errors"]] == [(2, "birth_on")]
    insurer("lists", "commit", "--insurer", INSURER, told["list_id"], status=1)


# ---- papers ----


def test_a_certificate_is_judged_withdrawn_and_judged_again(insurer):
    committed(insurer)
    code = issued(insurer)

    valid = insurer.told("check", code)
    insurer("withdraw", valid["serial"], "--insurer", INSURER, "--reason", "lost")
    revoked = insurer.told("check", code, status=1)
    insurer(
        "withdraw",
        valid["serial"],
        "--insurer",
        INSURER,
        "--as",
        "reinstated",
        status=1,
    )

    assert (valid["outcome"], revoked["outcome"]) == ("valid", "revoked")


def test_what_is_no_certificate_is_told_without_a_traceback(insurer):
    result = insurer("check", "これはちがう", status=1)

    assert "読み取" in result.output
    assert "Traceback" not in result.output


# ---- keys ----


def test_keys_are_made_rotated_and_listed(insurer):
    first = insurer.told("keys", "list")["keys"]
    made = insurer.told("keys", "new", "--insurer", INSURER)
    insurer("keys", "rotate", "--insurer", INSURER)
    states = {it["kid"]: it["state"] for it in insurer.told("keys", "list")["keys"]}

    old = next(it["kid"] for it in first if it["insurer"] == INSURER)
    assert made["state"] == "next"
    # What signed nothing has nothing left to verify.
    assert (states[old], states[made["kid"]]) == ("retired", "active")


def test_a_compromised_key_is_answered_by_one_command(insurer):
    committed(insurer)
    code = issued(insurer)
    kid = next(
        it["kid"]
        for it in insurer.told("keys", "list")["keys"]
        if it["insurer"] == INSURER
    )

    insurer("keys", "compromise", kid, "--since", "2020-01-01T00:00:00", "--reissue")

    assert insurer.told("check", code, status=1)["outcome"] == "bad-signature"
    states = [it["state"] for it in insurer.told("keys", "list")["keys"]]
    assert sorted(states) == ["active", "active", "compromised"]


def test_an_unknown_key_is_not_found(insurer):
    insurer(
        "keys", "compromise", "NOSUCHID", "--since", "2020-01-01T00:00:00", status=1
    )


# ---- the log ----


def test_the_log_is_sealed_and_verified(insurer):
    committed(insurer)
    insurer("audit", "checkpoint")

    told = insurer.told("audit", "verify")

    assert told["sound"] is True
    assert told["sealed"] == told["size"] > 3


def test_the_log_is_proved_whatever_key_sealed_it(shell):
    assert shell.told("audit", "verify")["sealed"] == 1

    for _ in range(2):
        shell("keys", "new")
        shell("keys", "rotate")
        shell("audit", "checkpoint")

    told = shell.told("audit", "verify")
    assert told["sound"] is True
    assert told["sealed"] == told["size"]


def test_a_log_that_was_touched_is_found_out(insurer):
    committed(insurer)
    insurer("audit", "checkpoint")
    with sqlite3.connect(insurer.folder / "var" / "shikaku.db") as database:
        database.execute("DROP TRIGGER audit_entries_are_kept")
        database.execute("DELETE FROM audit_entries WHERE sequence = 2")

    told = insurer.told("audit", "verify", status=1)

    assert told["sound"] is False
    assert told["problems"][0]["ja"]


# ---- keeping ----


def test_everything_signed_is_read_again(insurer):
    committed(insurer)
    issued(insurer)

    assert insurer.told("recheck") == {"read": 1, "erased": 0, "discrepancies": []}


def test_erasing_counts_first_and_erases_only_with_yes(insurer):
    path = insurer.folder / "list.csv"
    ended = path.read_bytes().replace(b"R2.4.1,,", b"R2.4.1,R3.4.1,99", 1)
    path.write_bytes(ended)
    committed(insurer)
    day = ("erase", "--ended-before", "2022-01-01")

    counted, erased, again = (
        insurer.told(*day),
        insurer.told(*day, "--yes"),
        insurer.told(*day, "--yes"),
    )

    assert [it["people"] for it in (counted, erased, again)] == [1, 1, 0]


def test_a_lost_terminal_is_listed_and_ended(shell):
    shell("enrol", "clinic", "1312345679", "--name", "見本内科")
    house = open_house(Settings.read(shell.settings), now, random_bytes)
    terminal = Client("terminal-x", ClientKind.CLINIC, "1312345679", "受付", {}, now())
    house.store.write(lambda tx: tx.put_client(terminal))
    house.store.close()

    before = shell.told("terminals", "list", "1312345679")["terminals"]
    shell("terminals", "revoke", "terminal-x")
    after = shell.told("terminals", "list", "1312345679")["terminals"]

    assert before[0]["revoked_at"] is None
    assert after[0]["revoked_at"] is not None
    shell("terminals", "revoke", "terminal-unknown", status=1)
