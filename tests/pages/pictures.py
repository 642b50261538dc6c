"""Pictures of the pages' main states for the documents: `make pictures`.

Made of the same demo people in the same way each time, so that they stay true.
"""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from camera import Camera
from chromium import chromium
from conftest import BEFORE_THE_COUNTER, free_port
from picture import PLACE
from pictures_console import console_pictures
from pictures_phone import phone_pictures
from pictures_reader import reader_pictures
from rich.console import Console
from visiting import Visitor

from mobile_sim.house import House
from mobile_sim.story import begin, tell
from mobile_sim.telling import Telling
from mobile_sim.world import World


def main() -> None:
    """Take every picture anew."""
    PLACE.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, demo_house(Path(folder)) as world:
        camera = Camera(Path(folder) / "seen.y4m")
        with chromium(Path(folder), camera) as browser:
            visitor = Visitor(browser, world.house.base_url)
            phone_pictures(world, visitor)
            reader_pictures(world, visitor)
            console_pictures(world, visitor)
            visitor.leave()


@contextmanager
def demo_house(folder: Path) -> Iterator[World]:
    """A running house that knows the demo's people, with its pages."""
    data_dir, keys_dir = folder / "data", folder / "keys"
    data_dir.mkdir()
    keys_dir.mkdir()
    house = House(data_dir, keys_dir, free_port())
    house.set_up()
    with house:
        world = begin(house, Telling(Console(file=io.StringIO())))
        tell(world, BEFORE_THE_COUNTER)
        yield world


if __name__ == "__main__":
    sys.exit(main())
