"""The same code twice at one desk: read twice, left lying there, or in other hands."""

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

from mobile_sim.scenes_before import activate

CHECKS = "**/v1/clinic/checks"
ELSEWHERE = "窓口は別のタブで開いています"
LATER_THAN_TWICE = "00:04"


@pytest.fixture
def phone(world):
    return activate(world, world.employees, world.cast.phone_holder)


@pytest.fixture
def desk(world, visitor):
    return open_desk(world, visitor)


def expect_outcome(desk, outcome):
    expect(desk.locator(".verdict")).to_have_attribute("data-outcome", outcome)


def checks_of(phone):
    return [it for it in phone.history() if it["kind"] == "checked"]


def read(desk, code, outcome="valid"):
    """A scanner reads; its answer is awaited, not what stood there before."""
    with desk.expect_response(CHECKS):
        type_like_a_scanner(desk, code)
    expect_outcome(desk, outcome)


def test_a_scanner_that_reads_a_phone_twice_gets_the_one_answer_again(desk, phone):
    checks_before = len(checks_of(phone))
    code = phone.show_code()
    read(desk, code)

    read(desk, code)

    assert len(checks_of(phone)) == checks_before + 1
    desk.keyboard.press("F4")
    expect(desk.locator(".checks > li")).to_have_count(1)


def test_a_lost_answer_to_a_phone_s_code_is_had_by_reading_it_again(desk, phone):
    code = phone.show_code()
    desk.route(CHECKS, lambda route: (route.fetch(), route.abort()))
    type_like_a_scanner(desk, code)
    expect_outcome(desk, "could-not-check")

    desk.unroute(CHECKS)
    read(desk, code)


def test_a_paper_read_anew_is_asked_about_anew(world, visitor):
    desk = open_desk(world, visitor, profile=own_clock(visitor))
    (paper,) = papers_of(world, somebody(world))
    read(desk, paper)
    read(desk, paper)

    desk.clock.fast_forward(LATER_THAN_TWICE)
    read(desk, paper)

    desk.keyboard.press("F4")
    expect(desk.locator(".checks > li")).to_have_count(2)


def test_a_code_used_at_this_desk_says_by_whom_and_when(world, desk, phone):
    code = phone.show_code()
    read(desk, code)
    desk.keyboard.press("Enter")

    read(desk, code, "replayed")

    known = desk.locator("#read-before")
    expect(known).to_contain_text(world.cast.phone_holder.name)
    expect(known).to_contain_text("同じ方のスマホなら二度読みです")
    assert barriers(desk) == []
    assert not is_step_covered(desk)
    desk.get_by_role("button", name="English").click()
    expect(known).to_contain_text("it was read twice")
    assert barriers(desk) == []


def test_a_code_used_elsewhere_has_nothing_to_be_known_of_here(world, desk, phone):
    code = phone.show_code()
    world.clinic.check(code)

    read(desk, code, "replayed")

    expect(desk.locator("#read-before")).to_have_count(0)


@pytest.mark.whole_browser
def test_a_phone_left_before_the_camera_is_read_once(world, visitor, camera, phone):
    camera.show_nothing()
    desk = open_desk(world, visitor, camera=True)
    camera.show(picture_of(phone.show_code()))
    expect_outcome(desk, "valid")
    checks = len(checks_of(phone))
    camera.show(picture_of(phone.show_code()))  # its next code

    desk.keyboard.press("Enter")

    told = desk.locator("#trouble")
    expect(told).to_contain_text("いったん外してください")
    assert barriers(desk) == []
    camera.show_nothing()
    expect(told).to_be_hidden()
    assert len(checks_of(phone)) == checks
    camera.show(picture_of(phone.show_code()))
    expect_outcome(desk, "valid")
    assert len(checks_of(phone)) == checks + 1
    camera.show_nothing()


def test_whoever_reads_codes_is_there(world, visitor):
    desk = open_desk(world, visitor, profile=own_clock(visitor))
    (paper,) = papers_of(world, somebody(world))
    file = {"name": "p.png", "mimeType": "image/png", "buffer": picture_of(paper)}
    desk.clock.fast_forward("04:00")
    desk.set_input_files("#picture", file)  # neither a key nor a pointer
    expect_outcome(desk, "valid")

    desk.clock.fast_forward("04:00")

    expect(desk.locator("#video")).to_be_visible()
    desk.clock.fast_forward("01:01")
    expect(desk.locator("#pin")).to_be_focused()


def test_an_answer_that_comes_to_a_locked_desk_is_in_today_s_list(world, desk):
    member = somebody(world, name="見本　途中")
    (paper,) = papers_of(world, member)
    held = []
    desk.route(CHECKS, lambda route: held.append(route))
    with desk.expect_request(CHECKS):
        type_like_a_scanner(desk, paper)
    second = desk.context.new_page()
    second.goto(desk.url)
    expect(second.locator("h1")).to_have_text(ELSEWHERE)
    second.keyboard.press("Enter")
    expect(second.locator("#pin")).to_be_visible()

    with desk.expect_response(CHECKS):
        held[0].continue_()

    expect(desk.locator("h1")).to_have_text(ELSEWHERE)
    second.close()
    desk.keyboard.press("Enter")
    desk.fill("#pin", PIN)
    desk.keyboard.press("Enter")
    expect(desk.locator("#video")).to_be_visible()
    desk.keyboard.press("F4")
    expect(desk.locator(".checks")).to_contain_text(member.name)
