"""One picture of a page for the documents: small, and without a blinking cursor."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

PLACE = Path(__file__).parents[2] / "docs" / "pictures"
LANGUAGES = ("ja", "en")
COLOURS = 64  # enough for flat colours; a tenth of the size


def take(page: Page, name: str) -> None:
    """Keep what the page shows now."""
    page.evaluate("document.activeElement?.blur()")
    keep(Image.open(io.BytesIO(page.screenshot())), name)


def keep(seen: Image.Image, name: str) -> None:
    """Keep a picture under this name."""
    small = seen.convert("RGB").quantize(COLOURS)
    small.save(PLACE / f"{name}.png", optimize=True)
