"""The phone's own files: kept whole, given at once, renewed behind the page."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from slow_line import SlowLine
from test_phone import activated
from visiting import Visitor, barriers, wait_until_kept

pytestmark = pytest.mark.keeps_files

FOLDER = Path(__file__).parents[2] / "mobile_sim" / "phone"
KEPT = """async () => {
  const names = (await caches.keys()).filter((it) => it.startsWith('shikaku-phone-'));
  const kept = await (await caches.open(names.sort().at(-1))).keys();
  return kept.map((it) => new URL(it.url).pathname);
}"""
LOOK = "navigator.serviceWorker.ready.then((it) => it.active.postMessage('renew'))"


@pytest.fixture
def line(world):
    with SlowLine(world.house.base_url).open() as opened:
        yield opened


@pytest.fixture
def phone(world, line, browser):
    """An activated phone whose files are kept, behind a line of its own."""
    visitor = Visitor(browser, line.address, keeps_files=True)
    page = activated(world, visitor, world.cast.phone_holder)
    wait_until_kept(page)
    yield page
    line.speaks.set()
    visitor.leave()


def test_every_file_of_the_page_is_kept_and_all_that_it_names(phone):
    kept = phone.evaluate(KEPT)

    own = {f"/phone/{it.name}" for it in FOLDER.iterdir()}
    missing = own - set(kept) - {"/phone/index.html", "/phone/service_worker.js"}
    assert missing == set()
    assert {"/phone/", "/pages/kit/kit.css", "/pages/kit/code_worker.js"} <= set(kept)
    assert "/vendor/zxing-wasm/dist/reader/zxing_reader.wasm" in kept
    assert not any(path.startswith(("/v1", "/oauth")) for path in kept)


def test_on_a_line_that_is_silent_the_page_opens_and_shows_its_code(phone, line):
    line.speaks.clear()

    phone.reload()

    expect(phone.locator(".symbol")).to_be_visible()
    expect(phone.locator("#kind")).to_contain_text("通信なし")


def test_a_newer_version_is_told_of_and_costs_nothing_that_was_typed(phone, line):
    phone.get_by_role("button", name="連絡").click()
    phone.fill("#text", "書きかけ")
    words = (FOLDER / "status_view.js").read_text("utf-8")
    line.instead["/phone/status_view.js"] = words.replace("有効です", "有効でした")

    phone.evaluate(LOOK)

    note = phone.locator("#new-version")
    expect(note).to_contain_text("新しい版")
    expect(phone.locator("#text")).to_have_value("書きかけ")
    assert barriers(phone) == []
    line.speaks.clear()
    note.get_by_role("button").click()
    expect(phone.locator(".status h1")).to_contain_text("有効でした")
    expect(note).to_be_empty()


def test_a_set_with_a_file_missing_is_never_taken(phone, line):
    line.instead["/phone/phone.js"] = 'import "./nowhere.js";'

    phone.evaluate(LOOK)
    phone.reload()
    phone.reload()

    expect(phone.locator(".symbol")).to_be_visible()
    expect(phone.locator("#new-version")).to_be_empty()
