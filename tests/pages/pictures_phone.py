"""Pictures of the phone: first opened, its code, a copy, who looked, what ended."""

from collections.abc import Iterator

from picture import LANGUAGES, take
from playwright.sync_api import Page
from test_phone import activated
from test_phone_papers import holder
from test_phone_people import workers
from visiting import Visitor

from backend.domain.codes import LossReason
from mobile_sim.world import World

SCREEN = {"width": 390, "height": 844}
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari"
COPY = {"ja": "資格確認書の写し", "en": "Show the certificate's copy"}
HISTORY = {"ja": "履歴", "en": "History"}


def phone_pictures(world: World, visitor: Visitor) -> None:
    """Every main state, in both languages."""
    world.clinic.check(world.paper_of(world.employees, holder(world, 8))["qr"])
    for language in LANGUAGES:
        for name, page in _states(world, visitor, language):
            take(page, f"phone-{name}-{language}")
    _lapsed(world, visitor)


def _states(
    world: World, visitor: Visitor, language: str
) -> Iterator[tuple[str, Page]]:
    iphone = visitor.profile(viewport=SCREEN, user_agent=IPHONE)
    page = visitor.visit("/phone/", language=language, profile=iphone)
    page.locator("h1").wait_for()
    yield "first", page
    page = activated(world, visitor, holder(world, 8), language=language, **SCREEN)
    page.locator(".symbol").wait_for()
    yield "code", page
    page.locator("#enlarge").click()
    page.locator(".full").wait_for()
    yield "large", page
    page.keyboard.press("Escape")
    page.get_by_role("button", name=COPY[language]).click()
    page.locator(".copy .symbol").wait_for()
    yield "copy", page
    page.get_by_role("button", name=HISTORY[language]).click()
    page.locator(".history li").first.wait_for()
    yield "history", page


def _lapsed(world: World, visitor: Visitor) -> None:
    for number, language in enumerate(LANGUAGES):
        member = workers(world, 5 + number)  # a new activation ends the one before
        page = activated(world, visitor, member, language=language, **SCREEN)
        coverage = world.coverage_of(world.employees, member)
        world.employees.end_coverage(coverage, world.today, LossReason.OTHER)
        page.reload()
        page.locator(".status.bad").wait_for()
        take(page, f"phone-lapsed-{language}")
