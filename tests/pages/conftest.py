"""A demo house that serves its pages, and a browser with a camera to use them in."""

import io
import os
import socket
from asyncio.events import _set_running_loop
from collections.abc import Callable, Iterator

import pytest
from camera import Camera
from chromium import chromium
from playwright.sync_api import Browser
from rich.console import Console
from visiting import Visitor

from mobile_sim.house import House
from mobile_sim.story import STEPS, begin, tell
from mobile_sim.telling import Telling
from mobile_sim.world import World

BEFORE_THE_COUNTER = STEPS[:4]  # enrolment, lists, phones, certificates


@pytest.fixture(scope="session", autouse=True)
def _with_a_browser() -> None:
    if os.environ.get("SHIKAKU_WITHOUT_BROWSER") == "1":
        pytest.skip("SHIKAKU_WITHOUT_BROWSER=1: pages are not tried on this machine")


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Insurers, clinics, people with papers: all known to a running house."""
    folder = tmp_path_factory.mktemp("house")
    data_dir, keys_dir = folder / "data", folder / "keys"
    data_dir.mkdir()
    keys_dir.mkdir()
    house = House(data_dir, keys_dir, free_port())
    house.set_up()
    with house:
        told = begin(house, Telling(Console(file=io.StringIO())))
        tell(told, BEFORE_THE_COUNTER)
        yield told


@pytest.fixture(scope="session")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Camera:
    """What stands before the browser's camera."""
    return Camera(tmp_path_factory.mktemp("camera") / "seen.y4m")


@pytest.fixture(scope="session")
def browser(
    camera: Camera, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """Headless Chromium with Japanese letters and a camera that films a file."""
    with chromium(tmp_path_factory.mktemp("fonts"), camera) as started:
        yield started
        _set_running_loop(started._impl_obj._loop)


@pytest.fixture(autouse=True)
def _loop_at_rest(browser: Browser) -> Iterator[None]:
    """Playwright's event loop seems to run in this thread as long as it is open.

    Between its tests nobody may see it: others run loops of their own.
    """
    _set_running_loop(browser._impl_obj._loop)
    yield
    _set_running_loop(None)


@pytest.fixture
def visitor(world: World, browser: Browser) -> Iterator[Visitor]:
    """Opens pages as one person does; in the end nothing may have gone wrong."""
    made = Visitor(browser, world.house.base_url)
    yield made
    made.leave()


@pytest.fixture
def another_visitor(world: World, browser: Browser) -> Iterator[Callable[[], Visitor]]:
    """More people, each with a browser profile of their own."""
    made: list[Visitor] = []

    def arrive() -> Visitor:
        made.append(Visitor(browser, world.house.base_url))
        return made[-1]

    yield arrive
    for one in made:
        one.leave()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
