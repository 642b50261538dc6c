"""`shikaku issue` as its operator runs it: dry, for real, killed, resumed, approved."""

import csv
import io
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_desk import INSURER

from backend.storage.sqlite.store import SqliteStore
from benchmarks.small_house import fill

MANY = 6_000
TIMES = 10  # that everybody stands in the long list: time to be stopped in
HEADING = "保険者番号,記号,番号,枝番,生年月日,マイナ保険証\r\n"


@pytest.fixture
def stocked(shell, monkeypatch):
    """An insurer with thousands of members, and the list that orders their papers."""
    named = ("--name", "架空協会けんぽ", "--contact", "00-0000-0001")
    shell("enrol", "insurer", INSURER, *named)
    store = SqliteStore(shell.folder / "var" / "shikaku.db")
    fill(store, MANY)
    store.close()
    rows = [f"{INSURER},見本,{n},01,S55.5.5,NO_CARD\r\n" for n in range(MANY)]
    (shell.folder / "large.csv").write_text(HEADING + "".join(rows), newline="")
    (shell.folder / "long.csv").write_text(HEADING + "".join(rows * TIMES), newline="")
    (shell.folder / "small.csv").write_text(HEADING + "".join(rows[:20]), newline="")
    monkeypatch.chdir(shell.folder)
    shell.settings["SHIKAKU_APPROVAL_ABOVE"] = str(MANY * TIMES)
    return shell


def result_rows(path):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))[1:]


def test_a_dry_run_tells_and_writes_nothing(stocked):
    told = stocked.told("issue", "small.csv", "--insurer", INSURER, "--dry-run")

    assert (told["done"], told["skipped"], told["rejected"]) == (20, 0, 0)
    assert stocked.told("runs", "list", "--insurer", INSURER) == {"runs": []}
    assert stocked.told("recheck")["read"] == 0


def test_a_list_is_issued_once_with_its_result_beside_it(stocked):
    told = stocked.told("issue", "small.csv", "--insurer", INSURER, "--form", "card")
    again = stocked(
        "issue",
        "small.csv",
        "--insurer",
        INSURER,
        "--form",
        "card",
        "--result",
        "again.csv",
    )

    assert (told["state"], told["done"]) == ("finished", 20)
    rows = result_rows(stocked.folder / "small.result.csv")
    assert len({row[2] for row in rows}) == 20
    assert "二重には行っていません" in again.output
    assert not (stocked.folder / "again.csv").exists()
    assert stocked.told("recheck")["read"] == 20


def test_an_existing_result_is_not_written_over(stocked):
    (stocked.folder / "small.result.csv").write_text("precious")

    refused = stocked("issue", "small.csv", "--insurer", INSURER, status=1)

    assert "上書きはしません" in refused.output
    assert stocked.told("runs", "list", "--insurer", INSURER) == {"runs": []}


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("small.csv",),
        ("small.csv", "--resume", "run-x"),
        ("--resume", "run-x"),
        ("small.csv", "--insurer", "39131156"),
    ],
)
def test_what_cannot_be_run_is_told(stocked, arguments):
    refused = stocked("issue", *arguments, status=1)

    assert len(refused.output.strip().splitlines()) == 2


def test_a_large_list_waits_for_the_second_operator(stocked):
    stocked.settings["SHIKAKU_APPROVAL_ABOVE"] = "10"
    codes = [
        stocked.told("enrol", "operator", INSURER, "--name", f"係{n}")["code"]
        for n in (1, 2)
    ]
    unknown = stocked("issue", "small.csv", "--insurer", INSURER, status=1)
    assert "SHIKAKU_OPERATOR_CODE" in unknown.output
    stocked.settings["SHIKAKU_OPERATOR_CODE"] = codes[0]
    begun = stocked("issue", "small.csv", "--insurer", INSURER)
    (run,) = stocked.told("runs", "list", "--insurer", INSURER)["runs"]
    assert run["state"] == "awaiting-approval"
    assert f"runs approve {run['run_id']}" in begun.output
    own = stocked("runs", "approve", run["run_id"], "--insurer", INSURER, status=1)
    assert "別の担当者" in own.output
    assert stocked.told("recheck")["read"] == 0

    stocked.settings["SHIKAKU_OPERATOR_CODE"] = codes[1]
    stocked("runs", "approve", run["run_id"], "--insurer", INSURER)
    told = stocked.told("issue", "--resume", run["run_id"])

    assert (told["state"], told["done"]) == ("finished", 20)
    assert told["approved_by"] != told["made_by"]


