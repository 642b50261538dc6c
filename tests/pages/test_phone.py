"""The patient's phone: activated by a letter, it makes its code in any network."""

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect
from visiting import barriers, wait_until_kept

from backend.domain.codes import LossReason

KEY = """async () => {
  const { Cupboard } = await import('/pages/kit/kept.js');
  const cupboard = new Cupboard('phone');
  const person = (await cupboard.names()).find((name) => name.startsWith('person/'));
  const { privateKey } = (await cupboard.get(person)).key;
  const formats = ['jwk', 'pkcs8', 'raw'];
  const refused = (error) => error.name;
  return Promise.all(formats.map((format) =>
    crypto.subtle.exportKey(format, privateKey).then(() => 'exported', refused)));
}"""


def letter_for(world, member):
    person_id = world.employees.member(member)["person_id"]
    (letter,) = world.employees.make_activation_codes([person_id])
    return letter["code"]


def at_the_letter(visitor, **settings):
    """The phone's page where it asks for the letter's code, not installed."""
    page = visitor.visit("/phone/", **settings)
    page.click("#without-install")
    return page


def activated(world, visitor, member, **settings):
    page = at_the_letter(visitor, **settings)
    page.fill("#code", letter_for(world, member))
    page.click("#begin")
    expect(page.locator(".status")).to_be_visible()
    return page


def code_on(page):
    """What a scanner reads from the phone's screen."""
    page.locator(".symbol").wait_for()
    seen = Image.open(io.BytesIO(page.locator(".white").screenshot()))
    (found,) = zxingcpp.read_barcodes(seen, formats=zxingcpp.BarcodeFormat.QRCode)
    return found.text


@pytest.fixture
def phone(world, visitor):
    return activated(world, visitor, world.cast.phone_holder)


def test_a_letter_s_code_makes_a_phone_whose_code_the_clinic_reads(world, phone):
    expect(phone.locator("h1")).to_contain_text("有効です")
    answer = world.clinic.check(code_on(phone))

    assert answer["outcome"] == "valid"
    assert answer["document"]["presentation_kind"] == 2
    assert answer["person"]["name"] == world.cast.phone_holder.name


def test_the_key_cannot_be_exported(phone):
    assert phone.evaluate(KEY) == ["InvalidAccessError"] * 3


@pytest.mark.keeps_files
def test_without_network_it_opens_and_still_makes_its_code(world, phone):
    wait_until_kept(phone)
    phone.reload()
    expect(phone.locator(".symbol")).to_be_visible()
    phone.context.set_offline(True)

    phone.reload()

    expect(phone.locator("#kind")).to_contain_text("通信なし")
    text = code_on(phone)
    expect(phone.locator(".status")).to_contain_text("の情報です")
    assert barriers(phone) == []
    phone.context.set_offline(False)
    answer = world.clinic.check(text)
    assert (answer["outcome"], answer["document"]["presentation_kind"]) == ("valid", 1)


def test_who_lost_coverage_reads_since_when_why_and_what_to_do(world, visitor):
    page = activated(world, visitor, world.cast.victim)
    world.employees.end_coverage(
        world.coverage_of(world.employees, world.cast.victim),
        world.today,
        LossReason.OTHER,
    )
    page.reload()

    status = page.locator(".status.bad")
    expect(status).to_be_visible()
    expect(status).to_contain_text("から使えません")
    expect(status).to_contain_text(world.employees.insurer.contact)
    expect(page.locator(".status, .code").first).to_have_class("status bad")
    assert barriers(page) == []


def test_a_wrong_code_is_said_and_nothing_typed_is_lost(visitor):
    page = at_the_letter(visitor)
    page.fill("#code", "0000-0000-0000")
    page.click("#begin")

    expect(page.get_by_role("alert")).not_to_be_empty()
    expect(page.locator("#code")).to_have_value("0000-0000-0000")
    assert barriers(page) == []


