"""An empty Flask JSON route, on the server that `shikaku serve` uses, set alike."""

import sys
from typing import Any

from flask import Flask, request

from backend.cli.serving import wsgi_server


def application() -> Flask:
    """One route that answers `{}`."""
    app = Flask("empty")

    @app.post("/")
    def empty() -> dict[str, Any]:
        request.get_data()
        return {}

    return app


if __name__ == "__main__":
    server = wsgi_server("127.0.0.1", int(sys.argv[1]))
    server.serve(target_loader=application, wrap_loader=False)
