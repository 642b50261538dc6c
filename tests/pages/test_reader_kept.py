"""The reader's own files: kept whole, so that a desk opens without a line."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from test_reader import PIN, open_desk, type_like_a_scanner
from visiting import settled

pytestmark = pytest.mark.keeps_files

FOLDER = Path(__file__).parents[2] / "mobile_sim" / "reader"
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const names = (await caches.keys()).filter((it) => it.startsWith('shikaku-reader-'));
  const kept = await (await caches.open(names.sort().at(-1))).keys();
  return kept.map((it) => new URL(it.url).pathname);
}"""


def test_a_desk_opens_and_judges_a_paper_without_a_line(world, visitor):
    desk = open_desk(world, visitor)
    kept = settled(desk, f"({KEPT})()")
    own = {f"/reader/{it.relative_to(FOLDER)}" for it in FOLDER.rglob("*.*")}
    missing = own - set(kept) - {"/reader/index.html", "/reader/service_worker.js"}
    assert missing == set()
    assert "/vendor/zxing-wasm/dist/reader/zxing_reader.wasm" in kept
    desk.wait_for_load_state("networkidle")  # no list is on its way any more

    desk.context.set_offline(True)
    desk.reload()
    desk.fill("#pin", PIN)
    desk.click("form button.first")
    expect(desk.locator("#prepared")).to_be_visible()
    paper = world.paper_of(world.employees, world.cast.misplacer)
    type_like_a_scanner(desk, paper["qr"])

    panel = desk.locator(".verdict")
    expect(panel).to_have_attribute("data-outcome", "offline-genuine")
