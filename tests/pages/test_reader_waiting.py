"""What waits for the line outlasts a break, and a refusal of the server is told."""

from itertools import count

import pytest
from playwright.sync_api import expect
from situations import papers_of, somebody
from test_reader import PIN, own_clock
from test_reader_offline import (
    CHECKS,
    lapse,
    lose_the_line,
    ready_desk,
    regain_the_line,
    shown_offline,
)
from visiting import barriers

TRIED_AGAIN_MS = 20_000
OURS = {"code": "not-now"}
REFUSED = {
    "status": 422,
    "code": "invalid-input",
    "said": {"ja": "入力に誤りがあります", "en": "Something in it is wrong"},
    "errors": [],
}


@pytest.fixture
def desk(world, visitor):
    return ready_desk(world, visitor)


@pytest.fixture
def someone(world):
    """People who have a paper, one after another."""

    def arriving():
        for number in count(1):
            person = somebody(world, name=f"見本　待{number}郎")
            yield person, *papers_of(world, person)

    return arriving()


def expect_settled(desk, row):
    """At once, or after the pause that follows a try that is still under way."""
    desk.evaluate("dispatchEvent(new Event('online'))")
    expect(row).to_contain_text("有効", timeout=TRIED_AGAIN_MS)


def test_a_break_hides_what_waits_and_the_pin_settles_it(world, visitor, someone):
    person, paper = next(someone)
    desk = ready_desk(world, visitor, profile=own_clock(visitor))
    lose_the_line(desk)
    shown_offline(desk, paper, "offline-genuine")
    lapse(world, person)

    desk.clock.fast_forward("05:01")
    expect(desk.locator("#pin")).to_be_focused()
    desk.clock.resume()
    asked = []
    desk.on("request", lambda it: asked.append(it.url))
    regain_the_line(desk)
    expect(desk.locator("body")).not_to_contain_text(person.name)
    assert barriers(desk) == []
    assert [url for url in asked if url.endswith("/checks")] == []

    desk.fill("#pin", PIN)
    desk.keyboard.press("Enter")

    news = desk.get_by_role("alert").filter(has_text=person.name)
    expect(news).to_contain_text("資格を喪失しています")


@pytest.mark.parametrize("comes_later", [401, 429])
def test_a_refusal_for_now_keeps_it_waiting(desk, someone, comes_later):
    person, paper = next(someone)
    lose_the_line(desk)
    shown_offline(desk, paper, "offline-genuine")
    desk.route(CHECKS, lambda route: route.fulfill(status=comes_later, json=OURS))

    with desk.expect_response(CHECKS):
        regain_the_line(desk)
    desk.keyboard.press("F4")
    row = desk.locator(".check", has_text=person.name)
    expect(row).to_contain_text("照会待ち")

    desk.unroute(CHECKS)

    expect_settled(desk, row)


def test_what_the_server_fails_over_waits_on_and_holds_up_no_other(desk, someone):
    (person, paper), (other, their_paper) = next(someone), next(someone)
    lose_the_line(desk)
    for it in (paper, their_paper):  # the oldest is asked for first
        shown_offline(desk, it, "offline-genuine")
    first = count()
    desk.route(
        CHECKS,
        lambda route: route.continue_() if next(first) else route.fulfill(status=500),
    )
    desk.keyboard.press("F4")

    regain_the_line(desk)

    expect(desk.locator(".check", has_text=other.name)).to_contain_text("有効")
    row = desk.locator(".check", has_text=person.name)
    expect(row).to_contain_text("照会待ち")
    expect_settled(desk, row)


def test_a_refusal_for_ever_is_told_with_its_reason(desk, someone):
    person, paper = next(someone)
    lose_the_line(desk)
    shown_offline(desk, paper, "offline-genuine")
    told = {"status": 422, "content_type": "application/problem+json", "json": REFUSED}
    desk.route(CHECKS, lambda route: route.fulfill(**told))

    regain_the_line(desk)

    news = desk.get_by_role("alert").filter(has_text=person.name)
    expect(news).to_contain_text("入力に誤りがあります")
    expect(news).to_contain_text("確認できません")
    expect(desk.locator("#bar")).not_to_contain_text("照会待ち")
    assert barriers(desk) == []
    news.get_by_role("button", name="確認しました").click()
    expect(news).to_have_count(0)
