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
from picture import LANGUAGES, PLACE, take
from pictures_console import console_pictures
from rich.console import Console
from test_phone import activated
from test_reader import open_desk, type_like_a_scanner
from visiting import Visitor

from backend.domain.codes import LossReason
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
            _phone(world, visitor)
            _reader(world, visitor)
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


def _phone(world: World, visitor: Visitor) -> None:
    for language in LANGUAGES:
        page = activated(world, visitor, world.cast.phone_holder, language=language)
        page.locator(".symbol").wait_for()
        take(page, f"phone-{language}")


def _reader(world: World, visitor: Visitor) -> None:
    paper = world.paper_of(world.employees, world.cast.retired)
    pages = [
        open_desk(world, visitor, camera=True, language=language)
        for language in LANGUAGES
    ]
    for state in ("valid", "lapsed"):
        for language, page in zip(LANGUAGES, pages, strict=True):
            type_like_a_scanner(page, paper["qr"])
            page.locator(f"[data-outcome={state}]").wait_for()
            take(page, f"reader-{state}-{language}")
            page.keyboard.press("Escape")
        if state == "valid":
            _lose(world)


def _lose(world: World) -> None:
    coverage = world.coverage_of(world.employees, world.cast.retired)
    world.employees.end_coverage(coverage, world.today, LossReason.OTHER)


if __name__ == "__main__":
    sys.exit(main())
