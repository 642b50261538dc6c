"""What a page of the console looks at again and again: only while it is shown."""

import pytest
from console_desk import enter, go, orders, paper_holders
from playwright.sync_api import expect
from test_console_signing_in import end_sessions
from visiting import barriers

RUNS = "**/v1/insurer/runs"
RUN_OF_ITS_OWN = "**/v1/insurer/runs/run-*"


@pytest.fixture
def page(world, visitor):
    """Under a clock that the test drives; it jumps, so no page is open yet."""
    profile = visitor.profile(viewport={"width": 1280, "height": 800})
    profile.clock.install()
    return enter(world, visitor, profile=profile)


def begun(world, page, skip, strangers):
    """The address of a run that waits for a colleague."""
    go(page, "issue")
    members = paper_holders(world, skip, 1)
    page.locator("#list").set_input_files(orders(world, members, strangers))
    page.locator("#do-preview").click()
    page.locator("#do-begin").click()
    expect(page.locator("#cancel")).to_be_visible()
    return page.url.partition("#/")[2]


def keep_going(route):
    """Tell of a run as if it went on for long."""
    answer = route.fetch()
    told = answer.json()
    going_on = {"state": "ready", "seconds_left": 90}
    if "runs" in told:
        told["runs"] = [{**run, **going_on} for run in told["runs"]]
    route.fulfill(response=answer, json={**told, **going_on} if answer.ok else told)


def hold_next(page, doors):
    """Whatever is asked at these doors from now on is kept, and told here."""
    held = []
    page.route(doors, lambda route: held.append(route))
    return held


def pass_by(page, seconds):
    """Time goes on; what is asked by then has arrived."""
    for _ in range(seconds):
        page.clock.fast_forward(1_000)
        page.wait_for_timeout(50)


def arrives(page, held):
    for _ in range(20):
        if held:
            return
        pass_by(page, 1)
    raise AssertionError("nothing was asked")


def test_a_run_that_was_left_is_neither_drawn_nor_asked_for(world, page):
    first = begun(world, page, 70, 1_070)
    second = begun(world, page, 71, 1_071)
    page.route(RUN_OF_ITS_OWN, keep_going)
    go(page, first)
    expect(page.locator("#progress")).to_contain_text("1,071 行")
    held = hold_next(page, f"**/{first}")
    arrives(page, held)

    go(page, second)
    expect(page.locator("#progress")).to_contain_text("1,072 行")
    keep_going(held.pop())
    pass_by(page, 3)  # it was asked for every second or two

    expect(page.locator("#progress")).to_contain_text("1,072 行")
    assert held == []


@pytest.mark.parametrize(
    ("where", "shown", "strangers"),
    [("runs", "table", 1_072), ("today", "#waiting", 1_073)],
)
def test_a_page_of_runs_that_was_left_asks_for_them_no_more(
    world, page, where, shown, strangers
):
    begun(world, page, 72, strangers)
    page.route(RUNS, keep_going)
    go(page, where)
    expect(page.locator(shown)).to_be_visible()
    held = hold_next(page, RUNS)
    arrives(page, held)

    go(page, "figures")
    keep_going(held.pop())
    pass_by(page, 6)  # they were asked for every five seconds

    assert held == []


def test_a_session_that_ends_while_a_run_goes_on_is_taken_up_again(world, page):
    run = begun(world, page, 73, 1_074)
    page.route(RUN_OF_ITS_OWN, keep_going)
    go(page, "figures")
    go(page, run)
    expect(page.locator("#progress")).to_contain_text("残り約2分")

    end_sessions(page)
    page.get_by_role("dialog").get_by_role(
        "button", name="パスキーでサインイン"
    ).click()

    expect(page.get_by_role("dialog")).to_have_count(0)
    asked = hold_next(page, f"**/{run}")
    arrives(page, asked)
    expect(page.locator("#progress .note")).to_have_count(0)


@pytest.mark.parametrize("state", ["ready", "awaiting-approval"])
def test_whoever_signs_in_later_is_asked_once(world, page, state):
    run = begun(world, page, 74, 1_075 if state == "ready" else 1_076)
    if state == "ready":
        page.route(RUN_OF_ITS_OWN, keep_going)
    go(page, "figures")
    go(page, run)
    expect(page.locator(".facts")).to_be_visible()
    end_sessions(page)
    again = page.get_by_role("dialog")
    again.get_by_role("button", name="あとで").click()

    note = page.locator("#progress .note")
    expect(note).to_contain_text("サインインが終わっているため")
    assert barriers(page) == []
    asked = hold_next(page, f"**/{run}")
    pass_by(page, 4)  # it was asked for every second or two
    assert asked == []
    expect(again).to_have_count(0)
    page.unroute(f"**/{run}")
    page.locator("#look-again").click()
    again.get_by_role("button", name="パスキーでサインイン").click()

    expect(note).to_have_count(0)
