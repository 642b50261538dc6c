"""Serves our static pages: the first one, the API's description to read, their style.

No template, no inline script or style: the strict policy of `api.headers` holds.
"""

from pathlib import Path

from flask import Response
from flask_smorest import Blueprint

pages = Blueprint(
    "pages", __name__, description="人が読むページ / pages for people to read"
)

_HERE = Path(__file__).parent
_HTML = {"type": "string", "maxLength": 100_000}
_KEPT_FOR = 3600
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


@pages.route("/", methods=["GET"])
@pages.response(200, _HTML, content_type="text/html")
def start() -> Response:
    """はじめのページ / The first page: where everything is."""
    return _file("start.html")


@pages.route("/docs", methods=["GET"])
@pages.response(200, _HTML, content_type="text/html")
def docs() -> Response:
    """API の説明 / The API's description, for people."""
    return _file("docs/docs.html")


@pages.route("/pages/page.css", methods=["GET"])
@pages.response(200, _HTML, content_type="text/css")
def style() -> Response:
    """ページの体裁 / The style of these pages."""
    return _file("page.css")


@pages.route("/pages/docs.js", methods=["GET"])
@pages.response(200, _HTML, content_type="text/javascript")
def docs_script() -> Response:
    """API の説明を組み立てるスクリプト / What draws the description."""
    return _file("docs/docs.js")


@pages.route("/pages/examples.json", methods=["GET"])
@pages.response(200, {"type": "object"}, content_type="application/json")
def examples() -> Response:
    """API の説明に載せる例 / The values that the description shows as examples."""
    return _file("docs/examples.json")


@pages.route("/pages/icon.svg", methods=["GET"])
@pages.response(200, _HTML, content_type="image/svg+xml")
def icon() -> Response:
    """ページの印 / The sign of these pages in a browser's tab."""
    return _file("icon.svg")


def _file(name: str) -> Response:
    place = _HERE / name
    answer = Response(place.read_bytes(), mimetype=_TYPES[place.suffix])
    answer.headers["Cache-Control"] = f"public, max-age={_KEPT_FOR}"
    return answer
