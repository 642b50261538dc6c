"""The code as it is held out at the desk: large, bright, awake, in one tab alone."""

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect
from test_phone import activated, code_on
from test_phone_papers import holder
from visiting import barriers, settled

WATCH_LOCKS = """if (globalThis.WakeLock) {
  globalThis.locks = [];
  const real = WakeLock.prototype.request;
  WakeLock.prototype.request = async function (kind) {
    const lock = await real.call(this, kind);
    locks.push(lock);
    return lock;
  };
}"""
AWAKE = "JSON.stringify(globalThis.locks.map((it) => !it.released))"
COVERED = "document.elementFromPoint(5, innerHeight - 5).closest('.full') !== null"
WHITE = "getComputedStyle(document.querySelector('.full')).backgroundColor"


def large(page):
    page.locator(".symbol").wait_for()
    page.click("#enlarge")
    return page.locator(".full")


def wait_until(page, awake):
    """Which of the locks are held, in the order in which they were asked for."""
    settled(
        page,
        f"(async () => {{ while ({AWAKE} !== '{awake}')"
        " await new Promise((resolve) => setTimeout(resolve, 20)) })()",
    )


def seen_on(page):
    """What a scanner reads, held before the whole screen."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    return found.text


@pytest.mark.parametrize(
    ("width", "height", "language", "dark"),
    [(320, 568, "en", True), (390, 844, "ja", False), (1280, 800, "ja", True)],
)
def test_one_tap_fills_a_white_screen_with_the_code(
    world, visitor, width, height, language, dark
):
    settings = {"width": width, "height": height, "language": language, "dark": dark}
    page = activated(world, visitor, world.cast.phone_holder, **settings)

    screen = large(page)

    expect(screen).to_contain_text(world.cast.phone_holder.name)
    assert page.evaluate(WHITE) == "rgb(255, 255, 255)"
    assert page.evaluate(COVERED)
    box = page.locator(".full .symbol").bounding_box()
    assert box["width"] >= 0.85 * min(width, height)
    assert page.locator("#shrink").is_visible()
    assert barriers(page) == []
    answer = world.clinic.check(seen_on(page))
    assert answer["outcome"] == "valid"


def test_every_way_back_leads_to_the_card_and_not_out_of_the_page(world, visitor):
    page = activated(world, visitor, world.cast.phone_holder)
    ways = [
        lambda: page.click("#shrink"),
        lambda: page.keyboard.press("Escape"),
        page.go_back,
    ]
    for way in ways:
        expect(large(page)).to_be_visible()
        way()
        expect(page.locator(".full")).to_have_count(0)
        expect(page.locator("main .symbol")).to_be_visible()
        assert page.evaluate("document.activeElement.id") == "enlarge"
    assert page.evaluate("[...document.querySelectorAll('[inert]')].length") == 0
    expect(page.locator(".status.good")).to_be_visible()


@pytest.mark.whole_browser
def test_the_screen_stays_awake_while_the_code_is_large_and_only_then(world, visitor):
    profile = visitor.profile(viewport={"width": 390, "height": 844})
    profile.add_init_script(WATCH_LOCKS)
    page = activated(world, visitor, world.cast.phone_holder, profile=profile)
    large(page)

    wait_until(page, "[true]")
    page.evaluate("locks[0].release()")  # as the browser does when the page is hidden
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    wait_until(page, "[false,true]")
    page.click("#shrink")
    wait_until(page, "[false,false]")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator(".symbol").wait_for()
    assert page.evaluate(AWAKE) == "[false,false]"


def test_other_codes_fill_the_screen_too_and_lead_back_to_their_view(world, visitor):
    page = activated(world, visitor, holder(world, 6), width=320, height=568)
    page.locator("#ways button").first.click()
    expect(large(page)).to_be_visible()
    page.go_back()
    expect(page.locator(".copy .symbol")).to_be_visible()
    page.go_back()
    expect(page.locator(".status.good")).to_be_visible()

    page.locator("#ways button").last.click()
    page.locator("main button.first").click()
    expect(large(page)).to_contain_text("5分間のコード")
    assert barriers(page) == []
    assert world.clinic.check(seen_on(page))["outcome"] == "valid"
    page.keyboard.press("Escape")
    expect(page.get_by_role("timer")).to_be_visible()


@pytest.fixture
def two_tabs(world, visitor):
    first = activated(world, visitor, world.cast.phone_holder)
    first.locator(".symbol").wait_for()
    return first, visitor.visit("/phone/", profile=first.context)


def test_a_second_tab_shows_no_code_until_it_is_told_to(world, two_tabs):
    first, second = two_tabs
    expect(second.locator(".code")).to_contain_text("別のタブで表示中")
    expect(second.locator(".symbol")).to_have_count(0)
    assert barriers(second) == []
    before = code_on(first)

    second.click("#use-here")

    expect(first.locator(".code")).to_contain_text("別のタブで表示中")
    expect(first.locator(".symbol")).to_have_count(0)
    answers = [world.clinic.check(it) for it in (before, code_on(second))]
    assert [it["outcome"] for it in answers] == ["valid", "valid"]  # two codes, not one
    first.click("#use-here")
    expect(second.locator("#use-here")).to_be_visible()
    expect(first.locator(".symbol")).to_be_visible()


def test_when_the_first_tab_is_closed_the_second_goes_on_by_itself(two_tabs):
    first, second = two_tabs
    expect(second.locator("#use-here")).to_be_visible()

    first.close()

    expect(second.locator(".symbol")).to_be_visible()
