"""The demo says plainly why it cannot start."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from mobile_sim import __main__ as demo
from mobile_sim.house import House, HouseError


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_is_named_with_another_to_choose(
    tmp_path: Path, taken_port: int
) -> None:
    house = House(tmp_path, tmp_path / "keys", taken_port)
    with pytest.raises(HouseError, match=f"make demo PORT={taken_port + 1}"):
        house.require_free_port()


def test_a_taken_port_ends_the_demo_before_it_deletes_anything(
    tmp_path: Path, taken_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "demo"
    data.mkdir()
    (data / ".made-by-the-demo").touch()
    (data / "shikaku.db").touch()
    arguments = ["--once", "--port", str(taken_port), "--data-dir", str(data)]
    assert demo.main([*arguments, "--keys-dir", str(data / "keys")]) == 1
    assert f"{taken_port}" in capsys.readouterr().out
    assert (data / "shikaku.db").exists()


def test_a_command_that_fails_tells_what_it_said(tmp_path: Path) -> None:
    house = House(tmp_path / "data", tmp_path / "keys", 8000)
    with pytest.raises(HouseError, match="no-such-command"):
        house.command("no-such-command")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eight"])
def test_an_impossible_port_is_refused(
    port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        demo.main(["--port", port])
    assert "--port" in capsys.readouterr().err


def test_a_folder_of_somebody_elses_ends_the_demo_with_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "precious").touch()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    arguments = ["--once", "--port", port, "--data-dir", str(tmp_path)]
    assert demo.main([*arguments, "--keys-dir", str(tmp_path / "keys")]) == 1
    assert "was left alone" in " ".join(capsys.readouterr().out.split())
    assert [p.name for p in tmp_path.iterdir()] == ["precious"]
