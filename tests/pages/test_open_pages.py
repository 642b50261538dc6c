"""The pages that anyone may open: without barriers on a desktop and a dark phone."""

import pytest
from playwright.sync_api import expect
from visiting import barriers

IS_CUT_OFF = "document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize("path", ["/", "/docs", "/problems", "/problems/not-found"])
def test_an_open_page_is_without_barriers_and_fits(visitor, path):
    page = visitor.visit(path, width=1280, height=800)
    expect(page.locator("h1").first).to_be_visible()
    found = barriers(page)

    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark")

    assert found + barriers(page) == []
    assert page.evaluate(IS_CUT_OFF) is False
