"""Whoever reads by keyboard or screen reader keeps their place on the phone's page."""

import pytest
from playwright.sync_api import expect
from test_phone import activated, letter_for
from test_phone_papers import holder
from test_phone_people import add_by_letter, workers
from visiting import barriers, the_first

from backend.domain.codes import LossReason

MARK = "document.getElementById('title').dataset.before = ''"
SEEN_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
HIDDEN = """() => {
  const at = document.activeElement.getBoundingClientRect();
  return at.bottom > document.querySelector('.tabs').getBoundingClientRect().top;
}"""
WORDS = "document.activeElement.textContent"
STATUS = "**/v1/patient/status"
HISTORY = "**/v1/patient/history*"


def renewed_title(page):
    """The title that took the place of the one which was marked."""
    return page.locator("#title:not([data-before])")


def test_the_title_keeps_the_focus_when_the_status_arrives(world, visitor):
    first, second = workers(world, 7), workers(world, 8)
    page = activated(world, visitor, first)
    expect(page.locator("#title")).to_be_focused()
    add_by_letter(page, letter_for(world, second), "own")
    page.click("#begin")
    expect(page.locator(".status.good")).to_be_visible()
    expect(page.locator("#title")).to_be_focused()

    held = []
    page.route(STATUS, lambda route: held.append(route))
    page.locator(".people button").filter(has_text=first.name).press("Enter")
    expect(page.locator("#title")).to_be_focused()
    page.evaluate(MARK)
    the_first(page, held).continue_()
    page.unroute(STATUS)

    expect(renewed_title(page)).to_be_focused()


def test_coverage_that_ends_is_drawn_first_and_takes_the_focus_along(world, visitor):
    owner = workers(world, 9)
    page = activated(world, visitor, owner)
    coverage = world.coverage_of(world.employees, owner)
    world.employees.end_coverage(coverage, world.today, LossReason.OTHER)

    page.evaluate(SEEN_AGAIN)

    expect(page.locator(".status.bad #title")).to_be_focused()


def test_after_a_change_of_language_the_button_back_has_the_focus(world, visitor):
    page = activated(world, visitor, world.cast.phone_holder)
    page.locator(".tabs button").nth(2).click()
    page.locator("#language").press("Enter")
    expect(page.locator("h1")).to_have_text("If something is wrong")
    expect(page.locator("#language")).to_be_focused()


def test_more_of_the_history_comes_once_and_begins_where_the_focus_is(world, visitor):
    page = activated(world, visitor, holder(world, 9))
    for _ in range(31):  # each reading of it is a line of its own
        with page.expect_response(HISTORY):
            page.locator(".tabs button").nth(1).click()
    lines, more = page.locator(".history li"), page.get_by_text("続きを読む")
    expect(lines).to_have_count(30)
    held = []
    page.route(HISTORY, lambda route: held.append(route))

    more.dblclick()
    expect(more).to_be_disabled()
    the_first(page, held).abort()
    expect(page.locator(".again")).to_be_focused()
    page.unroute(HISTORY)
    page.keyboard.press("Enter")

    expect(lines.nth(30)).to_be_focused()
    assert len(held) == 1
    told = lines.all_inner_texts()
    assert len(told) < 60
    expect(more).to_be_hidden()
    assert barriers(page) == []


@pytest.mark.parametrize("tab", [2, 3])
def test_nothing_that_has_the_focus_lies_under_the_tabs(world, visitor, tab):
    page = activated(world, visitor, world.cast.phone_holder, width=640, height=400)
    page.locator(".tabs button").nth(tab).click()
    last = page.locator("main button").last
    while not last.evaluate("it => it === document.activeElement"):
        page.keyboard.press("Tab")
        assert not page.evaluate(HIDDEN), page.evaluate(WORDS)
