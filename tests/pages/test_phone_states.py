"""Every state of the phone is open to all: both languages, light and dark, 320 px."""

import pytest
from playwright.sync_api import expect
from test_phone import letter_for
from test_phone_trouble import DAY_MS, later_without_network
from visiting import barriers, wait_until_kept

pytestmark = pytest.mark.keeps_files

SMALL = {"viewport": {"width": 320, "height": 568}}
FITS = "document.documentElement.scrollWidth <= innerWidth"


def require_open(page):
    """No rule is broken, and nothing stands outside the screen."""
    assert barriers(page) == []
    assert page.evaluate(FITS)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_the_first_opening_to_the_last_code(world, visitor, language, scheme):
    profile = visitor.profile(**SMALL, color_scheme=scheme)
    page = visitor.visit("/phone/", profile=profile, language=language)
    page.locator(".steps").wait_for()
    require_open(page)
    page.click("#without-install")
    require_open(page)
    page.click("#scan")
    page.get_by_role("alert").wait_for()
    require_open(page)
    page.click("#type-instead")
    page.fill("#code", letter_for(world, world.cast.phone_holder))
    page.click("#begin")
    page.locator(".symbol").wait_for()
    page.click("#enlarge")
    require_open(page)
    page.click("#shrink")

    second = visitor.visit("/phone/", profile=profile, language=language)
    expect(second.locator("#use-here")).to_be_visible()
    require_open(second)
    second.close()
    wait_until_kept(page)
    later_without_network(page, 15 * DAY_MS)
    expect(page.locator("#renew")).to_be_visible()
    expect(page.locator("#trouble .again")).to_be_visible()
    require_open(page)
