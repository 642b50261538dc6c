"""The large code is read at any size of text, on any screen, held any way round."""

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect
from test_phone import activated
from test_phone_papers import holder

SCREENS = [
    (195, 360, 100),  # a phone of 390 px, zoomed to 200 %
    (320, 640, 200),
    (360, 740, 200),
    (390, 844, 200),
    (390, 844, 100),
    (667, 375, 100),
    (844, 390, 200),
]
COPIES = [(206, 380, 100), (320, 640, 200), (390, 844, 100)]
COPIES += [(640, 400, 100), (667, 375, 100), (844, 390, 100), (844, 390, 200)]
QR = zxingcpp.BarcodeFormat.QRCode  # of a page, some line looks like a bar code
TEXT = "percent => { document.documentElement.style.fontSize = `${percent}%` }"
WHOLE = """() => {
  const seen = document.querySelector('.full .symbol').getBoundingClientRect();
  return seen.top >= 0 && seen.bottom <= innerHeight && seen.right <= innerWidth;
}"""
COVERED = """() => {
  const code = document.querySelector('.full .symbol').getBoundingClientRect();
  const apart = (it) => it.bottom <= code.top + 1 || it.top >= code.bottom - 1
    || it.left >= code.right - 1 || it.right <= code.left + 1;
  return [...document.querySelectorAll('.full p, .full .ring, #shrink')]
    .filter((it) => it.checkVisibility() && !apart(it.getBoundingClientRect()))
    .map((it) => it.textContent);
}"""
SIDEWAYS = "it => it.scrollWidth > it.clientWidth"


def held_out(page, screen):
    """The code fills a screen of this size, in letters of this size."""
    width, height, percent = screen
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(TEXT, percent)
    page.locator(".symbol").wait_for()
    page.click("#enlarge")
    full = page.locator(".full")
    expect(full).to_be_visible()
    return full


def require_read(page, screen):
    """A scanner reads it as it first stands, and no word lies over it."""
    full = held_out(page, screen)
    assert page.evaluate(WHOLE), screen
    assert page.evaluate(COVERED) == [], screen
    assert not full.evaluate(SIDEWAYS), screen
    seen = Image.open(io.BytesIO(page.screenshot()))
    assert len(zxingcpp.read_barcodes(seen, formats=QR)) == 1, screen
    side = page.locator(".full .symbol").bounding_box()["width"]
    assert side >= 0.7 * min(screen[:2]), screen
    page.click("#shrink")


def a_phone(world, visitor, skip, language):
    sharp = visitor.profile(device_scale_factor=2, locale="ja-JP")
    owner = holder(world, skip)
    return activated(world, visitor, owner, profile=sharp, language=language)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_large_code_is_read_at_any_size_of_text(world, visitor, language):
    page = a_phone(world, visitor, 7, language)
    for screen in SCREENS:
        require_read(page, screen)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_copy_is_read_at_any_size_of_text(world, visitor, language):
    page = a_phone(world, visitor, 8, language)
    page.locator("#ways button").first.click()
    for screen in COPIES:
        require_read(page, screen)
