"""Work at the desk: numbers and days typed, another day of service, keys alone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from situations import papers_of, register, somebody
from test_reader import (
    PIN,
    WIDE,
    open_desk,
    own_clock,
    picture_of,
    type_like_a_scanner,
)
from visiting import barriers

from backend.domain.errors import MalformedError
from backend.domain.wareki import parse_date
from backend.verifying.limits import REPEATS_A_DAY
from mobile_sim.scenes_before import activate

READ = """async (typed) => {
  const { readTypedDay } = await import('/pages/kit/typed_day.js');
  return typed.map((it) => readTypedDay(it).iso);
}"""
# The first and last days of each era, and the days beside them.
SPELLINGS = [
    *("M5.12.31", "M6.1.1", "M45.7.30", "M45.7.31", "T1.7.29", "T1.7.30"),
    *("T15.12.25", "T15.12.26", "S1.12.24", "S1.12.25", "S64.1.7", "S64.1.8"),
    *("H1.1.7", "H1.1.8", "平成31年4月30日", "平成31年5月1日", "令和元年5月1日"),
    *("R1.4.30", "Ｓ６０．４．１", "昭和 60年 4月 1日", "s60/04/01", "S600401"),
    *("1985-04-01", "1985/4/1", "19850401", "1985-02-30", "S60.2.29", "S63.2.29"),
    *("1872-12-31", "60.4.1", "S60.4", "昭和60年", "S0.4.1", "9999999", ""),
]


@pytest.fixture
def desk(world, visitor):
    return open_desk(world, visitor)


def iso(spelling):
    try:
        return parse_date(spelling, "birth_on").isoformat()
    except MalformedError:
        return ""


def test_a_birth_date_is_read_by_era_as_lists_are_and_read_back(world, desk):
    assert desk.evaluate(READ, SPELLINGS) == [iso(it) for it in SPELLINGS]
    # An era's digit, as claims number them; seven of eight digits are no day yet.
    assert desk.evaluate(READ, ["3600401", "5010501", "1985040"]) == [
        *("1985-04-01", "2019-05-01", "")
    ]

    desk.keyboard.press("F2")
    born, told = desk.locator("#birth_on"), desk.locator("#birth-told")
    born.fill("S60.4.1")
    expect(told).to_contain_text("昭和60年4月1日（1985年4月1日）")
    born.fill("昭和64年1月8日")
    expect(told).to_contain_text("昭和にない日付です")
    expect(born).to_have_attribute("aria-invalid", "true")
    assert barriers(desk) == []
    born.fill("2117-12-31")
    expect(told).to_contain_text("これから来る日付")


def test_an_insurer_s_number_tells_its_kind_and_what_is_none(world, desk):
    desk.keyboard.press("F2")
    expect(desk.locator("#insurer_number")).to_be_focused()
    told = {
        world.employees.insurer.number: "協会けんぽ",
        world.residents.insurer.number: "国民健康保険",
        world.elderly.insurer.number: "後期高齢者医療",
    }

    for number, kind in told.items():
        desk.fill("#insurer_number", number)
        expect(desk.locator("#insurer-kind")).to_contain_text(kind)
        expect(desk.locator("#insurer-help")).to_be_empty()
    for number, trouble in {"54016027": "公費負担者番号", "77777777": "不詳"}.items():
        desk.fill("#insurer_number", number)
        expect(desk.locator("#insurer-help")).to_contain_text(trouble)
        expect(desk.locator("#insurer-kind")).to_be_empty()


def test_numbers_are_typed_and_answered_by_keys_alone(world, desk):
    member, number = world.cast.misplacer, world.employees.insurer.number
    era = f"S{member.birth_on.year - 1925}.{member.birth_on:%m.%d}"
    desk.keyboard.press("F2")
    for text in (number, member.identity.symbol, member.identity.number, "00", era):
        desk.keyboard.type(text)
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    expect(desk.locator(".verdict")).to_have_attribute("data-outcome", "valid")
    expect(desk.locator("#verdict-words")).to_be_focused()


def scan(page, code, outcome="valid"):
    type_like_a_scanner(page, code)
    expect(page.locator(".verdict")).to_have_attribute("data-outcome", outcome)


def test_a_day_long_ago_needs_a_claim_s_reason_and_is_not_forgotten(world, desk):
    (paper,) = papers_of(world, somebody(world))
    long_ago = world.today - timedelta(days=40)
    day, told, reasons = (desk.locator(it) for it in ("#day", "#day-told", "#reasons"))
    desk.keyboard.press("F8")
    expect(day).to_be_focused()
    day.fill((world.today + timedelta(days=40)).isoformat())
    expect(told).to_contain_text("31日より先")
    day.fill((world.today - timedelta(days=2_000)).isoformat())
    expect(told).to_contain_text("5年より前")
    expect(reasons).to_be_hidden()
    day.fill(long_ago.isoformat())
    expect(told).to_contain_text("40日前")
    expect(reasons).to_be_visible()
    assert barriers(desk) == []

    desk.keyboard.press("Enter")
    expect(reasons).to_be_visible()  # nothing was chosen: nothing is asked
    desk.get_by_label("返戻された請求").check()
    desk.keyboard.press("Enter")
    expect(desk.locator("#day-sign")).to_contain_text("今日ではありません")
    assert barriers(desk) == []
    with desk.expect_request("**/v1/clinic/checks") as asked:
        scan(desk, paper)

    question = asked.value.post_data_json
    assert (question["on"], question["claim_reason"]) == (
        *(long_ago.isoformat(), "returned-claim"),
    )
    expect(desk.locator(".verdict")).to_contain_text("今日ではありません")
    desk.keyboard.press("Enter")
    expect(desk.locator("#day-sign")).to_contain_text("今日ではありません")
    desk.click("#back-to-today")
    expect(desk.locator("#day-sign")).to_have_count(0)


def test_another_day_goes_back_to_today_by_itself_and_says_so(visitor):
    page = visitor.visit("/reader/")
    page.clock.install()
    page.evaluate(
        "async () => { const { ServiceDay } = await import('/reader/service_day.js');"
        " globalThis.day = new ServiceDay(() => {});"
        " globalThis.day.choose('2026-01-01', 'late-claim') }"
    )
    page.clock.fast_forward("09:59")
    assert page.evaluate("globalThis.day.day") == "2026-01-01"
    page.clock.fast_forward("00:02")

    assert page.evaluate("globalThis.day.asked()") == {}
    page.evaluate("globalThis.day.choose('2026-01-01', '')")
    page.evaluate("globalThis.day.lock()")
    assert "今日" in page.evaluate("globalThis.day.notice")


def test_a_second_tab_waits_until_it_takes_the_desk_over(world, visitor, desk):
    (paper,) = papers_of(world, somebody(world))
    second = desk.context.new_page()
    second.goto(desk.url)
    expect(second.locator("h1")).to_have_text("窓口は別のタブで開いています")
    assert barriers(second) == []
    type_like_a_scanner(second, paper)
    expect(second.locator("h1")).to_have_text("窓口は別のタブで開いています")

    second.keyboard.press("Enter")
    second.fill("#pin", PIN)
    second.keyboard.press("Enter")

    expect(second.locator("#video")).to_be_visible()
    expect(desk.locator("h1")).to_have_text("窓口は別のタブで開いています")
    scan(second, paper)
    expect(desk.locator(".verdict")).to_have_count(0)


OFF = """{
  const [Real, off] = [Date, 600_000];
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + off); }
    static now() { return Real.now() + off; }
  };
}"""


def test_a_clock_that_is_ten_minutes_fast_is_told_of_and_does_no_harm(world, visitor):
    profile = visitor.profile(viewport=WIDE)
    profile.add_init_script(OFF)
    (paper,) = papers_of(world, somebody(world))
    page = open_desk(world, visitor, profile=profile)

    expect(page.locator("#clock-note")).to_contain_text("10分進んでいます")
    assert barriers(page) == []
    scan(page, paper)


CLIENT = """async () => {
  const { Cupboard } = await import('/pages/kit/kept.js');
  return new Cupboard('reader').get('client');
}"""


def test_an_ended_terminal_is_told_in_words_and_enrolled_anew(world, desk):
    (paper,) = papers_of(world, somebody(world))
    expect(desk.locator("#desk")).to_contain_text(world.clinic.clinic.name)
    expect(desk.locator("#desk")).to_contain_text("窓口7")
    world.house.command("terminals", "revoke", desk.evaluate(CLIENT))

    type_like_a_scanner(desk, paper)

    expect(desk.locator("h1")).to_have_text("この端末は使えなくなっています")
    assert barriers(desk) == []
    desk.keyboard.press("Enter")
    told = world.house.told("enrol", "clinic", world.clinic.clinic.code)
    desk.fill("#code", told["code"])
    desk.fill("#name", "窓口8")
    desk.keyboard.press("Enter")
    desk.fill("#pin", PIN)
    desk.keyboard.press("Enter")
    expect(desk.locator("#video")).to_be_visible()
    scan(desk, paper)


def test_cleared_storage_leads_to_enrolment_in_words(desk):
    desk.evaluate("indexedDB.deleteDatabase('shikaku-reader')")
    desk.get_by_role("button", name="勤務を終える").click()
    desk.fill("#pin", PIN)
    desk.keyboard.press("Enter")

    expect(desk.locator("h1")).to_have_text("この端末の登録が消えています")
    assert barriers(desk) == []
    desk.keyboard.press("Enter")
    expect(desk.locator("#code")).to_be_focused()


def test_a_limit_and_a_broken_server_are_amber_and_can_be_asked_again(world, desk):
    (paper,) = papers_of(world, somebody(world))
    desk.route("**/v1/clinic/checks", lambda route: route.fulfill(status=500))
    scan(desk, paper, "could-not-check")
    expect(desk.locator(".verdict")).to_contain_text("サーバーで問題が起きました")
    desk.unroute("**/v1/clinic/checks")
    desk.get_by_role("button", name="もう一度確認する").click()
    expect(desk.locator(".verdict")).to_have_attribute("data-outcome", "valid")
    for _ in range(REPEATS_A_DAY - 1):
        world.clinic.check(paper)

    desk.keyboard.press("Enter")
    scan(desk, paper, "could-not-check")

    expect(desk.locator(".verdict")).to_contain_text("1日の上限に達しました")
    assert barriers(desk) == []


def test_the_back_button_leads_to_the_camera_and_loses_nothing(world, desk):
    member = somebody(world, name="見本　戻")
    (paper,) = papers_of(world, member)
    scan(desk, paper)
    desk.go_back()
    expect(desk.locator("#video")).to_be_visible()
    desk.keyboard.press("F4")
    expect(desk.locator(".checks")).to_contain_text(member.name)
    desk.go_back()
    expect(desk.locator("#video")).to_be_visible()

    file = {"name": "p.png", "mimeType": "image/png", "buffer": picture_of(paper)}
    desk.keyboard.press("F2")
    desk.keyboard.press("Escape")
    desk.set_input_files("#picture", file)
    desk.go_back()

    expect(desk.locator(".verdict")).to_have_attribute("data-outcome", "valid")


def test_numbers_that_found_nobody_are_mended_not_typed_again(world, desk):
    member = somebody(world)
    register(world, world.employees, member)
    desk.keyboard.press("F2")
    desk.fill("#insurer_number", world.employees.insurer.number)
    desk.fill("#symbol", member.identity.symbol)
    desk.fill("#number", "9" + member.identity.number)
    desk.fill("#birth_on", member.birth_on.isoformat())
    desk.keyboard.press("Enter")
    expect(desk.locator(".verdict")).to_have_attribute("data-outcome", "none-found")
    assert barriers(desk) == []

    desk.keyboard.press("F2")
    expect(desk.locator("#symbol")).to_have_value(member.identity.symbol)
    desk.fill("#number", member.identity.number)
    desk.get_by_role("button", name="English").click()
    expect(desk.locator("#number")).to_have_value(member.identity.number)
    desk.locator("#number").press("Enter")

    expect(desk.locator(".who")).to_have_text(member.name)
    desk.keyboard.press("Escape")
    desk.keyboard.press("F2")
    expect(desk.locator("#symbol")).to_have_value("")


def test_a_break_locks_the_desk_and_keeps_today_s_list(world, visitor):
    member = somebody(world, name="見本　休")
    (paper,) = papers_of(world, member)
    desk = open_desk(world, visitor, profile=own_clock(visitor))
    scan(desk, paper)
    desk.keyboard.press("F8")
    desk.fill("#day", (world.today - timedelta(days=1)).isoformat())
    desk.keyboard.press("Enter")
    expect(desk.locator("#day-sign")).to_contain_text("今日ではありません")

    desk.clock.fast_forward("05:01")

    expect(desk.locator("#pin")).to_be_focused()
    expect(desk.locator("main")).not_to_contain_text(member.name)
    desk.clock.resume()
    desk.fill("#pin", PIN)
    desk.keyboard.press("Enter")
    expect(desk.locator("#day-sign")).to_contain_text("「今日」に戻っています")
    desk.keyboard.press("F4")
    expect(desk.locator(".checks")).to_contain_text(member.name)


def test_every_view_fits_any_window_without_barriers(desk):
    wrong = {}
    for key in ("", "F2", "F4", "F8", "F9", "F1"):
        desk.keyboard.press("Escape")
        if key:
            desk.keyboard.press(key)
        if key == "F8":
            desk.fill("#day", "2025-01-15")
        for language, scheme in (("English", "dark"), ("日本語", "light")):
            if key != "F1":
                desk.get_by_role("button", name=language).click()
            desk.emulate_media(color_scheme=scheme)
            found = barriers(desk)
            wrong |= {f"{key} {language}": found} if found else {}
        for width in (320, 640, 1280):
            desk.set_viewport_size({"width": width, "height": 800})
            room = "[innerWidth, document.documentElement.scrollWidth]"
            has, needs = desk.evaluate(room)
            wrong |= {f"{key} at {width}": needs} if needs > has else {}

    assert wrong == {}


@pytest.mark.parametrize(
    "comes", [lambda it: it.continue_(), lambda it: it.fulfill(status=500)]
)
def test_what_comes_of_a_check_opens_no_desk_that_was_locked(world, desk, comes):
    phone = activate(world, world.employees, world.cast.phone_holder)
    held = []
    desk.route("**/v1/clinic/checks", lambda route: held.append(route))
    with desk.expect_request("**/v1/clinic/checks"):
        type_like_a_scanner(desk, phone.show_code())
    desk.get_by_role("button", name="勤務を終える").click()
    expect(desk.locator("#pin")).to_be_focused()

    with desk.expect_event("requestfinished"):
        comes(held[0])
    desk.evaluate("fetch('/healthz').then((it) => it.text())")  # it has been read

    desk.keyboard.press("Escape")
    expect(desk.locator("#pin")).to_be_visible()
    expect(desk.locator(".verdict")).to_have_count(0)
