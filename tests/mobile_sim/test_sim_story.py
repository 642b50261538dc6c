"""The whole demo, as `make demo ONCE=1` runs it: over HTTP, in folders of its own."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import requests
from rich.console import Console

from benchmarks.load import free_port
from mobile_sim.demo_folder import fresh_folder
from mobile_sim.house import House
from mobile_sim.http_client import ProblemError
from mobile_sim.people import Population
from mobile_sim.story import STEPS, Step, tell
from mobile_sim.telling import Telling
from mobile_sim.world import StoryError, World, insist

SECONDS = 120  # it takes a tenth of this on an idle machine


@contextmanager
def start_demo(
    folder: Path, port: int, *more: str
) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "mobile_sim", "--port", str(port), *more),
            *("--data-dir", str(folder), "--keys-dir", str(folder / "keys")),
        ],
        env={**os.environ, "LANG": "C", "LC_ALL": "C"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as demo:
        try:
            yield demo
        finally:
            demo.kill()  # it has ended, or has failed to


def test_the_story_holds_where_an_earlier_demo_left_its_data(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with fresh_folder(folder), fresh_folder(folder / "keys"):
        (folder / "shikaku.db").write_text("of an earlier demo")
    with start_demo(folder, free_port(), "--once") as demo:
        told = demo.communicate(timeout=SECONDS)[0].decode("utf-8")
    assert demo.returncode == 0, told
    assert f"[{len(STEPS):>2}] " in told
    for line in ("● 有効  VALID", "▲ 無効  LAPSED", "◆ 複数該当", "異常なし"):
        assert line in told
    assert "http://localhost" not in told  # nothing answers there any more
    assert "\x1b" not in told
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert lapsed_box(told) == lapsed_box(readme)


def lapsed_box(text: str) -> list[str]:
    """The first lapsed answer of a text, line by line; days and times differ by day."""
    before, _, after = text.partition("▲ 無効  LAPSED")
    shown = before.splitlines()[-2:] + after.partition("╰")[0].splitlines()
    return [re.sub(r"\d+", "0", " ".join(line.split())) for line in shown]


def test_the_server_runs_on_until_ctrl_c_and_then_is_gone(tmp_path: Path) -> None:
    port = free_port()
    with start_demo(tmp_path / "demo", port) as demo:
        told = b""
        while b"Ctrl-C" not in told and (line := _next_line(demo)):
            told += line
        assert b"Ctrl-C" in told, told.decode("utf-8")
        health = requests.get(f"http://127.0.0.1:{port}/healthz", timeout=10)
        os.killpg(demo.pid, signal.SIGINT)  # as a terminal does
        demo.wait(SECONDS)
    assert health.json() == {"status": "ok"}
    assert demo.returncode == 0
    for path in ("/", "/docs", "/openapi.json", "/.well-known/jwks.json"):
        assert f"http://localhost:{port}{path}\n".encode() in told
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def _next_line(demo: subprocess.Popen[bytes]) -> bytes:
    assert demo.stdout is not None
    return demo.stdout.readline()


def a_step_that_breaks(world: World) -> None:
    insist("outcome", "valid", "lapsed")


def a_step_without_an_answer(world: World) -> None:
    raise ProblemError(503, "unavailable", "")


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (a_step_that_breaks, r"\[2\] a step that breaks: .*got 'lapsed'"),
        (a_step_without_an_answer, r"\[2\] a step without an answer: .*unavailable"),
    ],
)
def test_a_step_that_fails_ends_the_story_and_is_named(
    population: Population, step: Step, told: str
) -> None:
    heard: list[str] = []
    world = World(
        house=House(Path(), Path(), 8000),
        telling=Telling(Console(file=io.StringIO())),
        today=date(2026, 11, 23),
        population=population,
        **dict.fromkeys(
            ("employees", "residents", "elderly", "clinic", "pharmacy"), None
        ),
    )
    steps = (lambda _: heard.append("first"), step, lambda _: heard.append("third"))
    with pytest.raises(StoryError, match=told):
        tell(world, steps)
    assert heard == ["first"]


def test_a_broken_promise_names_expected_and_got() -> None:
    with pytest.raises(StoryError, match="outcome: expected 'valid', got 'lapsed'"):
        insist("outcome", "valid", "lapsed")
