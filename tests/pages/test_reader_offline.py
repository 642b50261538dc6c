"""The counter without a line: judged here, never green, settled when it is back."""

from collections.abc import Iterator
from itertools import count

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import expect
from situations import register, somebody
from test_reader import PIN, is_step_covered, open_desk, type_like_a_scanner
from visiting import barriers

from backend.credentials.certificate import Form, seal_certificate
from backend.credentials.certificate_qr import to_qr
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.signing import LocalSigner
from backend.domain.codes import LossReason
from mobile_sim.forger import with_a_later_expiry
from mobile_sim.scenes_before import activate
from mobile_sim.world import World
from tests.whole_certificate import WHOLE

HOUR_MS = 3_600_000
CHECKS = "**/v1/clinic/checks"
TRIES = 3  # of one question, before it is taken for unanswerable


@pytest.fixture(scope="session")
def holders(world: World) -> Iterator:
    """People of our own who have a paper, each used once."""
    people = [
        somebody(world, name=f"見本　{it}郎")
        for it in "一二三四五六七八九十百千万甲乙丙"
    ]
    register(world, world.employees, *people)
    issued = world.employees.issue_certificates()["issued"]
    papers = {paper["person_id"]: paper for paper in issued}
    offices = (world.employees.member(it)["person_id"] for it in people)
    return iter(
        [(it, papers[office]) for it, office in zip(people, offices, strict=True)]
    )


@pytest.fixture
def desk(world, visitor):
    """A desk that is ready for a lost line."""
    return ready_desk(world, visitor)


def ready_desk(world, visitor, **settings):
    page = open_desk(world, visitor, **settings)
    page.wait_for_load_state("networkidle")  # no list is on its way any more
    expect(page.locator("#prepared")).to_contain_text("失効リスト：たった今")
    return page


def lose_the_line(page):
    page.context.set_offline(True)


def regain_the_line(page):
    page.context.set_offline(False)


def advance_the_clock(page, hours):
    page.evaluate(
        f"() => {{ const now = Date.now; Date.now = () => now() + {hours * HOUR_MS}; }}"
    )


def come_back_after(page, hours):
    """Somebody opens the desk again that slept so long."""
    advance_the_clock(page, hours)
    page.keyboard.press("Shift")
    page.fill("#pin", PIN)
    page.keyboard.press("Enter")
    expect(page.locator("#video")).to_be_visible()


def shown_offline(page, code, outcome):
    type_like_a_scanner(page, code)
    panel = page.locator(".verdict")
    expect(panel).to_have_attribute("data-outcome", outcome)
    return panel


def fetch_now(page):
    page.locator("#prepared button").click()
    page.get_by_role("button", name="いま取り直す").click()
    expect(page.get_by_role("button", name="いま取り直す")).to_be_enabled()
    page.keyboard.press("Escape")


def test_a_genuine_paper_is_amber_and_says_what_was_not_checked(desk, holders):
    person, paper = next(holders)
    lose_the_line(desk)

    panel = shown_offline(desk, paper["qr"], "offline-genuine")

    expect(panel).to_have_attribute("data-light", "unsure")
    expect(panel.locator("h1")).to_contain_text("資格は未確認")
    expect(panel).to_contain_text("今日の資格があるかは確認していません")
    expect(panel).to_contain_text("紙に印字された割合（未確認）")
    expect(panel.locator(".who")).to_have_text(person.name)
    expect(panel).to_contain_text("たった今")
    expect(panel).not_to_contain_text("窓口負担")
    for way_on in ("もう一度確認する", "次の方へ（Enter）"):
        expect(panel.get_by_role("button", name=way_on)).to_be_in_viewport(ratio=1)
    assert barriers(desk) == []
    assert not is_step_covered(desk)
    desk.get_by_role("button", name="English").click()
    assert not is_step_covered(desk)


def test_an_altered_paper_is_certainly_forged(world, desk, holders):
    _, paper = next(holders)
    lose_the_line(desk)

    forged = with_a_later_expiry(paper["qr"], world.house.base_url)
    panel = shown_offline(desk, forged, "offline-forged")

    expect(panel).to_have_attribute("data-light", "fraud")
    expect(panel).to_contain_text("オフライン")
    expect(panel.locator(".who")).to_have_count(0)


def test_a_withdrawn_paper_stops_once_the_list_was_fetched(world, desk, holders):
    papers = {step: next(holders)[1] for step in ("revoke", "suspend")}
    for step, paper in papers.items():
        world.employees.withdraw(paper["serial"], step, "lost")
    fetch_now(desk)
    lose_the_line(desk)

    revoked = shown_offline(desk, papers["revoke"]["qr"], "offline-revoked")
    expect(revoked).to_have_attribute("data-light", "paper")
    expect(revoked).to_contain_text("失効させています")
    shown_offline(desk, papers["suspend"]["qr"], "offline-suspended")


