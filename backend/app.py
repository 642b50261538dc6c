"""The web application: doors and pages over the rooms of an open house."""

from flask import Flask

from backend.api.doors import register_doors
from backend.api.rooms import Rooms
from backend.web.pages import pages


def create_app(rooms: Rooms) -> Flask:
    """The Flask application over rooms that are already open."""
    app = Flask("shikaku", static_folder=None)
    app.extensions["shikaku"] = rooms
    register_doors(app).register_blueprint(pages)
    return app
