"""The phone as a device: on the home screen, given its letter, asked to remember."""

import io

import pytest
from camera import Camera
from PIL import Image
from playwright.sync_api import expect
from test_phone import activated, at_the_letter, letter_for
from test_reader import picture_of
from visiting import barriers

INSTALLED = "navigator.standalone = true"  # as iOS says it of a page on the home screen
OFFER = """() => {
  const offer = new Event('beforeinstallprompt', { cancelable: true });
  offer.prompt = async () => { globalThis.wasAsked = true };
  offer.userChoice = Promise.resolve({ outcome: 'accepted' });
  dispatchEvent(offer);
}"""
LOSE_KEYS = """new Promise((done) => {
  indexedDB.deleteDatabase('shikaku-phone').onsuccess = done;
})"""
AGENTS = {
    "ios": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari",
    "samsung": "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130",
    "android": "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36",
    "line": "Mozilla/5.0 (Linux; Android 15; wv) Chrome/140.0 Line/15.1.0",
}
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def film(camera: Camera):
    """The camera, at rest before and after."""
    camera.show_nothing()
    yield camera
    camera.show_nothing()


def installed(visitor, **settings):
    profile = visitor.profile(viewport={"width": 390, "height": 844}, **settings)
    profile.add_init_script(INSTALLED)
    return profile


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("ios", "右上の「追加」"),
        ("samsung", "「ページを追加」"),
        ("android", "右上の「︙」"),
        ("line", "「ブラウザで開く」"),
    ],
)
def test_what_comes_first_is_how_to_install_it_on_this_phone(visitor, agent, said):
    profile = visitor.profile(
        viewport={"width": 320, "height": 640}, user_agent=AGENTS[agent]
    )
    page = visitor.visit("/phone/", profile=profile)

    expect(page.locator("h1")).to_contain_text("ホーム画面に追加")
    expect(page.locator(".steps")).to_contain_text(said)
    expect(page.locator(".without")).to_contain_text("1週間")
    assert barriers(page) == []
    assert page.evaluate(FITS)
    page.click("#without-install")
    expect(page.locator("#code")).to_be_visible()


def test_where_the_browser_offers_it_one_button_installs(visitor):
    page = visitor.visit("/phone/", language="en", dark=True, width=320)
    page.evaluate(OFFER)
    assert barriers(page) == []

    page.click("#install")

    expect(page.locator("h1")).to_contain_text("on your home screen")
    assert page.evaluate("globalThis.wasAsked")
    assert barriers(page) == []


@pytest.mark.whole_browser
def test_once_installed_the_letter_is_scanned_with_one_tap(world, visitor, film):
    page = visitor.visit("/phone/", profile=installed(visitor, permissions=["camera"]))
    code = letter_for(world, world.cast.phone_holder)
    page.click("#scan")
    expect(page.locator("video")).to_be_visible()
    assert barriers(page) == []

    film.show(picture_of("https://example.jp/menu"))
    expect(page.get_by_role("alert")).to_contain_text("ウェブサイト")
    film.show(picture_of(f"{world.house.base_url}/phone/#code={code}"))

    expect(page.locator(".status.good")).to_be_visible()


def test_an_address_with_the_code_fills_it_in_and_is_cleared(world, visitor):
    page = visitor.profile().new_page()
    seen = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(f"{world.house.base_url}/phone/#code=7k2m-oqx4-9tzb")

    expect(page.locator("main")).to_contain_text("お手紙のコードを受け取りました")
    assert page.evaluate("location.href").endswith("/phone/")
    page.click("#without-install")
    expect(page.locator("#code")).to_have_value("7K2M-0QX4-9TZB")
    page.evaluate("location.hash = 'code=0000-1111-2222'")
    expect(page.locator("#code")).to_have_value("0000-1111-2222")
    assert page.evaluate("location.hash") == ""
    assert not any("7k2m" in url.partition("#")[0] for url in seen)


def picture(content):
    return {"name": "p.png", "mimeType": "image/png", "buffer": content}


