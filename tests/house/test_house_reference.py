"""Settings, commands, problems and outcomes: documented, all, and as they are."""

import ast
import inspect
import re
from dataclasses import fields

import click
import pytest
from house_files import HOUSE, cells_of, files, name_of, rooms, syntax_of, text_of

from backend.api import oauth_errors
from backend.api.problems import PROBLEMS
from backend.cli.main import shikaku
from backend.domain.next_step import HEADLINES
from backend.domain.outcome import DocumentState, Outcome, outcome_of
from backend.domain.patient_step import patient_step
from backend.domain.verdict import Reason, Verdict
from backend.settings import PREFIX, Settings

DOCS = HOUSE / "docs"
SETTING = re.compile(rf"\b{PREFIX}[A-Z][A-Z_]*[A-Z]\b")


def test_every_setting_is_documented_with_its_default():
    documented = {row[0]: row[1] for row in cells_of(DOCS / "settings.md", "name")}
    defaults = {
        PREFIX + field.name.upper(): spelled(field.default)
        for field in fields(Settings)
    }

    tests_alone = {"SHIKAKU_WITHOUT_HSM": "0", "SHIKAKU_WITHOUT_BROWSER": "0"}
    assert documented == defaults | tests_alone


def spelled(default):
    return {None: "none", True: "1", False: "0"}.get(default, str(default))


def test_no_other_setting_is_read_or_named():
    known = set(SETTING.findall(text_of(DOCS / "settings.md")))
    everywhere = files("backend", "mobile_sim", "benchmarks", "tests", "docs", ".ci")
    texts = [path for path in everywhere if path.suffix in (".py", ".md", "")]
    named = {
        (name_of(path), name)
        for path in [*texts, HOUSE / "README.md", HOUSE / "Makefile"]
        for name in SETTING.findall(text_of(path))
    }

    assert {it for it in named if it[1] not in known} == set()


def leaves(group, path=("shikaku",)):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


COMMANDS = list(leaves(shikaku))


def sections():
    parts = re.split(
        r"^### `(shikaku [^`]+)`$", text_of(DOCS / "commands.md"), flags=re.M
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_is_documented():
    assert set(sections()) == {name for name, _ in COMMANDS}


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_every_option_of_a_command_is_documented(name, command):
    wanted = {
        option for it in command.params for option in it.opts if option[:2] == "--"
    } | {it.human_readable_name for it in command.params if it.opts[0][0] != "-"}
    documented = set(re.findall(r"^\| `(--[a-z-]+|[A-Z_]+)`", sections()[name], re.M))

    assert documented == wanted


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_every_command_explains_itself_in_both_languages(name, command):
    assert command.help is not None
    assert re.search(r"[ぁ-ん]", command.help)
    assert re.search(r"[A-Za-z]{3,} [a-z]{1,}", command.help)


def test_every_problem_is_documented_with_status_and_titles():
    documented = {tuple(row[:4]) for row in cells_of(DOCS / "problems.md", "code")}

    assert documented == {
        (it.code, str(it.status), it.title.ja, it.title.en) for it in PROBLEMS.values()
    }


def test_every_oauth_error_is_documented():
    spelled_out = {
        node.value
        for node in ast.walk(ast.parse(inspect.getsource(oauth_errors._code)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    documented = {row[0] for row in cells_of(DOCS / "problems.md", "error")}
    assert documented == spelled_out


def test_every_error_of_ours_that_a_door_may_meet_has_a_problem():
    raised = {
        (node.name, statement.value.value)
        for room in rooms()
        if name_of(room).startswith("backend/")
        for node in ast.walk(syntax_of(room))
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and ast.unparse(statement.targets[0]) == "code"
        and isinstance(statement.value, ast.Constant)
    }
    inside = {"keyring", "status-unknown", "not-genuine"}  # never leave a use case

    assert {it for it in raised if it[1] not in PROBLEMS} == {
        it for it in raised if it[1] in inside
    }


def test_what_the_person_reads_is_documented_for_every_reason():
    documented = [tuple(row) for row in cells_of(DOCS / "verdict.md", "reason")]

    assert documented == [
        (reason.value, patient_step(reason).ja, patient_step(reason).en)
        for reason in Reason
    ]


def test_every_outcome_is_documented_with_its_headline():
    documented = {tuple(row) for row in cells_of(DOCS / "verdict.md", "outcome")}

    assert documented == {
        (outcome.value, HEADLINES[outcome].ja, HEADLINES[outcome].en)
        for outcome in Outcome
    }


def test_every_document_state_leads_to_the_outcome_that_is_documented(verdict_for):
    documented = {}
    for states, reason, outcome in cells_of(DOCS / "verdict.md", "document state"):
        for state in re.findall(r"[a-z-]+", states.replace("(numbers)", "")):
            documented[DocumentState(state), reason] = outcome

    for (state, reason), outcome in documented.items():
        for verdict in verdict_for(reason):
            expected = verdict.reason.value if outcome == "the reason" else outcome
            assert outcome_of(state, verdict).value == expected
    assert {state for state, _ in documented} == set(DocumentState)


@pytest.fixture
def verdict_for():
    """The verdicts that a cell `coverage reason` stands for."""

    def verdicts(cell):
        if cell in ("not asked", "could not be judged"):
            return [None]
        wanted = [it for it in Reason if (it is Reason.COVERED) == (cell == "covered")]
        return [Verdict(None, reason, None) for reason in wanted]

    return verdicts
