"""Every answer of the house as it is painted: colour, shape, words, in any window."""

import io
import re
from dataclasses import asdict
from itertools import combinations
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, Route, expect
from situations import TOLD, Desk, a_full_desk, told
from test_reader import is_step_covered, open_desk, type_like_a_scanner
from visiting import barriers

from backend.domain.outcome import Outcome
from mobile_sim.reader import Numbers

LIGHTS = {
    "go": (17, 90, 54),
    "stop": (169, 0, 0),
    "paper": (169, 0, 0),
    "fraud": (74, 13, 92),
    "unsure": (255, 199, 0),
}
WORDS = {"ja": "日本語", "en": "English"}
CHECKS = "**/v1/clinic/checks"
SIDE = 100  # points: of the sign's own view box
MIDDLE_GREY = 96  # between each light and what is painted on it
ALIKE, UNLIKE = 0.035, 0.08  # shares of the points of the sign's box
LOOK = "async (it) => (await import('/reader/outcomes.js')).lookOf(it)"
WAYS_ON = 110  # pixels, a fifth of a small phone's screen
WIDTHS = (320, 640, 1280)  # the narrowest phone; a desk at 200 % zoom; a desk
# The sign as outcomes.js describes it, drawn without the page's styles.
DRAWN = """async (outcome) => {
  const { lookOf } = await import('/reader/outcomes.js');
  const [outline, sign] = lookOf(outcome).shape.split('|');
  const pen = new OffscreenCanvas(100, 100).getContext('2d');
  pen.fillRect(0, 0, 100, 100);
  pen.fillStyle = '#fff';
  pen.fill(new Path2D(outline));
  Object.assign(pen, { lineWidth: 10, lineCap: 'round', lineJoin: 'round' });
  pen.stroke(new Path2D(sign));
  const { data } = pen.getImageData(0, 0, 100, 100);
  return Array.from({ length: 10_000 }, (_, place) => data[place * 4]);
}"""


@pytest.fixture(scope="module")
def people(world):
    return a_full_desk(world)


@pytest.fixture
def desk(world, visitor):
    return open_desk(world, visitor)


def test_every_outcome_is_painted_as_nothing_else_is(people, desk):
    signs, wrong = {}, {}
    for outcome in _in_order():
        answer = _show(desk, people, outcome)
        painted = _sign(desk)
        signs[outcome] = painted
        wrong[outcome.value] = [
            *_against_its_light(desk),
            *_against_its_drawing(desk, outcome, painted),
            *_against_its_words(desk, answer),
            *_against_any_window(desk),
        ]

    assert {it: found for it, found in wrong.items() if found} == {}
    assert len(signs) == len(Outcome)
    alike = {
        (one.value, other.value): difference
        for one, other in combinations(signs, 2)
        if (difference := _difference(signs[one], signs[other])) < UNLIKE
    }
    assert alike == {}


def _in_order() -> list[Outcome]:
    """What is valid first: others are told in its likeness."""
    return [Outcome.VALID, *(it for it in Outcome if it is not Outcome.VALID)]


def _show(page: Page, people: Desk, outcome: Outcome) -> dict[str, Any]:
    """Show what leads to the outcome as a desk does; the answer that it got."""
    page.keyboard.press("Escape")
    expect(page.locator("#video")).to_be_visible()
    shown = people.paper(Outcome.VALID) if outcome in TOLD else people.shown(outcome)
    if outcome in TOLD:
        page.route(CHECKS, lambda route: _answer_instead(route, outcome))
    with page.expect_response(CHECKS) as answered:
        _enter(page, shown)
    expect(page.locator(".verdict")).to_have_attribute("data-outcome", outcome.value)
    page.unroute(CHECKS)
    answer: dict[str, Any] = answered.value.json()
    return answer


def _answer_instead(route: Route, outcome: Outcome) -> None:
    real = route.fetch()
    route.fulfill(response=real, json=told(outcome, real.json()))


def _enter(page: Page, shown: str | Numbers) -> None:
    if isinstance(shown, str):
        type_like_a_scanner(page, shown)
        return
    page.keyboard.press("F2")
    for name, text in asdict(shown).items():
        page.fill(f"#{name}", text)
    page.keyboard.press("Enter")


# ---- what is held against what ----


def _against_its_light(page: Page) -> list[str]:
    """The colour of the field around the sign, and the sign's own."""
    light = page.locator(".verdict").get_attribute("data-light") or ""
    seen = _picture(page, ".headline")
    field = seen.getpixel((4, seen.height // 2))
    return [] if field == LIGHTS[light] else [f"{light} is painted {field}"]


def _against_its_drawing(page: Page, outcome: Outcome, sign: Image.Image) -> list[str]:
    greys = page.evaluate(DRAWN, outcome.value)
    drawn = Image.frombytes("L", (SIDE, SIDE), bytes(greys))
    # Light on dark, or dark on light where the field is amber.
    difference = min(
        _difference(sign, drawn), _difference(sign, ImageChops.invert(drawn))
    )
    return [f"differs from its drawing by {difference}"] if difference > ALIKE else []


def _against_its_words(page: Page, answer: dict[str, Any]) -> list[str]:
    """The look's words and the answer's next step, in each language; no barrier.

    Words and colours do not depend on one another: each is tried once in every state.
    """
    wrong = []
    for language, scheme in (("en", "dark"), ("ja", "light")):
        page.get_by_role("button", name=WORDS[language]).click()
        page.emulate_media(color_scheme=scheme)
        look = page.evaluate(LOOK, answer["outcome"])[language]
        head = page.locator("#verdict-words").inner_text()
        step = page.locator(".below > .step").last.inner_text()
        wrong += [] if _plain(head) == _plain(look) else [f"{head} for {look}"]
        wrong += [] if step == answer["next_step"][language] else [step]
        wrong += [f"the step is covered ({language})"] if is_step_covered(page) else []
        wrong += barriers(page)
    return wrong


def _against_any_window(page: Page) -> list[str]:
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        room, needed = page.evaluate(
            "[innerWidth, document.documentElement.scrollWidth]"
        )
        wrong += [f"{needed} wide in {room}"] if needed > room else []
        is_seen = page.locator("#next").is_visible()
        wrong += [] if is_seen else [f"no way on at {width}"]
        covered = page.locator(".onward").bounding_box()["height"]
        wrong += [f"ways on {covered} high at {width}"] if covered > WAYS_ON else []
    return wrong


def _sign(page: Page) -> Image.Image:
    """The painted sign in black and white, as large as its drawing."""
    seen = _picture(page, ".shape").convert("L").resize((SIDE, SIDE))
    return seen.point(lambda grey: 255 if grey > MIDDLE_GREY else 0)


def _picture(page: Page, what: str) -> Image.Image:
    return Image.open(io.BytesIO(page.locator(what).screenshot())).convert("RGB")


def _difference(one: Image.Image, other: Image.Image) -> float:
    """The share of the points that differ."""
    differing = ImageChops.difference(one, other).point(lambda it: it > MIDDLE_GREY)
    return sum(differing.tobytes()) / SIDE**2


def _plain(words: str) -> str:
    return re.sub(r"[\s:]", "", words)
