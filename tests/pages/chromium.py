"""Headless Chromium with Japanese letters and a camera that films a file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from camera import Camera
from fonts import japanese_letters
from playwright.sync_api import Browser, sync_playwright

PROGRAM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",  # the suite may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium(folder: Path, camera: Camera) -> Iterator[Browser]:
    """A browser while it is needed; `folder` keeps what it needs for its letters."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=PROGRAM,
            args=[*QUIET, *camera.switches],
            env={**os.environ, **japanese_letters(folder)},
        )
        yield started
        started.close()
