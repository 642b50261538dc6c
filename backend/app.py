"""The web application: doors and pages over the rooms of an open house."""

from pathlib import Path

from flask import Flask

from backend.api.doors import register_doors
from backend.api.rooms import Rooms
from backend.web.folders import OWN, beside, folders_served
from backend.web.pages import pages


def create_app(rooms: Rooms, pages_dir: Path | None = None) -> Flask:
    """The Flask application over rooms that are already open.

    `pages_dir` is the folder of the phone's and the reader's pages, if they are served.
    """
    app = Flask("shikaku", static_folder=None)
    app.extensions["shikaku"] = rooms
    register_doors(app).register_blueprint(pages)
    outside = beside(pages_dir) if pages_dir else ()
    app.register_blueprint(folders_served((*OWN, *outside)))
    return app
