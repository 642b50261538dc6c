"""Nothing in the console bars anybody: every state, both languages, every width."""

import pytest
from console_desk import arrive, enter, go, orders, paper_holders
from playwright.sync_api import expect
from visiting import barriers

PAGES = [
    "today",
    "runs",
    "issue",
    "withdraw",
    "list",
    "members",
    "reports",
    "figures",
    "reminders",
    "nowhere",
]
SETTINGS = [
    {"language": "ja", "width": 1280},
    {"language": "en", "width": 1280, "dark": True},
    {"language": "ja", "width": 320, "dark": True},
    {"language": "en", "width": 320},
    {"language": "ja", "width": 640, "height": 400},  # 1280 px at 200 %
    {"language": "en", "width": 640, "height": 400, "dark": True},
]


def require_open(page):
    """No rule is broken, and nothing stands outside the screen."""
    expect(page.locator("h1")).to_have_count(1)
    assert barriers(page) == []
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_every_page_is_open_to_everybody(world, visitor, setting):
    page = enter(world, visitor, **setting)

    for where in PAGES:
        go(page, where)
        page.wait_for_load_state("networkidle")
        require_open(page)
        assert page.evaluate("document.activeElement.id") == "title"


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_states_with_something_in_them_are_too(world, visitor, setting):
    page = enter(world, visitor, **setting)
    made_up = paper_holders(world, 40, 1)[0]

    go(page, "issue")
    page.locator("#list").set_input_files(orders(world, [made_up], strangers=2))
    page.locator("#do-preview").click()
    expect(page.locator("#preview")).to_be_visible()
    require_open(page)
    go(page, "members")
    page.locator("#number").fill(made_up.identity.number)
    page.locator("#do-search").click()
    page.locator("table a").first.click()
    page.locator("#do-history").click()
    expect(page.locator("#do-history")).to_have_count(0)
    require_open(page)
    page.locator("button[id^=suspend-]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    require_open(page)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_door_is_too(visitor, language):
    page = arrive(visitor, language=language, width=320)
    require_open(page)

    page.locator("#do-sign-in").click()

    expect(page.get_by_role("alert")).to_be_visible()
    require_open(page)


def test_the_menu_unfolds_by_keyboard_where_it_is_narrow(world, visitor):
    page = enter(world, visitor, width=390)
    menu = page.locator("#menu")
    expect(page.locator("#ways")).to_be_hidden()

    menu.focus()
    page.keyboard.press("Enter")

    expect(menu).to_have_attribute("aria-expanded", "true")
    page.get_by_role("link", name="本人からの申出").click()
    expect(page.locator("#ways")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text("本人からの申出")


def test_the_language_is_one_tap_away_and_keeps_what_was_typed(world, visitor):
    page = enter(world, visitor)
    go(page, "members")
    page.locator("#name").fill("مريم ● 髙")

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Find a member")
    expect(page.locator("#name")).to_have_value("مريم ● 髙")
    assert page.evaluate("document.documentElement.lang") == "en"