def test_papers_are_withdrawn_by_the_result_of_their_run(stocked):
    stocked("issue", "small.csv", "--insurer", INSURER)
    given = ("small.result.csv", "--insurer", INSURER, "--reason", "error")
    planned = stocked.told("withdraw-list", *given, "--dry-run")
    told = stocked.told("withdraw-list", *given)

    assert (planned["dry_run"], planned["done"]) == (True, 20)
    assert (told["kind"], told["done"]) == ("withdraw", 20)
    serial = result_rows(stocked.folder / "small.result.csv")[0][2]
    final = stocked(
        "withdraw", serial, "--insurer", INSURER, "--as", "reinstated", status=1
    )
    assert "Revocation is final" in final.output


def test_a_run_is_shown_cancelled_reopened_and_its_result_written_again(stocked):
    stocked("issue", "small.csv", "--insurer", INSURER)
    (run,) = stocked.told("runs", "list", "--insurer", INSURER)["runs"]
    name = run["run_id"]

    assert stocked.told("runs", "show", name, "--insurer", INSURER)["decided"] == 20
    stocked("runs", "cancel", name, "--insurer", INSURER, status=1)
    stocked("runs", "reopen", name, "--insurer", INSURER)
    stocked(
        "runs",
        "result",
        name,
        "--insurer",
        INSURER,
        "--out",
        "b.csv",
        "--encoding",
        "cp932",
    )

    assert (stocked.folder / "b.csv").read_bytes().decode("cp932").count("\r\n") == 21


def test_a_cancelled_run_says_how_it_goes_on(stocked):
    stocked.settings["SHIKAKU_APPROVAL_ABOVE"] = "10"
    stocked.settings["SHIKAKU_OPERATOR_CODE"] = stocked.told(
        "enrol", "operator", INSURER, "--name", "係"
    )["code"]
    stocked("issue", "small.csv", "--insurer", INSURER)
    (run,) = stocked.told("runs", "list", "--insurer", INSURER)["runs"]
    name = run["run_id"]
    stocked("runs", "cancel", name, "--insurer", INSURER)

    resumed = stocked("issue", "--resume", name, status=1)
    again = stocked("issue", "small.csv", "--insurer", INSURER, status=1)

    for told in (resumed, again):
        assert f"shikaku runs reopen {name} --insurer {INSURER}" in told.output
        assert f"shikaku issue --resume {name}" in told.output
    assert "二重には行っていません" not in again.output
    stocked("runs", "reopen", name, "--insurer", INSURER)
    waiting = stocked("issue", "--resume", name, status=1)
    assert f"runs approve {name}" in waiting.output


def test_a_result_that_could_never_be_written_is_refused_first(stocked):
    where = str(stocked.folder / "absent" / "r.csv")

    refused = stocked(
        "issue", "small.csv", "--insurer", INSURER, "--result", where, status=1
    )

    assert "--result" in refused.output
    assert stocked.told("runs", "list", "--insurer", INSURER) == {"runs": []}


def test_a_result_that_cannot_be_written_in_the_end_says_how(stocked):
    (stocked.folder / "r.csv").symlink_to("absent")  # not there, and not free

    failed = stocked(
        "issue", "small.csv", "--insurer", INSURER, "--result", "r.csv", status=1
    )

    (run,) = stocked.told("runs", "list", "--insurer", INSURER)["runs"]
    assert run["state"] == "finished"
    assert f"shikaku runs result {run['run_id']} --insurer {INSURER}" in failed.output


def begun(shell, *arguments, largest=resource.RLIM_INFINITY):
    """The command in a process of its own, with its own group.

    `largest` is how many bytes a file may have that it writes.
    """
    limits = largest, resource.RLIM_INFINITY
    return subprocess.Popen(
        [sys.executable, "-m", "backend.cli.main", *arguments],
        env=os.environ | shell.settings,
        cwd=shell.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits),
    )


