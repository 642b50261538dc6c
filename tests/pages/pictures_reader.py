"""Pictures of the reader: an answer whole, all of them side by side, and the desk."""

import io
from dataclasses import asdict

from picture import LANGUAGES, keep, take
from PIL import Image
from playwright.sync_api import Page
from situations import TOLD, Desk, a_full_desk
from test_reader import open_desk, type_like_a_scanner
from visiting import Visitor

from backend.domain.outcome import Outcome
from mobile_sim.reader import Numbers
from mobile_sim.world import World

WHOLE = (Outcome.VALID, Outcome.LAPSED, Outcome.BAD_SIGNATURE)
SMALL = {"width": 480, "height": 800}
COLUMNS = 3
GAP = 12


def reader_pictures(world: World, visitor: Visitor) -> None:
    """Every main state, in both languages."""
    people = a_full_desk(world)
    for language in LANGUAGES:
        page = open_desk(world, visitor, camera=True, language=language)
        page.wait_for_load_state("networkidle")  # its data for a lost line is there
        take(page, f"reader-counter-{language}")
        for outcome in WHOLE:
            _show(page, people, outcome)
            take(page, f"reader-{outcome.value}-{language}")
        _without_network(page, people, language)
        page.set_viewport_size(SMALL)
        heads = [_head(page, people, it) for it in Outcome if it not in TOLD]
        keep(_side_by_side(heads), f"reader-answers-{language}")


def _show(page: Page, people: Desk, outcome: Outcome) -> None:
    page.keyboard.press("Escape")
    page.locator("#video").wait_for()
    shown = people.shown(outcome)
    if isinstance(shown, Numbers):
        _type(page, shown)
    else:
        type_like_a_scanner(page, shown)
    page.locator(f"[data-outcome={outcome.value}]").wait_for()


def _type(page: Page, numbers: Numbers) -> None:
    page.keyboard.press("F2")
    for name, text in asdict(numbers).items():
        page.fill(f"#{name}", text)
    page.keyboard.press("Enter")


def _without_network(page: Page, people: Desk, language: str) -> None:
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    type_like_a_scanner(page, people.paper(Outcome.VALID))
    page.locator("[data-outcome=offline-genuine]").wait_for()
    take(page, f"reader-offline-{language}")
    page.context.set_offline(False)
    page.locator("[data-outcome=valid]").wait_for()  # settled


def _head(page: Page, people: Desk, outcome: Outcome) -> Image.Image:
    _show(page, people, outcome)
    seen = page.locator(".headline").screenshot()
    return Image.open(io.BytesIO(seen)).convert("RGB")


def _side_by_side(heads: list[Image.Image]) -> Image.Image:
    """In columns, each head as high as its words need."""
    width = heads[0].width + GAP
    rows = [heads[it : it + COLUMNS] for it in range(0, len(heads), COLUMNS)]
    heights = [max(it.height for it in row) + GAP for row in rows]
    sheet = Image.new("RGB", (width * COLUMNS + GAP, sum(heights) + GAP), "white")
    for number, row in enumerate(rows):
        top = GAP + sum(heights[:number])
        for column, head in enumerate(row):
            sheet.paste(head, (GAP + column * width, top))
    return sheet
