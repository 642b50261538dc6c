"""The counter: a terminal is enrolled, a shift opens, what is shown is answered."""

import io

import pytest
import segno
from camera import Camera
from playwright.sync_api import expect
from visiting import barriers

from backend.credentials.transport import CodeKind, pack
from backend.domain.outcome import Outcome
from mobile_sim.scenes_before import activate

PIN = "2580"
WIDE = {"width": 1280, "height": 800}


def picture_of(text):
    made = io.BytesIO()
    segno.make(text, error="m", boost_error=False).save(
        made, kind="png", scale=10, border=4
    )
    return made.getvalue()


def open_desk(world, visitor, **settings):
    told = world.house.told("enrol", "clinic", world.clinic.clinic.code)
    page = visitor.visit("/reader/", **{**WIDE, **settings})
    page.fill("#code", told["code"])
    page.fill("#name", "窓口7")
    page.click("form button.first")
    page.fill("#pin", PIN)
    page.click("form button.first")
    expect(page.locator("#video")).to_be_visible()
    return page


def own_clock(visitor):
    """A profile whose clock the test drives; it jumps, so no page is open yet."""
    profile = visitor.profile(viewport=WIDE)
    profile.clock.install()
    return profile


@pytest.fixture
def desk(world, visitor, camera: Camera):
    camera.show_nothing()
    yield open_desk(world, visitor, camera=True)
    camera.show_nothing()


COVERED = """() => {
  const [step] = Array.from(document.querySelectorAll('.below > .step')).slice(-1);
  const wayOn = document.querySelector('.onward').getBoundingClientRect();
  return step.getBoundingClientRect().bottom > wayOn.top;
}"""


def is_step_covered(page):
    """What to do next is to be seen with the answer, without scrolling."""
    return page.evaluate(COVERED)


TYPE = """async (codes) => {
  for (const code of codes) {
    const pressed = { code, key: 'Process', bubbles: true, cancelable: true };
    dispatchEvent(new KeyboardEvent('keydown', pressed));
    if (code.endsWith('7')) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}"""


def type_like_a_scanner(page, text):
    """Every letter by its physical key, while an input method is on."""
    codes = [f"Digit{it}" if it.isdigit() else f"Key{it}" for it in text]
    page.evaluate(TYPE, codes)


@pytest.mark.whole_browser
def test_a_code_held_before_the_camera_is_answered(world, desk, camera):
    phone = activate(world, world.employees, world.cast.phone_holder)

    camera.show(picture_of(phone.show_code()))

    panel = desk.locator(".verdict")
    expect(panel).to_have_attribute("data-outcome", "valid")
    expect(panel).to_contain_text("有効")
    expect(panel).to_contain_text(world.cast.phone_holder.name)
    expect(panel).to_contain_text("3割")
    expect(panel).not_to_contain_text("資格を失った日")
    box = panel.bounding_box()
    assert box["width"] * box["height"] >= 0.6 * 1280 * 800
    assert barriers(desk) == []


def test_a_scanner_that_types_through_an_input_method_is_answered(world, desk):
    paper = world.paper_of(world.employees, world.cast.retired)

    type_like_a_scanner(desk, paper["qr"])

    expect(desk.locator(".verdict")).to_have_attribute("data-light", "go")


def test_numbers_are_checked_while_they_are_typed_and_then_answered(world, desk):
    desk.keyboard.press("F2")
    desk.fill("#insurer_number", "01139998")
    expect(desk.locator("#insurer-help")).to_contain_text("検証番号")
    assert barriers(desk) == []

    member = world.cast.retired
    desk.fill("#insurer_number", world.employees.insurer.number)
    expect(desk.locator("#insurer-help")).to_be_empty()
    desk.fill("#symbol", member.identity.symbol)
    desk.fill("#number", member.identity.number)
    desk.fill("#branch", member.identity.branch)
    desk.fill("#birth_on", member.birth_on.isoformat())
    desk.keyboard.press("Enter")

    expect(desk.locator(".verdict")).to_have_attribute("data-outcome", "valid")
    expect(desk.locator(".who")).to_have_text(member.name)


