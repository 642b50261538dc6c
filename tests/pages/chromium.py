"""Headless Chromium with Japanese letters and a camera that films a file."""

import os
from asyncio import AbstractEventLoop
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from camera import Camera
from fonts import japanese_letters
from playwright.sync_api import Browser, BrowserType, sync_playwright

WHOLE = "/usr/bin/chromium"
SHELL = "/usr/bin/chromium-headless-shell"
QUIET = (
    "--no-sandbox",  # the suite may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Browsers:
    """One engine twice: whole, and as a shell that opens a page in half the time."""

    def __init__(self, kind: BrowserType, folder: Path, camera: Camera) -> None:
        self._kind, self._camera = kind, camera
        self._letters = japanese_letters(folder)

    @cached_property
    def whole(self) -> Browser:
        """The program that people use, and the camera."""
        return self._start(WHOLE, *self._camera.switches)

    @cached_property
    def shell(self) -> Browser:
        """It has no camera, shows no notices, keeps no screen awake."""
        return self._start(SHELL)

    @property
    def loop(self) -> AbstractEventLoop:
        """Playwright's own, which runs in this thread."""
        return self._kind._impl_obj._loop

    def _start(self, program: str, *switches: str) -> Browser:
        return self._kind.launch(
            executable_path=program,
            args=[*QUIET, *switches],
            env={**os.environ, **self._letters},
        )


@contextmanager
def chromium(folder: Path, camera: Camera) -> Iterator[Browsers]:
    """Browsers while they are needed; `folder` keeps what they need for letters."""
    with sync_playwright() as playwright:
        yield Browsers(playwright.chromium, folder, camera)
