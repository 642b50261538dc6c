"""Headers that every answer bears, so that a browser does little with it.

Everything is `no-store` unless a door says otherwise: an answer that should have been
kept private and was not is the dearer mistake.
"""

from flask import Flask, Response

_ANSWER_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_HTTPS_ONLY = "max-age=63072000"  # two years
PUBLIC_FOR = "public, max-age={}"


def register_headers(app: Flask, is_https: bool) -> None:
    """Add the headers to every answer of the application, errors included.

    A door that sets one of them itself is left alone.
    """
    always = usual_headers(is_https)

    @app.after_request
    def add(response: Response) -> Response:
        is_page = response.mimetype == "text/html"
        headers = response.headers
        if is_page:
            headers.setdefault("Content-Security-Policy", _PAGE_POLICY)
        for name, value in always.items():
            headers.setdefault(name, value)
        return response


def usual_headers(is_https: bool) -> dict[str, str]:
    """What an answer bears that is no page."""
    https_only = {"Strict-Transport-Security": _HTTPS_ONLY} if is_https else {}
    return {"Content-Security-Policy": _ANSWER_POLICY, **_ALWAYS, **https_only}


def make_public(response: Response, seconds: int) -> Response:
    """Let everyone keep and read an answer that speaks of nobody."""
    response.headers["Cache-Control"] = PUBLIC_FOR.format(seconds)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
