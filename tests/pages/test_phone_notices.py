"""What ends soon: it stands on the card, and the phone tells of it where it may."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from test_phone import activated
from test_phone_people import workers
from visiting import barriers

from backend.domain.codes import LossReason

pytestmark = [pytest.mark.keeps_files, pytest.mark.whole_browser]

SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 200; tries++) {
    const found = await registration.getNotifications();
    if (found.length) return found.map((it) => `${it.title} ${it.body}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return [];
}"""
CLOSE = """async () => {
  const registration = await navigator.serviceWorker.ready;
  for (const it of await registration.getNotifications()) it.close();
}"""
UNDECIDED = """if (globalThis.Notification) {
  globalThis.asked = 0;
  const get = () => (asked ? 'denied' : 'default');
  Object.defineProperty(Notification, 'permission', { get });
  Notification.requestPermission = async () => { asked += 1; return 'denied' };
}"""
SEEN_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
LEFT = "navigator.serviceWorker.ready.then((it) => it.getNotifications())"


@pytest.fixture
def leaving(world):
    """Somebody whose coverage ends in ten days."""
    member = workers(world, 30)
    last = world.today + timedelta(days=10)
    coverage = world.coverage_of(world.employees, member)
    world.employees.end_coverage(coverage, last, LossReason.OTHER)
    return member


def settings(page):
    page.locator(".tabs button").last.click()
    return page.locator("#notices")


def test_what_ends_soon_is_told_once_and_says_nothing_of_whom(world, visitor, leaving):
    profile = visitor.profile(
        viewport={"width": 320, "height": 640}, permissions=["notifications"]
    )
    page = activated(world, visitor, leaving, profile=profile)
    note = page.locator(".status .note.warn")
    expect(note).to_contain_text("次の保険の手続きを確かめてください")
    assert barriers(page) == []

    (told,) = page.evaluate(SHOWN)

    assert "まもなく期限が来るもの" in told
    assert leaving.name not in told
    expect(settings(page)).to_contain_text("通知はオンです")
    assert barriers(page) == []
    page.evaluate(CLOSE)
    with page.expect_response("**/v1/patient/status"):
        page.evaluate(SEEN_AGAIN)
    page.locator(".tabs button").first.click()
    expect(note).to_be_visible()
    assert page.evaluate(LEFT) == []


@pytest.mark.parametrize(("language", "dark"), [("ja", True), ("en", False)])
def test_nobody_is_asked_before_they_press_and_a_refusal_has_words(
    world, visitor, language, dark
):
    profile = visitor.profile(
        viewport={"width": 320, "height": 640},
        color_scheme="dark" if dark else "light",
    )
    profile.add_init_script(UNDECIDED)
    page = activated(
        world, visitor, world.cast.phone_holder, profile=profile, language=language
    )
    notices = settings(page)
    expect(page.locator("#install")).to_have_count(0)
    expect(page.locator("#notify")).to_be_visible()
    assert page.evaluate("globalThis.asked") == 0
    assert barriers(page) == []

    page.click("#notify")

    said = {"ja": "通知が許可されていません", "en": "Notifications are not allowed"}
    expect(notices).to_contain_text(said[language])
    assert page.evaluate("globalThis.asked") == 1
    assert barriers(page) == []
