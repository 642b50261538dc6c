"""The phone in trouble: no network, a wrong clock, a broken server, storage cleared."""

import pytest
from playwright.sync_api import expect
from test_phone import activated, at_the_letter, code_on, letter_for
from visiting import barriers, wait_until_kept

pytestmark = pytest.mark.keeps_files

DAY_MS = 86_400_000
SEEN_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
CLEAR = """new Promise((done) => {
  const asked = indexedDB.deleteDatabase('shikaku-phone');
  asked.onsuccess = done;
})"""
BROKEN = {"status": 503, "content_type": "text/html", "body": "<h1>503</h1>"}


def shift(ms):
    """The device's clock goes wrong by so much, from the next opening on."""
    return f"{{ const real = Date.now; Date.now = () => real() + {ms}; }}"


@pytest.fixture
def phone(world, visitor):
    page = activated(world, visitor, world.cast.phone_holder)
    page.locator(".symbol").wait_for()
    wait_until_kept(page)
    return page


def later_without_network(page, ms):
    page.context.set_offline(True)
    page.add_init_script(shift(ms))
    page.reload()
    page.locator(".symbol").wait_for()


def test_a_day_later_without_network_the_status_says_how_old_it_is(phone):
    later_without_network(phone, 1.5 * DAY_MS)

    status = phone.locator(".status.old")
    expect(status).to_contain_text("36時間前は有効でした")
    expect(status).to_contain_text("36時間前の情報です")
    expect(status).to_contain_text("通信できる場所")
    expect(phone.locator("#old")).to_be_empty()
    assert barriers(phone) == []


def test_after_its_end_a_code_says_that_it_may_be_refused_and_is_renewed(phone):
    later_without_network(phone, 15 * DAY_MS)
    old = phone.locator("#old")
    expect(old).to_contain_text("期限が過ぎています")
    expect(old).to_contain_text("窓口で断られることがあります")
    assert barriers(phone) == []

    phone.click("#renew")
    expect(phone.locator("#trouble")).to_contain_text("いまは通信できません")
    expect(old).to_contain_text("期限が過ぎています")
    phone.context.set_offline(False)

    expect(old).to_be_empty()  # the server's time is heard: the clock was wrong
    expect(phone.locator(".status")).to_contain_text("たった今")


@pytest.mark.parametrize("skew", [600_000, -600_000])
def test_without_network_a_wrong_clock_is_set_right_as_it_was_before(
    world, visitor, skew
):
    profile = visitor.profile(viewport={"width": 320, "height": 640})
    profile.add_init_script(shift(skew))
    page = activated(world, visitor, world.cast.phone_holder, profile=profile)
    expect(page.locator("#kind")).to_contain_text("サーバーと確認")
    wait_until_kept(page)
    page.context.set_offline(True)

    page.reload()

    expect(page.locator("main")).to_contain_text("前に確かめたずれで補っています")
    text = code_on(page)
    assert barriers(page) == []
    answer = world.clinic.check(text)
    assert (answer["outcome"], answer["document"]["presentation_kind"]) == ("valid", 1)


@pytest.mark.parametrize(("language", "dark"), [("ja", False), ("en", True)])
def test_a_broken_server_is_amber_in_every_view_and_there_is_a_way_on(
    world, visitor, language, dark
):
    page = activated(
        world,
        visitor,
        world.cast.phone_holder,
        width=320,
        language=language,
        dark=dark,
    )
    tabs = page.locator(".tabs button")
    page.route("**/v1/patient/**", lambda route: route.fulfill(**BROKEN))
    page.reload()

    note = page.locator(".note.warn[role=alert]")
    expect(note).to_be_visible()
    expect(page.locator(".symbol")).to_be_visible()  # made by the phone alone
    assert barriers(page) == []
    tabs.nth(1).click()
    expect(note).to_be_visible()
    assert barriers(page) == []
    tabs.nth(2).click()
    page.fill("#text", "…")
    page.locator("form button.first").click()
    expect(note).to_be_visible()
    expect(page.locator("#text")).to_have_value("…")
    assert barriers(page) == []

    page.unroute("**/v1/patient/**")
    tabs.nth(1).click()
    expect(page.locator(".history li").first).to_be_visible()
    tabs.nth(0).click()
    page.locator(".again").click()
    expect(note).to_have_count(0)


def test_storage_cleared_while_the_page_is_open_loses_nothing(world, phone):
    phone.evaluate(CLEAR)
    with phone.expect_response("**/v1/patient/status"):
        phone.evaluate(SEEN_AGAIN)
    expect(phone.locator(".status")).to_contain_text("たった今")

    phone.reload()

    assert world.clinic.check(code_on(phone))["outcome"] == "valid"


def test_a_broken_server_at_the_beginning_is_amber_and_keeps_what_was_typed(
    world, visitor
):
    page = at_the_letter(visitor, language="en", width=320)
    page.fill("#code", letter_for(world, world.cast.phone_holder))
    page.route("**/v1/activations", lambda route: route.fulfill(**BROKEN))
    page.click("#begin")
    expect(page.locator(".note.warn[role=alert]")).to_contain_text("server")
    assert barriers(page) == []
    page.unroute("**/v1/activations")

    page.click("#begin")

    expect(page.locator(".status.good")).to_be_visible()
