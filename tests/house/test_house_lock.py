"""What is installed is exactly what the lock files name, checked by hash."""

import ast
import json
import re
from importlib.metadata import packages_distributions

import pytest
from house_files import HOUSE, cells_of, files, syntax_of
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ENTRY = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^ ;\\]+)")
HASH = re.compile(r"\s+--hash=sha256:[0-9a-f]{64}(?: \\)?")
RUN, DEV = "requirements.lock", "requirements-dev.lock"
EXTRAS_OF = {
    RUN: {"build"},
    DEV: {"build", "dev", "hsm"},
}


def pinned(lock):
    text = (HOUSE / lock).read_text("utf-8")
    found = [match for line in text.splitlines() if (match := ENTRY.match(line))]
    return {canonicalize_name(it["name"]): Version(it["version"]) for it in found}


def asked(pyproject, lock):
    project = pyproject["project"]
    extras = project["optional-dependencies"]
    texts = [*project["dependencies"], *pyproject["build-system"]["requires"]]
    texts += [text for extra in EXTRAS_OF[lock] for text in extras[extra]]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("lock", EXTRAS_OF)
def test_every_line_is_a_pin_or_its_hash(lock):
    lines = (HOUSE / lock).read_text("utf-8").splitlines()

    odd = [line for line in lines if not (ENTRY.match(line) or HASH.fullmatch(line))]
    assert odd == []


@pytest.mark.parametrize("lock", EXTRAS_OF)
def test_every_pin_has_a_hash(lock):
    lines = (HOUSE / lock).read_text("utf-8").splitlines()
    followed = zip(lines, [*lines[1:], ""], strict=True)

    bare = [it for it, after in followed if ENTRY.match(it) and not HASH.match(after)]
    assert bare == []


@pytest.mark.parametrize("lock", EXTRAS_OF)
def test_no_address_stands_in_it(lock):
    assert "://" not in (HOUSE / lock).read_text("utf-8")


@pytest.mark.parametrize("lock", EXTRAS_OF)
def test_it_covers_what_the_project_asks_for(lock, pyproject):
    pins = pinned(lock)

    missing = [
        str(it)
        for it in asked(pyproject, lock)
        if canonicalize_name(it.name) not in pins
        or not it.specifier.contains(pins[canonicalize_name(it.name)])
    ]
    assert missing == []


def test_tests_run_on_the_versions_that_the_product_runs_on():
    run, dev = pinned(RUN), pinned(DEV)

    assert {name: dev.get(name) for name in run} == run


def test_only_the_sqlite_that_keeps_its_files_whole_is_named():
    assert "pysqlite3-binary" not in pinned(DEV)


def imported(*folders):
    """The distributions that these folders import."""
    tops = {
        name.partition(".")[0]
        for path in files(*folders)
        if path.suffix == ".py"
        for name in names_in(syntax_of(path))
    }
    owners = packages_distributions()
    return {canonicalize_name(owners[top][0]) for top in tops if top in owners}


def names_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_the_product_asks_for_exactly_what_it_imports(pyproject):
    project = pyproject["project"]
    texts = [*project["dependencies"], *project["optional-dependencies"]["hsm"]]

    found = imported("backend", "mobile_sim") - {"shikaku"}
    assert found == {canonicalize_name(Requirement(text).name) for text in texts}


def test_the_tests_ask_for_what_they_import(pyproject):
    names = {canonicalize_name(it.name) for it in asked(pyproject, DEV)}

    assert imported("tests", "benchmarks") - {"shikaku"} - names == set()


VENDOR = HOUSE / "mobile_sim" / "vendor"


def read(name):
    return json.loads((VENDOR / name).read_text("utf-8"))


def test_what_pages_are_made_of_is_pinned_and_has_its_reason():
    asked = read("package.json")
    wanted = asked["dependencies"] | asked["devDependencies"]

    told = {
        row[0] for row in cells_of(HOUSE / "docs/dependencies.md", "package of npm")
    }
    locked = read("package-lock.json")["packages"]
    assert told == set(wanted)
    assert {it: locked[f"node_modules/{it}"]["version"] for it in wanted} == wanted


def test_every_package_of_the_pages_has_its_hash_and_no_address():
    locked = {
        name: it for name, it in read("package-lock.json")["packages"].items() if name
    }

    assert [name for name, it in locked.items() if not it["integrity"]] == []
    assert "://" not in (VENDOR / "package-lock.json").read_text("utf-8")