def test_data_older_than_the_clinic_allows_says_nothing(desk, holders):
    _, paper = next(holders)
    lose_the_line(desk)
    come_back_after(desk, 2)
    shown_offline(desk, paper["qr"], "offline-genuine")
    desk.keyboard.press("Escape")
    desk.locator("#prepared button").click()
    assert barriers(desk) == []
    desk.select_option("#limit", "1")
    desk.keyboard.press("Escape")
    expect(desk.locator("#prepared")).to_contain_text("2時間前（古すぎるため")

    panel = shown_offline(desk, paper["qr"], "offline-too-old")

    expect(panel).to_have_attribute("data-light", "unsure")
    expect(panel).to_contain_text("有効とは扱えません")


def test_a_list_ends_by_itself_and_a_paper_by_its_last_day(desk, holders):
    _, paper = next(holders)
    lose_the_line(desk)
    come_back_after(desk, 7)
    shown_offline(desk, paper["qr"], "offline-too-old")

    come_back_after(desk, 24 * 366 * 5)
    panel = shown_offline(desk, paper["qr"], "offline-expired")

    expect(panel).to_have_attribute("data-light", "paper")


def test_a_clock_set_back_makes_no_old_list_good(desk, holders):
    _, paper = next(holders)
    lose_the_line(desk)
    advance_the_clock(desk, -3)

    shown_offline(desk, paper["qr"], "offline-too-old")


def test_another_key_or_no_data_is_not_judged(world, visitor, desk):
    names = IssuerNames(world.house.base_url)
    stranger = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
    foreign = to_qr(seal_certificate(WHOLE, Form.A4, names, stranger))
    lose_the_line(desk)
    shown_offline(desk, foreign, "offline-unknown-key")

    profile = visitor.profile()
    profile.route("**/.well-known/jwks.json", lambda route: route.abort())
    bare = open_desk(world, visitor, profile=profile)
    expect(bare.locator("#prepared")).to_contain_text("まだありません")
    lose_the_line(bare)
    shown_offline(bare, foreign, "offline-no-data")


def test_a_phone_s_code_needs_the_server_and_does_not_wait(world, desk):
    phone = activate(world, world.employees, world.cast.phone_holder)
    lose_the_line(desk)

    panel = shown_offline(desk, phone.show_code(), "could-not-check")

    expect(panel).to_contain_text("オフラインでは判定できません")
    expect(panel.get_by_role("button", name="もう一度")).to_have_count(0)
    expect(desk.locator("#bar")).not_to_contain_text("照会待ち")
    desk.keyboard.press("Enter")
    expect(desk.locator("#video")).to_be_visible()


def lapse(world, person):
    coverage = world.coverage_of(world.employees, person)
    world.employees.end_coverage(coverage, world.today, LossReason.OTHER)


def test_what_waits_is_settled_and_a_lapse_meanwhile_is_told(world, desk, holders):
    (kept, paper), (lapsed, old_paper) = next(holders), next(holders)
    lose_the_line(desk)
    for it in (paper, old_paper):
        shown_offline(desk, it["qr"], "offline-genuine")
    desk.keyboard.press("F4")
    row = desk.locator(".check", has_text=kept.name)
    expect(row).to_contain_text("照会待ち")
    lapse(world, lapsed)

    regain_the_line(desk)

    expect(row.locator("strong")).to_have_text("有効")
    expect(row).not_to_contain_text("照会待ち")
    expect(desk.locator(".check", has_text=lapsed.name)).to_contain_text("無効")
    expect(desk.locator("#bar")).not_to_contain_text("照会待ち")
    news = desk.get_by_role("alert").filter(has_text=lapsed.name)
    expect(news).to_contain_text("資格を喪失しています")
    assert barriers(desk) == []
    desk.reload()
    desk.fill("#pin", PIN)
    desk.click("form button.first")
    expect(news).to_be_visible()
    news.get_by_role("button", name="確認しました").click()
    expect(news).to_have_count(0)


def test_typed_numbers_wait_for_the_line(world, desk, holders):
    person, _ = next(holders)
    lose_the_line(desk)
    desk.keyboard.press("F2")
    desk.fill("#insurer_number", world.employees.insurer.number)
    desk.fill("#symbol", person.identity.symbol)
    desk.fill("#number", person.identity.number)
    desk.fill("#branch", person.identity.branch)
    desk.fill("#birth_on", person.birth_on.isoformat())
    desk.keyboard.press("Enter")
    panel = desk.locator(".verdict")
    expect(panel).to_have_attribute("data-outcome", "offline-numbers")
    expect(panel).to_have_attribute("data-light", "unsure")
    assert barriers(desk) == []

    regain_the_line(desk)

    expect(panel).to_have_attribute("data-outcome", "valid")


def test_a_silent_server_is_not_waited_for_and_its_late_answer_is_shown(desk, holders):
    _, paper = next(holders)
    held = []
    desk.route(CHECKS, lambda route: held.append(route))
    type_like_a_scanner(desk, paper["qr"])
    panel = desk.locator(".verdict")
    expect(panel).to_have_attribute("data-outcome", "offline-genuine", timeout=9_000)

    held[0].continue_()

    expect(panel).to_have_attribute("data-outcome", "valid")


