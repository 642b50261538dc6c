"""The operator's guide tells the truth: its example is run as it stands."""

import re
import shlex
from pathlib import Path

from cli_desk import committed

GUIDE = Path(__file__).parents[2] / "docs" / "bulk.md"


def block(kind):
    (found,) = re.findall(rf"```{kind}\n(.*?)```", GUIDE.read_text("utf-8"), re.S)
    return found


def test_the_example_of_the_guide_runs_as_it_stands(insurer, monkeypatch):
    monkeypatch.chdir(insurer.folder)
    committed(insurer)
    Path("orders.csv").write_text(block("csv"), "utf-8")
    steps = re.split(r"^\$ shikaku ", block("console"), flags=re.M)[1:]
    assert len(steps) == 4

    for step in steps:
        command, *told = step.strip().splitlines()
        output = insurer(*shlex.split(command)).output

        for line in told:
            assert line.strip() in output, output
