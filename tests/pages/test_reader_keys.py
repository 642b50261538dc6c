"""The desk by keys alone, its list and file, settings and sounds; names of any kind."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from situations import papers_of, register, somebody
from test_reader import PIN, open_desk, type_like_a_scanner
from visiting import barriers

# Of forty letters; with a letter that a system could not show; with a variant selector;
# from right to left; with pictures; like a formula.
NAMES = (
    "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住　太郎",
    "●林　見本",
    "葛\U000e0100城　見本",
    "محمد عبد الرحمن",
    "田中🍣😀　さくら",
    "=HYPERLINK(1)",
)
NOISES = """() => {
  globalThis.pitches = [];
  const make = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () {
    const made = make.call(this);
    const { frequency } = made;
    queueMicrotask(() => globalThis.pitches.push(frequency.value));
    return made;
  };
}"""
HEAR = """async (light) => {
  globalThis.pitches = [];
  const { sound } = await import('/reader/sound.js');
  sound(light);
  await Promise.resolve();
  return globalThis.pitches.map(Math.round);
}"""
LIGHTS = ("go", "stop", "paper", "fraud", "unsure")


@pytest.fixture
def desk(world, visitor):
    return open_desk(world, visitor)


def focus_on(page: Page, what: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(20):
        if page.locator(what).evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {what}")


def scan(page: Page, code: str) -> None:
    type_like_a_scanner(page, code)
    expect(page.locator(".verdict")).to_be_visible()


def test_the_whole_work_is_done_by_keys_alone(world, desk, tmp_path):
    member, formula = somebody(world, name="見本　鍵"), somebody(world, name=NAMES[-1])
    papers = papers_of(world, member, formula)
    open_anew(desk)
    look_at_the_keys(desk)
    for paper in papers:
        scan(desk, paper)
        expect(desk.locator("#verdict-words")).to_be_focused()
        desk.keyboard.press("Enter")
        expect(desk.locator("#video")).to_be_visible()

    desk.keyboard.press("F4")
    expect(desk.locator("#sought")).to_be_focused()
    desk.keyboard.type("見本鍵")
    expect(desk.locator(".check")).to_have_count(1)
    focus_on(desk, ".check")
    desk.keyboard.press("Enter")
    expect(desk.locator(".who")).to_have_text(member.name)
    desk.keyboard.press("Escape")
    desk.keyboard.press("F4")
    rows = saved(desk, tmp_path / "checks.csv")
    assert [it["name"] for it in rows] == [f"'{formula.name}", member.name]
    assert {it["outcome"] for it in rows} == {"valid"}


def open_anew(desk: Page) -> None:
    focus_on(desk, "#end-shift")
    desk.keyboard.press("Enter")
    expect(desk.locator("#pin")).to_be_focused()
    desk.keyboard.type(PIN)
    desk.keyboard.press("Enter")
    expect(desk.locator("#video")).to_be_visible()


def look_at_the_keys(desk: Page) -> None:
    desk.keyboard.press("F1")
    keys = desk.get_by_role("dialog")
    expect(keys).to_contain_text("今日の一覧")
    assert barriers(desk) == []
    desk.keyboard.press("Escape")
    expect(keys).to_have_count(0)


def saved(desk: Page, file: Path) -> list[dict[str, str]]:
    """The lines of the file that the list is saved as."""
    focus_on(desk, "#save")
    with desk.expect_download() as download:
        desk.keyboard.press("Enter")
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_names_of_any_kind_stand_whole_and_apart_on_a_narrow_screen(world, desk):
    members = [somebody(world, name=name) for name in NAMES]
    register(world, world.employees, *members)
    desk.set_viewport_size({"width": 320, "height": 640})

    for member in members:
        desk.keyboard.press("F2")
        desk.fill("#insurer_number", world.employees.insurer.number)
        desk.fill("#symbol", member.identity.symbol)
        desk.fill("#number", member.identity.number)
        desk.fill("#birth_on", member.birth_on.isoformat())
        desk.keyboard.press("Enter")
        expect(desk.locator(".who bdi")).to_have_text(member.name)
        assert is_as_wide_as_the_screen(desk)
        has_mark = desk.locator(".person").get_by_text("表せない漢字").count() == 1
        assert has_mark == ("●" in member.name)
        desk.keyboard.press("Escape")

    desk.keyboard.press("F4")
    expect(desk.locator(".check bdi")).to_have_text([*reversed(NAMES)])
    assert is_as_wide_as_the_screen(desk)
    assert barriers(desk) == []


def is_as_wide_as_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_today_s_list_is_filtered_by_what_was_answered(world, desk):
    loser = somebody(world)
    good, lost = papers_of(world, somebody(world), loser)
    (paper,) = world.employees.member(loser)["certificates"]
    world.employees.withdraw(paper["serial"], "revoke", "lost")
    for code in (good, lost):
        scan(desk, code)
        desk.keyboard.press("Escape")

    desk.keyboard.press("F4")
    expect(desk.locator(".check")).to_have_count(2)
    desk.select_option("#light", "paper")
    expect(desk.locator(".check")).to_have_attribute("data-outcome", "revoked")
    desk.select_option("#light", "fraud")
    expect(desk.locator("#count")).to_have_text("当てはまる確認はありません。")
    assert barriers(desk) == []
    desk.set_viewport_size({"width": 320, "height": 640})
    assert is_as_wide_as_the_screen(desk)


def test_each_light_has_its_sound_and_settings_are_kept(desk):
    desk.evaluate(NOISES)
    heard = [tuple(desk.evaluate(HEAR, light)) for light in LIGHTS]
    assert len(set(heard)) == len(LIGHTS)
    assert () not in heard

    desk.keyboard.press("F9")
    desk.get_by_label("音を消す").check()
    desk.select_option("#idle", "10")
    assert desk.evaluate(HEAR, "fraud") == []
    assert barriers(desk) == []
    desk.set_viewport_size({"width": 320, "height": 640})
    assert is_as_wide_as_the_screen(desk)
    desk.keyboard.press("Escape")
    desk.keyboard.press("F9")
    expect(desk.get_by_label("音を消す")).to_be_checked()
    expect(desk.locator("#idle")).to_have_value("10")

    desk.get_by_text("この端末の登録を終える").click()
    desk.get_by_role("button", name="登録を終える…").click()
    assert barriers(desk) == []
    desk.keyboard.press("Enter")
    expect(desk.locator("#code")).to_be_visible()
    desk.reload()
    expect(desk.locator("#code")).to_be_visible()
