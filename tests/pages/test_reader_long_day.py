"""A desk over a long day: breaks, sleep, a camera that fails, a PIN forgotten."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from situations import papers_of, somebody
from test_reader import (
    PIN,
    is_step_covered,
    open_desk,
    own_clock,
    picture_of,
    type_like_a_scanner,
)
from visiting import barriers

from mobile_sim.http_client import system_clock

CHECKS = "**/v1/clinic/checks"
UNPLUG = """() => {
  const [track] = document.querySelector('#video').srcObject.getTracks();
  track.stop();
  track.dispatchEvent(new Event('ended'));
}"""
PLUG_IN = "() => navigator.mediaDevices.dispatchEvent(new Event('devicechange'))"


@pytest.fixture
def desk(world, visitor):
    return open_desk(world, visitor)


@pytest.fixture
def slow_desk(world, visitor):
    """One whose clock the test drives."""
    return open_desk(world, visitor, profile=own_clock(visitor))


def expect_outcome(desk, outcome="valid"):
    expect(desk.locator(".verdict")).to_have_attribute("data-outcome", outcome)


def sleep(desk, hours):
    """The device sleeps: its clock goes on, its timers do not."""
    desk.clock.set_system_time(system_clock() + timedelta(hours=hours))


def open_again(desk):
    desk.fill("#pin", PIN)
    desk.keyboard.press("Enter")
    expect(desk.locator("#video")).to_be_visible()


@pytest.mark.whole_browser
def test_a_camera_that_is_pulled_out_is_told_of_and_taken_again(world, visitor, camera):
    camera.show_nothing()
    desk = open_desk(world, visitor, camera=True)
    told = desk.locator("#trouble")
    desk.locator("#video[srcObject], #video").evaluate(
        "(it) => new Promise((done) => it.requestVideoFrameCallback(done))"
    )

    desk.evaluate(UNPLUG)

    expect(told).to_contain_text("カメラの映像が止まりました")
    expect(told).to_contain_text("ひとりでに再開します")
    assert barriers(desk) == []
    (paper,) = papers_of(world, somebody(world))
    camera.show(picture_of(paper))
    desk.evaluate(PLUG_IN)
    expect_outcome(desk)
    camera.show_nothing()


def test_a_device_that_slept_is_locked_before_anybody_reads_it(world, slow_desk):
    member = somebody(world, name="見本　眠")
    (paper,) = papers_of(world, member)
    type_like_a_scanner(slow_desk, paper)
    expect_outcome(slow_desk)
    sleep(slow_desk, hours=1)

    slow_desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(slow_desk.locator("#pin")).to_be_focused()
    expect(slow_desk.locator("main")).not_to_contain_text(member.name)
    open_again(slow_desk)
    slow_desk.keyboard.press("F4")
    expect(slow_desk.locator(".checks")).to_contain_text(member.name)


def test_a_night_s_sleep_ends_the_shift_that_nobody_ended(world, slow_desk):
    member = somebody(world, name="見本　翌朝")
    (paper,) = papers_of(world, member)
    type_like_a_scanner(slow_desk, paper)
    expect_outcome(slow_desk)
    sleep(slow_desk, hours=12)

    slow_desk.keyboard.press("F4")

    expect(slow_desk.locator("#pin")).to_be_visible()
    open_again(slow_desk)
    slow_desk.keyboard.press("F4")
    expect(slow_desk.locator("main")).to_contain_text("まだ一件もありません")


def test_what_one_person_agreed_to_is_not_asked_for_the_next(world, desk):
    (paper,) = papers_of(world, somebody(world))
    desk.get_by_label("限度額区分").check()
    type_like_a_scanner(desk, paper[:-1] + "?")
    desk.keyboard.press("F2")
    desk.keyboard.press("Escape")
    expect(desk.get_by_label("限度額区分")).to_be_checked()  # still the same person
    file = picture_of("https://example.jp/")
    picture = {"name": "p.png", "mimeType": "image/png", "buffer": file}
    desk.set_input_files("#picture", picture)
    expect_outcome(desk, "could-not-check")

    desk.keyboard.press("Enter")

    expect(desk.get_by_label("限度額区分")).not_to_be_checked()
    with desk.expect_request(CHECKS) as asked:
        type_like_a_scanner(desk, paper)
    assert "agreed" not in asked.value.post_data_json


def long_ago(route):
    """The answer as it would be if the question had been asked a quarter ago."""
    told = route.fetch().json()
    before = system_clock() - timedelta(minutes=16)
    route.fulfill(json=told | dict.fromkeys(("checked_at", "data_as_of"), str(before)))


def test_an_answer_of_this_morning_is_not_taken_for_one_of_now(world, desk):
    (fresh,) = papers_of(world, somebody(world))
    type_like_a_scanner(desk, fresh)
    expect_outcome(desk)
    expect(desk.locator("#asked-before")).to_have_count(0)
    desk.keyboard.press("Enter")
    desk.route(CHECKS, long_ago)
    (paper,) = papers_of(world, somebody(world, name="見本　朝"))
    type_like_a_scanner(desk, paper)
    expect(desk.locator(".who")).to_have_text("見本　朝")
    desk.keyboard.press("F4")

    desk.locator(".check").first.click()

    told = desk.locator("#asked-before")
    expect(told).to_contain_text("16分前")
    expect(desk.locator(".facts")).to_contain_text("16分前")
    assert barriers(desk) == []
    assert not is_step_covered(desk)


@pytest.mark.parametrize("key", ["F1", "F2", "F4", "F8", "F9"])
def test_a_scanner_works_in_every_view(world, desk, key):
    (paper,) = papers_of(world, somebody(world))
    desk.keyboard.press(key)

    type_like_a_scanner(desk, paper)

    expect_outcome(desk)
    expect(desk.locator("dialog")).to_have_count(0)
    expect(desk.locator("#verdict-words")).to_be_focused()


def test_who_forgot_the_pin_can_enrol_the_terminal_anew(world, desk):
    (paper,) = papers_of(world, somebody(world))
    desk.get_by_role("button", name="勤務を終える").click()
    desk.get_by_text("暗証番号を忘れたとき").click()
    assert barriers(desk) == []
    desk.get_by_role("button", name="登録を終える…").click()
    assert barriers(desk) == []

    desk.get_by_role("button", name="消して登録を終える").click()

    told = world.house.told("enrol", "clinic", world.clinic.clinic.code)
    desk.fill("#code", told["code"])
    desk.fill("#name", "窓口7")
    desk.click("form button.first")
    open_again(desk)
    type_like_a_scanner(desk, paper)
    expect_outcome(desk)