def require_whole(shell, result, lines=MANY):
    (run,) = shell.told("runs", "list", "--insurer", INSURER)["runs"]
    assert (run["state"], run["done"], run["decided"]) == ("finished", MANY, lines)
    rows = result_rows(shell.folder / result)
    assert [row[0] for row in rows] == [str(line) for line in range(2, lines + 2)]
    issued = [row for row in rows if row[1] == "交付 issued"]
    assert issued == rows[:MANY]  # of several lines that name one person the first
    assert len({row[2] for row in issued}) == MANY
    checked = shell.told("recheck")
    assert (checked["read"], checked["discrepancies"]) == (MANY, [])


def killed_or_done(working, seconds):
    """Whether the process was killed after so long; else it ended before."""
    try:
        working.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        working.kill()
        working.communicate()
        return True
    return False


def test_a_run_killed_at_any_moment_goes_on(stocked, monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.config.rootpath))
    moments = random.Random(os.environ.get("PYTEST_RANDOMLY_SEED"))
    runs, kills = [], 0
    for attempt in range(40):
        what = ("large.csv", "--insurer", INSURER)
        if runs:
            what = ("--resume", runs[0]["run_id"])
        working = begun(stocked, "issue", *what, "--result", f"{attempt}.csv")
        # Longer each time, so that some of it gets done and the end is reached.
        wait = 0.4 + moments.random() * 0.4 + attempt * 0.05
        kills += killed_or_done(working, wait if attempt < 20 else 60)
        runs = stocked.told("runs", "list", "--insurer", INSURER)["runs"]
        if runs and runs[0]["state"] == "finished":
            break
    name = runs[0]["run_id"]
    stocked("runs", "result", name, "--insurer", INSURER, "--out", "whole.csv")
    assert kills > 0
    require_whole(stocked, "whole.csv")


def run_once_decided(shell):
    """The one run, as soon as some of it is decided."""
    for _ in range(600):
        runs = shell.told("runs", "list", "--insurer", INSURER)["runs"]
        if runs and runs[0]["decided"]:
            return runs[0]["run_id"]
        time.sleep(0.01)
    raise AssertionError("nothing was decided")


def test_a_run_cancelled_by_another_ends_and_says_how(stocked, monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.config.rootpath))
    working = begun(stocked, "issue", "long.csv", "--insurer", INSURER)
    name = run_once_decided(stocked)
    stocked("runs", "cancel", name, "--insurer", INSURER)
    _, told = working.communicate(timeout=60)

    assert working.returncode == 1
    assert f"shikaku runs reopen {name}" in told.decode()
    assert not (stocked.folder / "long.result.csv").exists()
    stocked("runs", "reopen", name, "--insurer", INSURER)
    stocked("issue", "--resume", name)
    require_whole(stocked, f"{name}.result.csv", MANY * TIMES)


def test_ctrl_c_says_how_to_go_on(stocked, monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.config.rootpath))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a `&` may ignore it
    working = begun(stocked, "issue", "long.csv", "--insurer", INSURER)
    name = run_once_decided(stocked)
    os.killpg(working.pid, signal.SIGINT)
    _, told = working.communicate(timeout=60)

    assert working.returncode == 130
    assert f"shikaku issue --resume {name}" in told.decode()
    assert b"Traceback" not in told
    stocked("issue", "--resume", name)
    require_whole(stocked, f"{name}.result.csv", MANY * TIMES)


def test_where_one_carrier_is_killed_the_run_says_how_to_go_on(
    stocked, monkeypatch, request
):
    monkeypatch.setenv("PYTHONPATH", str(request.config.rootpath))
    working = begun(stocked, "issue", "long.csv", "--insurer", INSURER)
    name = run_once_decided(stocked)
    children = Path(f"/proc/{working.pid}/task/{working.pid}/children").read_text()
    os.kill(int(children.split()[-1]), signal.SIGKILL)
    _, told = working.communicate(timeout=60)

    assert working.returncode == 1
    assert f"shikaku issue --resume {name}" in told.decode()
    assert b"Traceback" not in told
    stocked("issue", "--resume", name)
    require_whole(stocked, f"{name}.result.csv", MANY * TIMES)