def blank():
    made = io.BytesIO()
    Image.new("L", (64, 64), 255).save(made, "PNG")
    return made.getvalue()


@pytest.mark.whole_browser
def test_a_picture_of_the_letter_needs_no_permission(world, visitor):
    page = at_the_letter(visitor)
    page.click("#scan")
    expect(page.get_by_role("alert")).to_contain_text("許可されていません")
    letter = picture_of(letter_for(world, world.cast.phone_holder))

    page.set_input_files("#photo", picture(letter))

    expect(page.locator(".status.good")).to_be_visible()


@pytest.mark.whole_browser
def test_without_a_camera_the_code_is_typed(visitor):
    page = at_the_letter(visitor, language="en", width=320)
    page.fill("#code", "7K2M")
    page.click("#scan")

    expect(page.get_by_role("alert")).to_contain_text("You can type the code")
    assert barriers(page) == []
    page.set_input_files("#photo", picture(picture_of("WIFI:S:x;;")))
    expect(page.get_by_role("alert")).to_contain_text("Wi-Fi setting, not the letter")
    page.set_input_files("#photo", picture(blank()))
    expect(page.get_by_role("alert")).to_contain_text("no QR code in the picture")
    page.click("#type-instead")
    expect(page.locator("#code")).to_have_value("7K2M")


@pytest.mark.whole_browser
def test_a_lost_key_is_two_taps_from_a_new_one_or_from_the_insurer(
    world, visitor, film
):
    profile = visitor.profile(
        viewport={"width": 320, "height": 640}, permissions=["camera"]
    )
    page = activated(world, visitor, world.cast.phone_holder, profile=profile)
    page.evaluate(LOSE_KEYS)
    page.reload()

    ask = page.locator("#ask")
    expect(ask).to_contain_text(world.employees.insurer.contact)
    call = page.locator("#call").get_attribute("href")  # the first tap calls
    assert call.startswith("tel:")
    assert barriers(page) == []
    film.show(picture_of(letter_for(world, world.cast.phone_holder)))
    page.click("#scan")  # the first tap scans, and no second is needed
    expect(page.locator(".status.good")).to_be_visible()


def test_who_lost_the_key_still_reads_so_after_a_look_at_the_desk_s_way(world, visitor):
    page = activated(world, visitor, world.cast.phone_holder)
    page.evaluate(LOSE_KEYS)
    page.reload()
    for back in (page.locator(".back").click, page.go_back):
        page.click("#to-desk")
        expect(page.locator("h1")).to_contain_text("いま窓口で使うコード")
        back()
        expect(page.locator(".note.warn")).to_contain_text("鍵がありません")
        expect(page.locator("#call")).to_be_visible()

    page.fill("#code", letter_for(world, world.cast.phone_holder))
    page.click("#begin")
    expect(page.locator(".status.good")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("鍵がありません")


@pytest.mark.whole_browser
def test_where_a_phone_has_erased_everything_two_taps_lead_to_the_letter(
    world, visitor, film
):
    page = visitor.visit("/phone/", camera=True)
    film.show(picture_of(letter_for(world, world.cast.phone_holder)))

    page.click("#without-install")
    page.click("#scan")

    expect(page.locator(".status.good")).to_be_visible()


@pytest.mark.whole_browser
def test_the_phone_s_way_back_leads_to_the_view_before(world, visitor, film):
    page = at_the_letter(visitor, camera=True)
    page.fill("#code", letter_for(world, world.cast.phone_holder))
    page.click("#scan")
    expect(page.locator("video")).to_be_visible()
    page.go_back()
    expect(page.locator("video")).to_have_count(0)
    page.click("#begin")
    expect(page.locator(".status")).to_be_visible()

    page.locator(".tabs button").last.click()
    page.click("#to-phones")
    for heading in ("設定", "有効です"):
        page.go_back()
        expect(page.locator("h1")).to_contain_text(heading)
    page.locator(".tabs button").nth(1).click()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("有効です")
    page.go_forward()  # there is no view before this one's
    page.locator(".tabs button").nth(2).click()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("有効です")
    page.go_back()
    page.wait_for_url("about:blank")
