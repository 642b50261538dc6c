"""The phone left open: a sleep, the end of coverage, a lost answer, a full device."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from situations import papers_of, register, somebody
from test_phone import activated, at_the_letter, code_on, letter_for
from test_phone_people import add_by_letter

from backend.domain.codes import LossReason
from mobile_sim.http_client import system_clock

HERE = """async () => {
  const { Cupboard } = await import('/pages/kit/kept.js');
  const names = await new Cupboard('phone').names();
  return names.filter((name) => name.startsWith('person/')).length;
}"""
KEEPS_NOTHING = """{
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...all) {
    const asked = put.apply(this, all);
    this.transaction.abort();
    return asked;
  };
}"""
SIGNS_NOT = "() => { crypto.subtle.sign = () => Promise.reject(new Error('busy')); }"
SEEN_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
END = "**/v1/patient/phones/*"
STATUS = "**/v1/patient/status"
CHALLENGES = "**/v1/patient/challenges"


@pytest.fixture
def member(world):
    made_up = somebody(world, name="見本　一人目")
    register(world, world.employees, made_up)
    return made_up


@pytest.fixture
def other(world):
    made_up = somebody(world, name="見本　二人目")
    register(world, world.employees, made_up)
    return made_up


@pytest.fixture
def profile(visitor):
    """A profile whose clock the test drives; it jumps, so no page is open yet."""
    made = visitor.profile(viewport={"width": 390, "height": 844})
    made.clock.install()
    return made


def both(world, visitor, member, other):
    """Two people on a phone; the second, who came last, is on the screen."""
    page = activated(world, visitor, member)
    add_by_letter(page, letter_for(world, other), "own")
    page.click("#begin")
    expect(page.locator(".people [aria-pressed=true]")).to_contain_text(other.name)
    expect(page.locator(".status.good")).to_be_visible()
    page.on("dialog", lambda it: it.accept())
    return page


def choose(page, member):
    page.locator(".tabs button").first.click()
    page.locator(".people button").filter(has_text=member.name).click()
    expect(page.locator(".people [aria-pressed=true]")).to_contain_text(member.name)


def begin_to_end(page):
    page.locator(".tabs button").last.click()
    page.get_by_role("button", name="登録を消す").click()


def ends_slowly(page, member, other):
    """One is to leave, and another is on the screen before the answer comes."""
    choose(page, member)
    waiting = []
    page.route(END, lambda route: waiting.append(route))
    with page.expect_request(END):
        begin_to_end(page)
    expect(page.get_by_role("button", name="登録を消す")).to_be_disabled()
    choose(page, other)
    return waiting[0]


def test_only_who_was_to_leave_leaves_whoever_is_on_the_screen(
    world, visitor, member, other
):
    page = both(world, visitor, member, other)
    asked = ends_slowly(page, member, other)

    with page.expect_response(END):
        asked.continue_()

    expect(page.locator(".people")).to_have_count(0)  # one alone is not chosen
    assert page.evaluate(HERE) == 1
    assert world.clinic.check(code_on(page))["person"]["name"] == other.name


def test_an_end_that_fails_is_said_only_where_it_was_asked_for(
    world, visitor, member, other
):
    page = both(world, visitor, member, other)
    asked = ends_slowly(page, member, other)
    page.click("#enlarge")

    asked.abort()

    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator("#full-name")).to_have_text(other.name)


def test_a_late_answer_brings_nobody_back(world, visitor, member, other):
    page = both(world, visitor, member, other)
    late = []
    page.route(STATUS, lambda route: late.append((route, route.fetch())), times=1)
    with page.expect_request(STATUS):
        page.evaluate(SEEN_AGAIN)
    begin_to_end(page)
    page.locator(".symbol").wait_for()  # of who is left

    route, answer = late[0]
    with page.expect_response(STATUS):
        route.fulfill(response=answer)

    page.reload()
    expect(page.locator(".status.good")).to_be_visible()
    assert page.evaluate(HERE) == 1
    expect(page.locator("main")).not_to_contain_text("終わりました")


def test_a_phone_that_slept_holds_out_no_old_code(world, visitor, profile, member):
    page = activated(world, visitor, member, profile=profile)
    expect(page.locator("#kind")).to_contain_text("サーバー")
    old = code_on(page)
    page.route(CHALLENGES, lambda route: None)  # a network that is not back yet

    page.clock.set_system_time(system_clock() + timedelta(seconds=110))

    expect(page.locator(".symbol")).to_have_count(0)
    assert code_on(page) != old


def test_a_device_that_can_keep_nothing_makes_codes(world, visitor, member):
    page = activated(world, visitor, member)
    page.locator(".symbol").wait_for()
    page.add_init_script(KEEPS_NOTHING)
    page.reload()

    assert world.clinic.check(code_on(page))["outcome"] == "valid"
    expect(page.locator(".status.good")).to_be_visible()


def test_a_code_that_cannot_be_made_says_why_and_comes_later(
    world, visitor, profile, member
):
    page = activated(world, visitor, member, profile=profile)
    page.locator(".symbol").wait_for()
    page.evaluate(SIGNS_NOT)
    page.clock.fast_forward("00:31")
    expect(page.locator("#symbol")).to_contain_text("不具合")

    page.evaluate("() => { delete crypto.subtle.sign; }")
    page.clock.fast_forward("00:06")

    page.locator(".symbol").wait_for()


def test_coverage_that_ends_is_seen_without_a_touch(world, visitor, profile, member):
    page = activated(world, visitor, member, profile=profile)
    expect(page.locator(".status.good")).to_be_visible()
    coverage = world.coverage_of(world.employees, member)
    world.employees.end_coverage(coverage, world.today, LossReason.OTHER)

    page.clock.fast_forward("01:01")

    expect(page.locator(".status.bad")).to_be_visible()


def test_a_phone_that_was_ended_elsewhere_stops_at_its_next_code(
    world, visitor, profile, member
):
    page = activated(world, visitor, member, profile=profile)
    expect(page.locator("#kind")).to_contain_text("サーバー")
    world.employees.end_phones(member)

    page.clock.fast_forward("00:31")

    expect(page.locator("main")).to_contain_text(
        "登録は、保険者かほかのスマホで終わりました"
    )
    expect(page.locator(".symbol")).to_have_count(0)


def test_a_copy_left_open_says_that_its_paper_was_suspended(world, visitor, profile):
    holder = somebody(world, name="見本　写し")
    papers_of(world, holder)
    page = activated(world, visitor, holder, profile=profile)
    page.get_by_role("button", name="資格確認書の写し").click()
    expect(page.locator(".state.valid")).to_be_visible()
    page.locator(".copy .symbol").wait_for()
    (paper,) = world.employees.member(holder)["certificates"]
    world.employees.withdraw(paper["serial"], "suspend", "lost")

    page.clock.fast_forward("01:01")

    expect(page.locator(".state.suspended")).to_be_visible()
    expect(page.locator(".symbol")).to_have_count(0)


def test_a_letter_s_code_of_which_nobody_heard_comes_again(world, visitor, member):
    page = at_the_letter(visitor)
    page.click("#to-desk")
    page.fill("#code", letter_for(world, member))
    door = "**/v1/one-time-codes"
    page.route(door, lambda route: (route.fetch(), route.abort()), times=1)
    page.click("#mint")
    expect(page.get_by_role("alert")).to_contain_text("つながりません")

    page.click("#mint")

    assert world.clinic.check(code_on(page))["outcome"] == "valid"


def test_two_letters_one_of_whose_answers_was_lost(world, visitor, member, other):
    page = activated(world, visitor, world.cast.phone_holder)
    first, second = letter_for(world, member), letter_for(world, other)
    door = "**/v1/activations"
    page.route(door, lambda route: (route.fetch(), route.abort()), times=1)
    add_by_letter(page, first, "own")
    page.click("#begin")
    expect(page.get_by_role("alert")).to_contain_text("つながりません")
    page.fill("#code", second)
    page.click("#begin")
    expect(page.locator(".people [aria-pressed=true]")).to_contain_text(other.name)

    add_by_letter(page, first, "own")
    page.click("#begin")

    expect(page.locator(".people [aria-pressed=true]")).to_contain_text(member.name)
    assert page.evaluate(HERE) == 3


def test_who_came_again_is_not_told_that_they_are_gone(world, visitor, member):
    page = activated(world, visitor, member)
    add_by_letter(page, letter_for(world, member), "own")
    page.route(STATUS, lambda route: route.abort())
    page.click("#begin")
    expect(page.locator("#trouble")).to_contain_text("通信できません")

    page.unroute(STATUS)
    page.reload()

    expect(page.locator(".status.good")).to_be_visible()
    expect(page.locator(".people")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("終わりました")


def test_a_code_of_five_minutes_that_was_read_has_a_successor(world, visitor, member):
    page = activated(world, visitor, member)
    page.get_by_role("button", name="5分間のコード").click()
    page.get_by_role("button", name="5分間のコードを出す").click()
    first = code_on(page)
    assert world.clinic.check(first)["outcome"] == "valid"

    page.get_by_role("button", name="別のコードを出す").click()

    expect(page.get_by_role("timer")).to_contain_text("4:5")
    second = code_on(page)
    assert world.clinic.check(second)["outcome"] == "valid"


def test_what_is_heard_again_unchanged_is_not_read_out_again(world, visitor, member):
    page = activated(world, visitor, member)
    expect(page.locator(".status.good")).to_be_visible()
    page.evaluate("document.querySelector('.status').isRead = true")

    with page.expect_response(STATUS):
        page.evaluate(SEEN_AGAIN)
    page.evaluate("new Promise((done) => setTimeout(done, 200))")

    assert page.evaluate("document.querySelector('.status').isRead") is True
