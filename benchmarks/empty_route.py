"""An empty Flask JSON route, behind the same front on the same server, set alike."""

import sys
from typing import Any

from flask import Flask, request

from backend.api.front import Front
from backend.cli.serving import http_server
from backend.house import open_house
from backend.settings import Settings
from backend.system import now, random_bytes


def application() -> Front:
    """One route that answers `{}`, in an application that has nothing else."""
    app = Flask("empty")

    @app.post("/")
    def empty() -> dict[str, Any]:
        request.get_data()
        return {}

    return Front(app.wsgi_app, open_house(Settings.read(), now, random_bytes).rooms)


if __name__ == "__main__":
    server = http_server("127.0.0.1", int(sys.argv[1]))
    server.serve(target_loader=application, wrap_loader=False)
