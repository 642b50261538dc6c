"""A person with a browser: opens pages, and notices what must never happen in one."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

VENDOR = Path(__file__).parents[2] / "mobile_sim" / "vendor" / "node_modules"
AXE = (VENDOR / "axe-core" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WANTED = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
PATIENCE_MS = 15_000
_FORBIDDEN = ("Content Security Policy", "Content-Security-Policy")


class Visitor:
    """One browser profile: its storage and permissions are its own."""

    def __init__(
        self, browser: Browser, base_url: str, *, keeps_files: bool = False
    ) -> None:
        """`keeps_files`: pages may keep their own files (service workers), for later.

        It costs each profile all of a page's files once more.
        """
        self._browser = browser
        self._base_url = base_url
        self._workers = "allow" if keeps_files else "block"
        self._contexts: list[BrowserContext] = []
        self.wrong: list[str] = []

    def profile(self, **settings: Any) -> BrowserContext:
        """A profile that asks no permission but those given; in Japan."""
        usual = {
            "locale": "ja-JP",
            "timezone_id": "Asia/Tokyo",
            "service_workers": self._workers,
        }
        made = self._browser.new_context(**{**usual, **settings})
        made.set_default_timeout(PATIENCE_MS)
        made.on("page", self._watch)
        made.on("request", self._note_stranger)
        self._contexts.append(made)
        return made

    def visit(
        self,
        path: str,
        *,
        width: int = 390,
        height: int = 844,
        language: str = "ja",
        dark: bool = False,
        camera: bool = False,
        profile: BrowserContext | None = None,
    ) -> Page:
        """Open a page of the house; `camera` says that it may film."""
        context = profile or self.profile(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            permissions=["camera"] if camera else [],
        )
        page = context.new_page()
        page.goto(f"{self._base_url}{path}?lang={language}")
        return page

    def leave(self) -> None:
        """Close everything; raises if a page broke, or asked a third party."""
        for context in self._contexts:
            context.close()
        assert self.wrong == [], self.wrong

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.wrong.append(f"page error: {error}"))
        page.on("console", lambda told: self._note_forbidden(told.text))

    def _note_forbidden(self, text: str) -> None:
        if any(word in text for word in _FORBIDDEN):
            self.wrong.append(text)

    def _note_stranger(self, request: Request) -> None:
        own = (self._base_url, "data:", f"blob:{self._base_url}")
        if not request.url.startswith(own):
            self.wrong.append(f"third party: {request.url}")


def settled(page: Page, promise: str) -> Any:
    """What a promise of the page becomes; fails if that takes too long.

    `page.evaluate` alone would wait for ever.
    """
    late = f"new Promise((_, fail) => setTimeout(fail, {PATIENCE_MS}, 'never settled'))"
    return page.evaluate(f"() => Promise.race([{promise}, {late}])")


def the_first(page: Page, held: list[Route]) -> Route:
    """The first question that was held; it is awaited."""
    for _ in range(PATIENCE_MS // 50):
        if held:
            return held[0]
        page.wait_for_timeout(50)
    raise AssertionError("nothing was asked")


def wait_until_kept(page: Page) -> None:
    """The page has kept its files: it opens without network."""
    settled(page, "navigator.serviceWorker.ready.then(() => true)")


def barriers(page: Page) -> list[str]:
    """What the accessibility rules find in the page as it stands."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    asked = f"axe.run(document, {json.dumps(WANTED)}).then((it) => it.violations)"
    found = page.evaluate(f"() => {asked}")
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for rule in found
        for node in rule["nodes"]
    ]
