"""A demo house that serves its pages, and a browser to use them in."""

import os
from asyncio.events import _set_running_loop
from collections.abc import Callable, Iterator

import pytest
from camera import Camera
from chromium import Browsers, chromium
from demo_house import demo_house
from playwright.sync_api import Browser
from visiting import Visitor

from mobile_sim.world import World


@pytest.fixture(scope="session", autouse=True)
def _with_a_browser() -> None:
    if os.environ.get("SHIKAKU_WITHOUT_BROWSER") == "1":
        pytest.skip("SHIKAKU_WITHOUT_BROWSER=1: pages are not tried on this machine")


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Insurers, clinics, people with papers: all known to a running house."""
    with demo_house(tmp_path_factory.mktemp("house")) as told:
        yield told


@pytest.fixture(scope="session")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Camera:
    """What stands before the browser's camera."""
    return Camera(tmp_path_factory.mktemp("camera") / "seen.y4m")


@pytest.fixture(scope="session")
def browsers(
    camera: Camera, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browsers]:
    """Headless Chromium with Japanese letters."""
    with chromium(tmp_path_factory.mktemp("fonts"), camera) as started:
        yield started
        _set_running_loop(started.loop)


@pytest.fixture(autouse=True)
def _loop_at_rest(browsers: Browsers) -> Iterator[None]:
    """Playwright's event loop seems to run in this thread as long as it is open.

    Between its tests nobody may see it: others run loops of their own.
    """
    _set_running_loop(browsers.loop)
    yield
    _set_running_loop(None)


@pytest.fixture
def browser(browsers: Browsers, request: pytest.FixtureRequest) -> Browser:
    """The quick one, if the test does not ask for the whole."""
    is_whole = request.node.get_closest_marker("whole_browser") is not None
    return browsers.whole if is_whole else browsers.shell


@pytest.fixture
def visitor(another_visitor: Callable[[], Visitor]) -> Visitor:
    """Opens pages as one person does; in the end nothing may have gone wrong."""
    return another_visitor()


@pytest.fixture
def another_visitor(
    world: World, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Callable[[], Visitor]]:
    """More people, each with browser profiles of their own."""
    keeps_files = request.node.get_closest_marker("keeps_files") is not None
    made: list[Visitor] = []

    def arrive() -> Visitor:
        made.append(Visitor(browser, world.house.base_url, keeps_files=keeps_files))
        return made[-1]

    yield arrive
    for one in made:
        one.leave()