def test_an_answer_lost_on_the_way_is_asked_for_again(world, visitor):
    page = at_the_letter(visitor)
    page.fill("#code", letter_for(world, world.cast.leaver))

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/v1/activations", lose)
    page.click("#begin")
    expect(page.get_by_role("alert")).to_contain_text("つながりません")
    page.unroute("**/v1/activations")
    page.click("#begin")

    expect(page.locator(".status.good")).to_be_visible()


def test_storage_that_was_cleared_is_said_with_the_way_back(phone):
    phone.evaluate(
        "new Promise((done) => { const asked ="
        " indexedDB.deleteDatabase('shikaku-phone'); asked.onsuccess = done })"
    )
    phone.reload()

    expect(phone.locator("main")).to_contain_text("鍵がありません")
    expect(phone.locator("#code")).to_be_visible()


@pytest.mark.parametrize("skew", [600_000, -600_000])
def test_a_phone_whose_clock_is_ten_minutes_off_still_shows_a_good_code(
    world, visitor, skew
):
    profile = visitor.profile(viewport={"width": 390, "height": 844})
    profile.add_init_script(
        f"{{ const real = Date.now; Date.now = () => real() + {skew}; }}"
    )
    page = activated(world, visitor, world.cast.phone_holder, profile=profile)
    page.reload()

    expect(page.locator("main")).to_contain_text("時計がずれています")
    expect(page.locator("#kind")).to_contain_text("サーバーと確認")
    assert world.clinic.check(code_on(page))["outcome"] == "valid"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("dark", [False, True])
def test_every_view_is_without_barriers_and_fits_a_small_phone(
    world, visitor, language, dark
):
    page = activated(
        world,
        visitor,
        world.cast.phone_holder,
        width=320,
        height=640,
        language=language,
        dark=dark,
    )
    page.locator(".symbol").wait_for()
    tabs = page.locator(".tabs button")
    for number in range(tabs.count()):
        tabs.nth(number).click()
        assert barriers(page) == []
        wide = "document.documentElement.scrollWidth > innerWidth"
        assert not page.evaluate(wide)


def test_a_phone_ended_elsewhere_is_told_so_and_begins_again_with_a_new_letter(
    world, phone
):
    world.employees.end_phones(world.cast.phone_holder)
    phone.reload()

    expect(phone.locator("main")).to_contain_text("このスマホから消しました")
    phone.fill("#code", letter_for(world, world.cast.phone_holder))
    phone.click("#begin")
    expect(phone.locator(".status.good")).to_be_visible()


def test_without_network_a_phone_is_not_half_ended(phone):
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="設定").click()
    phone.route("**/v1/patient/phones/*", lambda route: route.abort())
    phone.get_by_role("button", name="登録を消す").click()

    expect(phone.locator("main")).to_contain_text("つながりません")
    assert barriers(phone) == []
    phone.unroute("**/v1/patient/phones/*")
    phone.get_by_role("button", name="登録を消す").click()
    expect(phone.locator("#code")).to_be_visible()
    expect(phone.locator("main")).not_to_contain_text("鍵がありません")


def test_a_code_that_is_shown_stays_while_the_status_is_asked_anew(phone):
    phone.locator(".symbol").evaluate("shown => { shown.isTheSame = true }")
    with phone.expect_response("**/v1/patient/status"):
        phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(phone.locator(".status .muted")).to_contain_text("たった今")
    assert phone.evaluate("document.querySelector('.symbol').isTheSame") is True


@pytest.mark.parametrize("status", [200, 401])
def test_a_network_that_wants_a_sign_in_first_ends_nobody(phone, status):
    answer = {"status": status, "content_type": "text/html", "body": "Welcome"}
    phone.route("**/v1/**", lambda route: route.fulfill(**answer))
    phone.route("**/oauth/**", lambda route: route.fulfill(**answer))
    phone.reload()
    expect(phone.locator("#trouble .note")).to_contain_text("通信できません")
    expect(phone.locator("#kind")).to_contain_text("通信なし")

    phone.unroute("**/v1/**")
    phone.unroute("**/oauth/**")
    phone.reload()

    expect(phone.locator(".status.good")).to_be_visible()
    expect(phone.locator("#kind")).to_contain_text("サーバーと確認")