def test_a_picture_of_a_code_is_answered(world, desk):
    paper = world.paper_of(world.employees, world.cast.misplacer)

    file = {"name": "p.png", "mimeType": "image/png", "buffer": picture_of(paper["qr"])}
    desk.set_input_files("#picture", file)

    expect(desk.locator(".verdict")).to_have_attribute("data-outcome", "valid")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("M1KAKU/HANAKO       EABC123 HNDITMNH 0123 330Y012C0034 100", "搭乗券"),
        ("https://example.jp/", "ウェブサイト"),
        ("4901234567894", "商品"),
        ("JAHISTC07,1", "処方箋"),
        (pack(CodeKind.PHONE, b"x" * 80)[:-1] + "A", "読み取り誤り"),
    ],
)
def test_another_code_is_named_for_what_it_is(desk, text, said):
    file = {"name": "p.png", "mimeType": "image/png", "buffer": picture_of(text)}
    desk.set_input_files("#picture", file)

    panel = desk.locator(".verdict")
    expect(panel).to_have_attribute("data-light", "unsure")
    expect(panel).to_contain_text(said)
    desk.keyboard.press("Enter")
    expect(desk.locator("#video")).to_be_visible()


@pytest.mark.whole_browser
def test_without_a_camera_the_other_ways_stay(world, visitor):
    page = open_desk(world, visitor, camera=False)

    expect(page.locator("#trouble")).to_contain_text("許可されていません")
    assert barriers(page) == []
    page.keyboard.press("F2")
    expect(page.locator("#insurer_number")).to_be_visible()


def test_a_lost_network_is_amber_and_the_question_can_be_asked_again(world, desk):
    paper = world.paper_of(world.employees, world.cast.misplacer)
    desk.route("**/v1/clinic/checks", lambda route: route.abort())

    type_like_a_scanner(desk, paper["qr"])

    panel = desk.locator(".verdict")
    expect(panel).to_have_attribute("data-light", "unsure")
    expect(panel).to_contain_text("サーバーにはまだ照会していません")
    assert barriers(desk) == []
    desk.unroute("**/v1/clinic/checks")
    panel.get_by_role("button", name="もう一度確認する").click()
    expect(panel).to_have_attribute("data-outcome", "valid")


def test_nothing_personal_outlives_the_shift(world, desk):
    paper = world.paper_of(world.employees, world.cast.misplacer)
    name = world.cast.misplacer.name
    type_like_a_scanner(desk, paper["qr"])
    expect(desk.locator(".who")).to_have_text(name)
    desk.keyboard.press("Escape")
    desk.keyboard.press("F4")
    expect(desk.locator(".checks")).to_contain_text(name)
    assert barriers(desk) == []

    desk.get_by_role("button", name="勤務を終える").click()
    desk.fill("#pin", "0000")
    desk.click("form button.first")
    expect(desk.get_by_role("alert")).to_contain_text("違います")
    desk.fill("#pin", PIN)
    desk.click("form button.first")
    expect(desk.locator("#video")).to_be_visible()
    desk.keyboard.press("F4")

    expect(desk.locator("main")).not_to_contain_text(name)


def test_a_reload_asks_for_the_pin_and_keeps_the_terminal(desk):
    desk.reload()

    expect(desk.locator("#pin")).to_be_visible()


def test_english_is_one_tap_away(desk):
    desk.get_by_role("button", name="English").click()

    expect(desk.locator("h1")).to_have_text("Hold the code before the camera")
    expect(desk.locator("html")).to_have_attribute("lang", "en")
    assert barriers(desk) == []


def test_every_outcome_of_the_house_has_a_look_unlike_every_other(desk):
    told = desk.evaluate(
        "async () => { const them = await import('/reader/outcomes.js');"
        " return them.OUTCOMES.map((it) => [it, them.lookOf(it)]) }"
    )

    looks = dict(told)
    assert set(looks) == {outcome.value for outcome in Outcome}
    for part in ("shape", "ja", "en"):
        assert len({look[part] for look in looks.values()}) == len(looks)
    assert [it for it, look in looks.items() if look["light"] == "go"] == ["valid"]
    assert looks["could-not-check"]["light"] == "unsure"
    unknown = desk.evaluate(
        "async () => (await import('/reader/outcomes.js')).lookOf('something new')"
    )
    assert unknown == looks["could-not-check"]
