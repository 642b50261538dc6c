"""From a code before the camera to the verdict on the screen, in a real browser.

A phone of the simulator shows fifty codes, each of a second of its own; each is filmed
at thirty frames a second and read by the reader's page, as a desk does it. Time counts
from the capture of the first frame that holds the code, as the browser states it, until
the frame after the verdict was drawn. An empty counter is filmed in between.
"""

import io
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import segno
from camera import Camera
from chromium import chromium
from demo_house import demo_house
from playwright.sync_api import Page
from test_reader import open_desk
from visiting import Visitor

from mobile_sim.http_client import system_clock
from mobile_sim.scenes_before import activate
from mobile_sim.world import World

SCANS = 50
WARM_UP = 5
SCALE = 8
# Notes when each frame was captured that is not the empty counter: its middle is no
# longer of one grey.
_WATCH = """() => {
  const video = document.querySelector('#video');
  if (video.isWatched) return;
  video.isWatched = true;
  const how = { willReadFrequently: true };
  const pen = new OffscreenCanvas(64, 36).getContext('2d', how);
  const look = (now, frame) => {
    pen.drawImage(video, 0, 0, 64, 36);
    const { data } = pen.getImageData(24, 10, 16, 16);
    const greys = data.filter((_, place) => place % 4 === 0);
    const isCode = Math.max(...greys) - Math.min(...greys) > 60;
    if (isCode) globalThis.firstFrameAt ??= frame.captureTime ?? now;
    video.requestVideoFrameCallback(look);
  };
  globalThis.firstFrameAt = null;
  video.requestVideoFrameCallback(look);
}"""
# As long as the desk sees nothing before it takes a phone for the next person's.
_NOBODY_THERE = """() => new Promise((done) => {
  const video = document.querySelector('#video');
  let left = 30;
  const look = () => (left-- ? video.requestVideoFrameCallback(look) : done());
  look();
})"""
_PAINTED = (
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
)
_TAKEN = """() => {
  const [painted] = performance.getEntriesByName('shikaku-verdict').slice(-1);
  return painted && globalThis.firstFrameAt !== null
    ? painted.startTime - globalThis.firstFrameAt : null;
}"""


def scan_to_verdict_p95_ms() -> float:
    """The time that nineteen of twenty scans do not exceed, in milliseconds."""
    with TemporaryDirectory() as folder, demo_house(Path(folder)) as world:
        camera = Camera(Path(folder) / "seen.y4m")
        with chromium(Path(folder), camera) as browsers:
            visitor = Visitor(browsers.whole, world.house.base_url)
            page = open_desk(world, visitor, camera=True)
            taken = sorted(_scans(world, page, camera))
            visitor.leave()
    return taken[round(0.95 * len(taken)) - 1]


def _scans(world: World, page: Page, camera: Camera) -> list[float]:
    phone = activate(world, world.employees, world.cast.phone_holder)
    taken = []
    for number in range(WARM_UP + SCANS):
        page.locator("#video").wait_for()
        page.evaluate("performance.clearMarks()")
        page.evaluate(_WATCH)
        page.evaluate(_NOBODY_THERE)
        code = phone.show_code(system_clock() - timedelta(seconds=80 - number % 60))
        camera.show(_picture(code))
        page.locator("[data-outcome=valid]").wait_for()
        page.evaluate(_PAINTED)
        if number >= WARM_UP:
            taken.append(page.evaluate(_TAKEN))
        camera.show_nothing()
        time.sleep(0.2)  # the film's end
        page.keyboard.press("Escape")
    return taken


def _picture(text: str) -> bytes:
    made = io.BytesIO()
    symbol = segno.make(text, error="m", micro=False, boost_error=False)
    symbol.save(made, kind="png", scale=SCALE, border=4)
    return made.getvalue()