def test_where_one_carrier_cannot_write_the_run_says_why(stocked, monkeypatch, request):
    """What a process of the crew raised is told as it was raised."""
    monkeypatch.setenv("PYTHONPATH", str(request.config.rootpath))
    largest = sum(it.stat().st_size for it in stocked.folder.rglob("shikaku.db*"))
    what = ("issue", "long.csv", "--insurer", INSURER)
    working = begun(stocked, *what, largest=largest + 3_000_000)
    _, told = working.communicate(timeout=60)

    (run,) = stocked.told("runs", "list", "--insurer", INSURER)["runs"]
    assert working.returncode == 1
    assert run["decided"] < MANY * TIMES
    assert f"shikaku issue --resume {run['run_id']}" in told.decode()
    assert "killed" not in told.decode()
    assert "device" in told.decode() or "room" in told.decode()
    assert b"Traceback" not in told
    stocked("issue", "--resume", run["run_id"])
    require_whole(stocked, f"{run['run_id']}.result.csv", MANY * TIMES)


def test_the_processes_beside_a_killed_one_end_with_it(stocked, monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.config.rootpath))
    working = begun(stocked, "issue", "large.csv", "--insurer", INSURER)
    time.sleep(1.0)
    working.kill()
    working.communicate()

    for _ in range(100):
        try:
            os.killpg(working.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.1)
    else:
        pytest.fail("a process was left behind")


def test_a_run_is_printed_with_its_index(stocked):
    told = stocked.told("issue", "small.csv", "--insurer", INSURER, "--form", "card")
    serials = [row[2] for row in result_rows(stocked.folder / "small.result.csv")]
    stocked("withdraw", serials[0], "--insurer", INSURER)

    printed = stocked.told(
        "runs", "print", told["run_id"], "--insurer", INSURER, "--out", "cards.pdf"
    )

    assert (printed["printed"], printed["left_out"]) == (19, 1)
    assert (stocked.folder / "cards.pdf").read_bytes().startswith(b"%PDF")
    rows = result_rows(stocked.folder / "cards.index.csv")
    assert [row[3] for row in rows if row[0] == "cards.pdf"] == serials[1:]
    assert [row[3] for row in rows if row[0] != "cards.pdf"] == serials[:1]
    again = ("runs", "print", told["run_id"], "--insurer", INSURER)
    assert "上書きはしません" in stocked(*again, "--out", "cards.pdf", status=1).output


def test_notices_are_printed_for_a_list(stocked):
    text = (stocked.folder / "small.csv").read_text()
    (stocked.folder / "usable.csv").write_text(text.replace("NO_CARD", "USABLE"))

    printed = stocked.told(
        "notices", "usable.csv", "--insurer", INSURER, "--out", "notices.pdf"
    )

    assert (printed["printed"], printed["left_out"]) == (20, 0)


def test_where_nothing_may_be_printed_there_is_the_index_alone(stocked):
    told = stocked.told("issue", "small.csv", "--insurer", INSURER)
    given = "small.result.csv", "--insurer", INSURER, "--result", "w.csv"
    stocked("withdraw-list", *given)

    for layout in ("sheets", "pages"):
        named = told["run_id"], "--insurer", INSURER, "--out", f"{layout}.pdf"
        printed = stocked.told("runs", "print", *named, "--layout", layout)

        assert (printed["files"], printed["printed"]) == ([], 0)
        assert printed["left_out"] == 20
        assert not (stocked.folder / f"{layout}.pdf").exists()
        index = (stocked.folder / f"{layout}.index.csv").read_text()
        assert index.count("除外 left out") == 20
    nobody = stocked.told(
        "notices", "small.csv", "--insurer", INSURER, "--out", "notices.pdf"
    )
    assert (nobody["files"], nobody["left_out"]) == ([], 20)


def test_a_run_without_papers_is_not_printed(stocked):
    stocked("issue", "small.csv", "--insurer", INSURER)
    told = stocked.told(
        "withdraw-list", "small.result.csv", "--insurer", INSURER, "--result", "w.csv"
    )

    name = told["run_id"]
    refused = stocked(
        "runs", "print", name, "--insurer", INSURER, "--out", "x.pdf", status=1
    )

    assert "印刷する資格確認書はありません" in refused.output
