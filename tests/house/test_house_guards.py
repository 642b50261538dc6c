"""The guards hold the house up: each one is seen to catch what it forbids."""

import shutil
import subprocess
import sys
from graphlib import TopologicalSorter

import grimp
import pytest
from house_files import FOLDERS, HOUSE

# For each import contract, by its name: where somebody would break it, and with what.
BREACHES = {
    "Rooms stand on floors: imports only run down": (
        "backend/domain",
        "import backend.audit.tree",
    ),
    "Only who puts the house together picks a driver, the clock or the settings": (
        "backend/verifying",
        "import backend.system",
    ),
    "Behind the doors nobody knows a framework": ("backend/domain", "import flask"),
    "SQL is spoken by the drivers alone": ("backend/issuing", "import pysqlite3"),
    "JWT is opened and sealed in one room": ("backend/verifying", "import jwt"),
    "What is remembered is not how it is written on the wire": (
        "backend/storage",
        "import backend.credentials.jose",
    ),
    "The simulator stands outside: HTTP, and the formats that any reader may use": (
        "mobile_sim",
        "import backend.storage.store",
    ),
    "The backend does not know that it is simulated": (
        "backend/audit",
        "import mobile_sim",
    ),
}
RUFF = (sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise")
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"


def lint_imports(house):
    arguments = ["--config", str(HOUSE / "pyproject.toml"), "--no-cache", "--no-logo"]
    return subprocess.run(
        [sys.executable, "-c", LINT, *arguments],
        cwd=house,
        env={"PYTHONPATH": str(house)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    """The two root packages, to be spoiled."""
    for package in ("backend", "mobile_sim"):
        shutil.copytree(
            HOUSE / package,
            tmp_path / package,
            ignore=lambda _, names: {n for n in names if n.startswith("__pycache")},
        )
    return tmp_path


def test_every_contract_is_kept():
    done = lint_imports(HOUSE)

    assert done.returncode == 0, done.stdout


def test_every_contract_catches_its_breach(copy, pyproject):
    for room, statement in BREACHES.values():
        with (copy / room / "__init__.py").open("a", encoding="utf-8") as caption:
            caption.write(f"{statement}\n")

    done = lint_imports(copy)

    names = {it["name"] for it in pyproject["tool"]["importlinter"]["contracts"]}
    broken = {name for name in names if f"{name} BROKEN" in done.stdout}
    assert names == set(BREACHES)
    assert broken == names, done.stdout


def test_no_module_imports_itself_in_a_circle():
    graph = grimp.build_graph("backend", "mobile_sim", cache_dir=None)
    imports = {it: graph.find_modules_directly_imported_by(it) for it in graph.modules}

    # Raises CycleError, which names the circle. Imports for types alone count too.
    assert len(list(TopologicalSorter(imports).static_order())) == len(graph.modules)


def ruff(code, path):
    done = subprocess.run(
        [*RUFF, "--stdin-filename", path, "-"],
        cwd=HOUSE,
        input=f'"""A room."""\n\n{code}\n',
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("import datetime as dt\nnow = dt.datetime.now(dt.UTC)", "TID251"),
        ("from datetime import date\ntoday = date.today()", "TID251"),
        ("from time import time\nnow = time()", "TID251"),
        ("import os\nwhere = os.environ['HOME']", "TID251"),
        ("import os\nwhere = os.getenv('HOME')", "TID251"),
        ("import secrets\ntoken = secrets.token_bytes(3)", "TID251"),
        ("import random\ndice = random.random()", "TID251"),
        ("from uuid import uuid4\nname = uuid4()", "TID251"),
        ("from . import words", "TID252"),
        ("def judge():\n    assert True", "S101"),
        ("def judge(a):\n" + "    if a:\n        return\n" * 9, "C901"),
        ("def judge():\n" + "    print(1)\n" * 31, "PLR0915"),
    ],
    ids=lambda value: value if value.isupper() else "",
)
def test_the_linter_catches(code, rule):
    assert f" {rule} " in ruff(code, "backend/domain/room.py")


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("import datetime as dt\n\nnow = dt.datetime.now(dt.UTC)", "backend/system.py"),
        ('import os\n\nwhere = os.environ["HOME"]', "backend/settings.py"),
    ],
)
def test_the_one_door_stays_open(code, path):
    assert "TID251" not in ruff(code, path)


def test_every_folder_is_looked_at():
    ignored = {".git", ".venv", "var", "keys", "build"}
    here = {path.name for path in HOUSE.iterdir() if path.is_dir()}
    caches = {name for name in here if name.endswith(("_cache", ".egg-info"))}

    assert here - ignored - caches - {".cache", ".hypothesis"} == set(FOLDERS)
