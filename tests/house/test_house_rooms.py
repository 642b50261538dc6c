"""Rooms are small, say what they are, and silence no check without a reason."""

import ast
import re

import pytest
from house_files import (
    all_files,
    caption_of,
    documents,
    files,
    name_of,
    rooms,
    syntax_of,
    text_of,
)

LARGEST = 300
BANNED = set(
    "util utils helper helpers common manager managers service services processor"
    " processors data misc".split()
)
BANNED_ENDINGS = ("Manager", "Service", "Processor", "Helper", "Helpers", "Utils")

# One letter stands in brackets, so that this file does not hold what it forbids.
SILENCERS = re.compile(
    r"#\s*(?:no[q]a|type:\s*[i]gnore|pragma:\s*no\s*[c]over)"
    r"(?::\s*[A-Z0-9, ]+)?(?:\[[a-z, -]+\])?(?P<reason>.*)"
)
SKIPS = re.compile(r"\b(?:pytest|mark)\.(?:[s]kip|[s]kipif|[x]fail)\b")
A_REASON = re.compile(r"[A-Za-z]{2,}[^\w]+[A-Za-z]{2,}")
FORBIDDEN = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*[P]RIVATE KEY-----"),
    "a private key as JSON": re.compile(r'"d"\s*:\s*"[A-Za-z0-9_-]{43}"'),
    "a path of one machine": re.compile(
        r"(?:^|[^A-Za-z0-9_./-])/(?:[w]ork|[f]arm|[r]oot|[h]ome)/", re.M
    ),
    "a download address": re.compile(
        r"files\.[p]ythonhosted|pypi\.[o]rg/simple|registry\.[n]pmjs"
    ),
}


def test_no_room_is_too_large():
    sizes = {name_of(it): len(text_of(it).splitlines()) for it in rooms()}

    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_every_room_has_a_caption():
    without = [name_of(it) for it in rooms() if len(caption_of(it).split()) < 3]

    assert without == []


def test_a_package_is_a_caption_alone():
    packages = [it for it in rooms() if it.name == "__init__.py"]
    full = [name_of(it) for it in packages if len(syntax_of(it).body) != 1]

    assert full == []


def test_no_room_has_a_name_that_says_nothing():
    named = [
        name_of(it)
        for it in rooms()
        if BANNED & {it.stem, *(part.name for part in it.parents)}
    ]

    assert named == []


def test_no_class_has_a_name_that_says_nothing():
    named = [
        f"{name_of(room)}: {node.name}"
        for room in rooms()
        for node in ast.walk(syntax_of(room))
        if isinstance(node, ast.ClassDef) and node.name.endswith(BANNED_ENDINGS)
    ]

    assert named == []


def test_no_two_tests_share_a_file_name():
    names = [it.name for it in files("tests") if it.name.startswith("test_")]

    assert sorted(names) == sorted(set(names))


def test_whatever_silences_a_check_says_why_on_its_line():
    silent = [
        f"{name_of(path)}:{number} {line.strip()}"
        for path in all_files()
        if path.suffix == ".py"
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if (found := SILENCERS.search(line)) and not A_REASON.search(found["reason"])
    ]

    assert silent == []


def test_whatever_skips_a_test_says_why():
    silent = [
        f"{name_of(path)}: {text_of(path)[found.start() :][:60]}"
        for path in files("tests")
        if path.suffix == ".py"
        for found in SKIPS.finditer(text_of(path))
        if not A_REASON.search(text_of(path)[found.end() :].partition(")")[0])
    ]

    assert silent == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nowhere_is_there(what):
    found = []
    for path in all_files():
        if FORBIDDEN[what].search(path.read_bytes().decode("utf-8", "replace")):
            found.append(name_of(path))

    assert found == []


def test_every_document_that_is_named_exists():
    known = {f"/{name_of(it)}" for it in documents()}
    missing = {
        f"{name_of(path)}: {name}"
        for path in all_files()
        if path.suffix in (".py", ".toml", ".md", ".sql", "")
        for name in re.findall(r"[A-Za-z0-9_./-]*[A-Za-z0-9_]\.md\b", text_of(path))
        if "://" not in name
        and not any(it.endswith(f"/{name.lstrip('./')}") for it in known)
    }

    assert missing == set()
