"""A running house that knows the demo's people, with its pages."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner
from rich.console import Console

from backend.cli.main import shikaku
from benchmarks.load import free_port
from mobile_sim.house import House, HouseError
from mobile_sim.story import STEPS, begin, tell
from mobile_sim.telling import Telling
from mobile_sim.world import World

BEFORE_THE_COUNTER = STEPS[:4]  # enrolment, lists, phones, certificates


class HouseAtHand(House):
    """Its commands run in this process: a new one for each would take a second."""

    def command(self, *arguments: str) -> str:
        """Run `shikaku` with these arguments; what it printed. Raises HouseError."""
        done = CliRunner().invoke(shikaku, arguments, env=self._environment())
        if done.exit_code != 0:
            raise HouseError(f"shikaku {' '.join(arguments)}: {done.output.strip()}")
        return done.stdout


@contextmanager
def demo_house(folder: Path) -> Iterator[World]:
    """In this folder; its server is a process of its own. Raises HouseError."""
    data_dir, keys_dir = folder / "data", folder / "keys"
    data_dir.mkdir()
    keys_dir.mkdir()
    house = HouseAtHand(data_dir, keys_dir, free_port())
    house.set_up()
    with house:
        world = begin(house, Telling(Console(file=io.StringIO())))
        tell(world, BEFORE_THE_COUNTER)
        yield world
