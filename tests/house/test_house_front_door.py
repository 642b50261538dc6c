"""Set-up and Makefile: they say what is missing, try again, and do nothing twice."""

import os
import shutil
import signal
import subprocess
import time

import pytest
from house_files import HOUSE, text_of

from mobile_sim.demo_folder import fresh_folder

# A Python that makes environments, and whose pip succeeds unless `pip-fails` exists;
# while `pip-waits` exists it waits for Ctrl-C, of which it makes a failure like pip.
# A piece of work takes as long as a file beside it says. An npm that notes its calls.
PYTHON = """#!/usr/bin/env bash
case "$*" in
  "-") cat "$0 takes" ;;
  "-m venv"*)
    echo "$0" >made-by
    rm -rf "${!#}" && mkdir -p "${!#}/bin" && cp "$0" "${!#}/bin/python"
    ;;
  "-m pip"*)
    trap 'exit 1' INT
    echo "$*" >>calls
    for second in {1..30}; do
      [[ ! -e pip-waits ]] || read -r -t 1 <>pip-waits
    done
    mkdir -p .venv/lib && touch .venv/lib/package.py
    [[ ! -e pip-fails ]]
    ;;
esac
"""
NPM = """#!/usr/bin/env bash
echo "npm $*" >>calls
mkdir -p mobile_sim/vendor/node_modules
[[ ! -e npm-fails ]]
"""
VENDOR = "mobile_sim/vendor"
NEEDED = (
    *("bash", "cat", "cksum", "cp", "dirname", "env", "find", "grep", "mkdir", "rm"),
    *("sort", "touch", "true"),
)


@pytest.fixture
def bare(tmp_path):
    """A checked-out house on a machine with next to nothing, in a path with spaces."""
    house = tmp_path / "the house"
    (house / ".ci").mkdir(parents=True)
    for name in ("Makefile", ".ci/set-up", ".ci/run", "pyproject.toml"):
        shutil.copy(HOUSE / name, house / name)
    for name in ("requirements.lock", "requirements-dev.lock"):
        (house / name).write_text("a-package==1\n", "utf-8")
    (house / VENDOR).mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        (house / VENDOR / name).write_text("{}\n", "utf-8")
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "npm").write_text(NPM, "utf-8")
    (tools / "npm").chmod(0o755)
    for name in NEEDED:
        (tools / name).symlink_to(str(shutil.which(name)))
    (tools / "sleep").symlink_to(str(shutil.which("true")))
    return house


@pytest.fixture
def with_python(bare):
    add_python(bare, "python3", 5_000)
    return bare


def add_python(house, name, takes):
    python = house.parent / "bin" / name
    python.write_text(PYTHON, "utf-8")
    python.chmod(0o755)
    python.with_name(f"{name} takes").write_text(f"{takes}\n", "utf-8")
    return python


