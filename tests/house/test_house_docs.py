"""Every document: links, paths and commands that exist, and the story it tells."""

import ast
import inspect
import re

import click
import pytest
from house_files import HOUSE, documents, name_of, text_of

from backend.cli.main import shikaku
from mobile_sim.story import STEPS

README = HOUSE / "README.md"
IN_BACKTICKS = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
FENCED = re.compile(r"```\w*\n(.*?)```", re.S)


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_every_link_leads_somewhere(path):
    dead = [
        target
        for target, _ in LINK.findall(text_of(path))
        if "://" not in target and not (path.parent / target).exists()
    ]

    assert dead == []


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_every_path_that_is_named_exists(path):
    named = re.findall(
        r"`((?:backend|mobile_sim|benchmarks|tests|docs|keys)/[\w./-]*)`", text_of(path)
    )

    assert [name for name in named if not (HOUSE / name).exists()] == []


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_every_make_target_that_is_named_exists(path):
    makefile = text_of(HOUSE / "Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    fenced = "\n".join(FENCED.findall(text_of(path)))
    quoted = "\n".join(IN_BACKTICKS.findall(text_of(path)))
    named = re.findall(r"^(?:\w+=\S+ |\w+=\"[^\"]*\" )*make ([a-z]+)", fenced, re.M)
    named += re.findall(r"^make ([a-z]+)", quoted, re.M)

    assert set(named) - targets == set()


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_every_command_that_is_named_exists(path):
    named = re.findall(r"\bshikaku ((?:[a-z]+\b ?)+)", "\n".join(commands_in(path)))

    unknown = [words for words in named if not leads_to_a_command(words.split())]
    assert unknown == []


def commands_in(path):
    lines = "\n".join(FENCED.findall(text_of(path))).splitlines()
    lines += IN_BACKTICKS.findall(text_of(path))
    return [line for line in lines if re.match(r"(\.venv/bin/)?shikaku ", line)]


def leads_to_a_command(words):
    command = shikaku
    for word in words:
        if not isinstance(command, click.Group):
            return True  # what follows is an argument
        if word not in command.commands:
            return False
        command = command.commands[word]
    return True


def test_the_readme_tells_the_story_that_the_demo_tells():
    block = text_of(README).partition("<!-- story -->")[2]
    block = block.partition("<!-- /story -->")[0]
    told = re.findall(r"^\[ ?(\d+)\] (.+?) *$", block, re.M)

    assert [number for number, _ in told] == [str(n + 1) for n in range(len(STEPS))]
    for step, (_, title) in zip(STEPS, told, strict=True):
        assert re.fullmatch(title_of(step), title)


def title_of(step):
    """The Japanese title that a step announces; `.+` where it depends on the day."""
    for node in ast.walk(ast.parse(inspect.getsource(step))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".step"):
            title = node.args[0].args[0]
            parts = getattr(title, "values", [title])
            texts = (it.value if isinstance(it, ast.Constant) else None for it in parts)
            return "".join(".+" if it is None else re.escape(it) for it in texts)
    raise AssertionError(f"{step.__name__} announces nothing")