def test_an_answer_comes_to_nobody_else_s_screen(world, desk, holders):
    person, paper = next(holders)
    held = []
    desk.route(CHECKS, lambda route: held.append(route))
    with desk.expect_request(CHECKS):
        type_like_a_scanner(desk, paper["qr"])
    desk.keyboard.press("Escape")
    desk.keyboard.press("F2")

    with desk.expect_response(CHECKS):
        held[0].continue_()

    expect(desk.locator("#insurer_number")).to_be_visible()
    desk.keyboard.press("F4")
    expect(desk.locator(".check", has_text=person.name)).to_contain_text("有効")


def test_the_screen_of_who_still_stands_there_turns_to_the_answer(desk, holders):
    _, paper = next(holders)
    lose_the_line(desk)
    panel = shown_offline(desk, paper["qr"], "offline-genuine")

    regain_the_line(desk)

    expect(panel).to_have_attribute("data-outcome", "valid")


STORED = """async () => {
  const text = (it) => it instanceof ArrayBuffer || ArrayBuffer.isView(it)
    ? new TextDecoder().decode(it) : it && typeof it === 'object'
    ? Object.entries(it).map(([name, value]) => name + text(value)).join() : String(it);
  const { cupboard } = await import('/reader/terminal.js');
  const names = await cupboard.names();
  const values = await Promise.all(names.map((name) => cupboard.get(name)));
  return {
    names,
    all: text([names, values, { ...localStorage }, { ...sessionStorage }]),
  };
}"""


def test_a_reload_keeps_what_waits_sealed_and_settles_it(world, desk, holders):
    person, paper = next(holders)
    desk.route(CHECKS, lambda route: route.abort())
    shown_offline(desk, paper["qr"], "offline-genuine")
    desk.reload()
    expect(desk.locator("#pin")).to_be_visible()
    stored = desk.evaluate(STORED)
    assert sum(name.startswith("waiting ") for name in stored["names"]) == 1
    for personal in (person.name, person.identity.number, paper["serial"], "SK1C"):
        assert personal not in stored["all"]

    desk.fill("#pin", PIN)
    tries = count(1)
    with desk.expect_event(
        "requestfailed",
        lambda it: it.url.endswith("/v1/clinic/checks") and next(tries) == TRIES,
    ):  # after the last one it pauses: nothing is settled but by the button
        desk.click("form button.first")
    expect(desk.locator("#bar")).to_contain_text("照会待ち 1件")
    desk.unroute(CHECKS)
    desk.get_by_role("button", name="勤務を終える").click()
    desk.get_by_role("button", name="いま照会する").click()

    expect(desk.locator(".check", has_text=person.name)).to_contain_text("有効")


def test_ending_the_shift_warns_of_what_waits_and_leaves_nothing(desk, holders):
    person, paper = next(holders)
    lose_the_line(desk)
    shown_offline(desk, paper["qr"], "offline-genuine")

    desk.get_by_role("button", name="勤務を終える").click()
    expect(desk.locator("main")).to_contain_text("1件あります")
    assert barriers(desk) == []
    desk.get_by_role("button", name="消して勤務を終える").click()
    expect(desk.locator("#pin")).to_be_visible()

    stored = desk.evaluate(STORED)
    assert [it for it in stored["names"] if it.startswith(("waiting", "sealing"))] == []
    assert person.name not in stored["all"]


def test_without_a_line_it_is_read_in_english_on_a_narrow_screen(
    world, visitor, holders
):
    person, paper = next(holders)
    page = open_desk(world, visitor, language="en", width=320)
    page.wait_for_load_state("networkidle")
    expect(page.locator("#prepared")).to_contain_text("just now")
    page.locator("#prepared button").click()
    expect(page.locator("main")).to_contain_text("public keys")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    lose_the_line(page)

    panel = shown_offline(page, paper["qr"], "offline-genuine")
    expect(panel.locator("h1")).to_contain_text("UNCONFIRMED")
    assert barriers(page) == []
    page.keyboard.press("F4")
    expect(page.locator(".check")).to_contain_text("waiting")
    assert barriers(page) == []
    page.get_by_role("button", name="End the shift").click()
    assert barriers(page) == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320
    page.get_by_role("button", name="Go on working").click()
    lapse(world, person)
    regain_the_line(page)
    expect(page.get_by_role("alert").first).to_contain_text("LAPSED")
    assert barriers(page) == []


def test_no_look_without_network_is_green_or_like_another(desk):
    looks, online = desk.evaluate(
        """async () => [
          (await import('/reader/offline/looks.js')).OFFLINE_LOOKS,
          await import('/reader/outcomes.js').then((them) =>
            Object.fromEntries(them.OUTCOMES.map((it) => [it, them.lookOf(it)]))),
        ]"""
    )

    assert "go" not in {look["light"] for look in looks.values()}
    everything = [*looks.values(), *online.values()]
    for part in ("shape", "ja", "en"):
        assert len({look[part] for look in everything}) == len(everything)
    assert all("オフライン" in look["ja"] for look in looks.values())