def set_up(house, what="run", **settings):
    return subprocess.run(
        [house / ".ci" / "set-up", what],
        env={"PATH": str(house.parent / "bin"), **settings},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def calls(house):
    noted = house / "calls"
    return text_of(noted).splitlines() if noted.exists() else []


def pip_calls(house):
    return [call for call in calls(house) if not call.startswith("npm")]


def npm_calls(house):
    return [call for call in calls(house) if call.startswith("npm")]


def test_a_missing_python_is_named_with_its_cure(bare):
    done = set_up(bare)

    assert done.returncode == 1
    assert "Missing: Python 3.11" in done.stderr
    assert "apt-get install -y python3 python3-venv" in done.stderr


@pytest.mark.parametrize(("takes", "is_taken"), [(4_000, True), (6_000, False)])
def test_of_several_pythons_the_fastest_is_taken(with_python, takes, is_taken):
    another = add_python(with_python, "python3.12", takes)

    assert set_up(with_python).returncode == 0

    assert (text_of(with_python / "made-by").strip() == str(another)) == is_taken


def test_which_python_is_taken_can_be_told(with_python):
    slow = add_python(with_python, "my python", 9_000)

    assert set_up(with_python, PYTHON=str(slow)).returncode == 0

    assert text_of(with_python / "made-by").strip() == str(slow)


def test_softhsm_that_cannot_be_had_is_named_with_its_cure(with_python):
    done = set_up(with_python, "dev")

    assert done.returncode == 1
    assert "Missing: SoftHSM2" in done.stderr
    assert "SHIKAKU_WITHOUT_HSM=1" in done.stderr


def test_a_browser_that_cannot_be_had_is_named_with_its_cure(with_python):
    done = set_up(with_python, "dev", SHIKAKU_WITHOUT_HSM="1")

    assert done.returncode == 1
    assert "Missing: Chromium" in done.stderr
    assert "SHIKAKU_WITHOUT_BROWSER=1" in done.stderr


def test_what_pages_are_made_of_comes_from_its_lock_file(with_python):
    assert set_up(with_python).returncode == 0

    (call,) = npm_calls(with_python)
    assert call.startswith(f"npm ci --prefix {VENDOR} ")
    assert call.endswith(" --ignore-scripts --omit=dev")


def test_a_changed_lock_file_of_the_pages_is_installed(with_python):
    set_up(with_python)
    (with_python / VENDOR / "package-lock.json").write_text("{ }\n", "utf-8")
    (with_python / "calls").unlink()

    assert set_up(with_python).returncode == 0
    assert (len(npm_calls(with_python)), pip_calls(with_python)) == (1, [])


def test_a_failing_npm_is_tried_three_times_and_then_said_loudly(with_python):
    (with_python / "npm-fails").touch()

    done = set_up(with_python)

    assert done.returncode == 1
    assert len(npm_calls(with_python)) == 3
    assert f"Missing: packages of {VENDOR}" in done.stderr
    assert set_up(with_python).returncode == 1  # nothing passes for installed


def test_without_npm_python_s_index_has_one(with_python):
    (with_python.parent / "bin" / "npm").unlink()

    done = set_up(with_python)

    (node,) = [call for call in pip_calls(with_python) if "-node.lock" in call]
    assert "--require-hashes -r requirements-node.lock" in node
    assert "Missing: packages of" in done.stderr  # here it brings no npm


def test_packages_come_from_the_lock_file_checked_by_hash(with_python):
    assert set_up(with_python).returncode == 0

    packages, project = pip_calls(with_python)
    assert "--require-hashes -r requirements.lock" in packages
    assert "--no-deps --no-build-isolation --no-index -e ." in project


def test_a_second_run_installs_nothing(with_python):
    set_up(with_python)
    before = pip_calls(with_python)

    done = set_up(with_python)

    assert (done.returncode, done.stdout) == (0, "")
    assert pip_calls(with_python) == before


def test_who_can_run_the_checks_can_run_the_product(with_python):
    set_up(with_python, "dev", SHIKAKU_WITHOUT_HSM="1", SHIKAKU_WITHOUT_BROWSER="1")
    before = pip_calls(with_python)

    assert set_up(with_python, "run").returncode == 0
    assert pip_calls(with_python) == before


def test_a_changed_lock_file_is_installed(with_python):
    set_up(with_python)
    (with_python / "requirements.lock").write_text("a-package==2\n", "utf-8")
    (with_python / "calls").unlink()

    assert set_up(with_python).returncode == 0
    assert len(pip_calls(with_python)) == 2


def test_a_half_deleted_environment_is_made_anew(with_python):
    set_up(with_python)
    package = with_python / ".venv" / "lib" / "package.py"
    (package.parent / "__pycache__").mkdir()
    (package.parent / "__pycache__" / "package.pyc").touch()
    (with_python / "calls").unlink()
    set_up(with_python)
    assert pip_calls(with_python) == []

    package.unlink()

    assert set_up(with_python).returncode == 0
    assert len(pip_calls(with_python)) == 2
    assert package.exists()


def test_ctrl_c_ends_the_first_installation(with_python):
    timeout = with_python.parent / "bin" / "timeout"
    timeout.symlink_to(str(shutil.which("timeout")))
    os.mkfifo(with_python / "pip-waits")

    with subprocess.Popen(
        [with_python / ".ci" / "set-up", "run"],
        env={"PATH": str(with_python.parent / "bin")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as running:
        until = time.monotonic() + 20
        while not pip_calls(with_python) and time.monotonic() < until:
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does
        running.wait(10)

    assert running.returncode == 130
    assert len(pip_calls(with_python)) == 1


def test_a_failing_index_is_tried_three_times_and_then_said_loudly(with_python):
    (with_python / "pip-fails").touch()

    done = set_up(with_python)

    assert done.returncode == 1
    assert len(pip_calls(with_python)) == 3
    assert "Missing: packages of requirements.lock" in done.stderr
    assert set_up(with_python).returncode == 1  # nothing passes for installed


def make(house, *arguments):
    return subprocess.run(
        ["make", *arguments],
        cwd=house,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )


def test_make_alone_lists_every_target(bare):
    listed = {line.split()[1] for line in make(bare).stdout.splitlines()}

    assert listed >= {"help", "demo", "test", "check", "bench", "reset", "clean"}


def test_reset_forgets_the_demo_alone(bare):
    kept = [bare / "var" / "shikaku.db", bare / "keys" / "master"]
    for path in [*kept, bare / "var" / "demo" / "shikaku.db"]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    make(bare, "reset")
    make(bare, "reset")

    assert not (bare / "var" / "demo").exists()
    assert all(path.exists() for path in kept)


def test_clean_keeps_data_and_keys(bare):
    kept = [bare / "var" / "shikaku.db", bare / "keys" / "master"]
    for path in [*kept, bare / ".venv" / "ready", bare / "backend" / "room.py"]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    make(bare, "clean")

    assert not (bare / ".venv").exists()
    assert all(path.exists() for path in [*kept, bare / "backend" / "room.py"])


def test_the_machine_runs_what_a_developer_runs():
    lines = text_of(HOUSE / ".ci" / "run").splitlines()

    assert lines[-1] == "exec make test"
    assert "set -euo pipefail" in lines


def test_a_running_demo_is_not_reset(tmp_path):
    shutil.copy(HOUSE / "Makefile", tmp_path / "Makefile")
    demo = tmp_path / "var" / "demo"

    def reset():
        return subprocess.run(
            ["make", "--no-print-directory", "reset"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )

    assert reset().returncode == 0  # nothing to forget
    with fresh_folder(demo):
        (demo / "shikaku.db").touch()
        refused = reset()
        assert refused.returncode != 0
        assert "デモが動いています" in refused.stderr
        assert (demo / "shikaku.db").exists()
    assert reset().returncode == 0
    assert not demo.exists()
