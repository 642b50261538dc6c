"""Serves whole folders of static pages: the console and what all pages are made of.

A deployment adds the phone's and the reader's pages from a folder beside the house
(`shikaku serve --pages`). Files are named by address alone; nothing is put together.
"""

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory

_HERE = Path(__file__).parent
_POLICY = (
    "default-src 'none'; script-src 'self'{}; style-src 'self';"
    " img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self';"
    " worker-src 'self'; manifest-src 'self'; font-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)
_WASM = " 'wasm-unsafe-eval'"  # codes are read by WebAssembly (CSP3 §2.3.1)
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}
_CAMERA = "camera=(self), geolocation=(), microphone=()"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of pages and the address under which its files are found.

    `reads_codes`: its pages may use the camera and WebAssembly, to read QR codes.
    """

    address: str
    place: Path
    reads_codes: bool = False


OWN = (
    Folder("/console", _HERE / "console"),
    Folder("/pages/kit", _HERE / "kit", reads_codes=True),
)


def beside(place: Path) -> tuple[Folder, ...]:
    """The phone's and the reader's pages in a folder beside the house."""
    return (
        Folder("/phone", place / "phone", reads_codes=True),
        Folder("/reader", place / "reader", reads_codes=True),
        Folder("/vendor", place / "vendor" / "node_modules", reads_codes=True),
    )


def folders_served(folders: tuple[Folder, ...]) -> Blueprint:
    """The doors to these folders: `/phone/` is its `index.html`."""
    doors = Blueprint("folders", __name__)
    for number, folder in enumerate(folders):
        doors.add_url_rule(
            f"{folder.address}/",
            f"start_{number}",
            lambda folder=folder: _file(folder, "index.html"),
        )
        doors.add_url_rule(
            f"{folder.address}/<path:name>",
            f"file_{number}",
            lambda name, folder=folder: _file(folder, name),
        )
    return doors


def _file(folder: Folder, name: str) -> Response:
    """A file of a kind that pages are made of; anything else is not found."""
    kind = _TYPES.get(Path(name).suffix)
    if kind is None:
        abort(404)
    answer = send_from_directory(folder.place.resolve(), name, mimetype=kind)
    wasm = _WASM if folder.reads_codes else ""
    answer.headers["Content-Security-Policy"] = _POLICY.format(wasm)
    answer.headers["Cache-Control"] = "no-cache"  # asked for again, by its ETag
    if folder.reads_codes:
        answer.headers["Permissions-Policy"] = _CAMERA
    return answer
