"""The application over a small real house; its clock moves only when told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from api_desk import World, a_world, rooms_of
from at_the_front import through
from described import differences, listen
from flask import Flask
from flask.testing import FlaskClient

from backend.api.front import Front
from backend.app import create_app
from tests.house_of_glass import House, open_house

PAGES = Path(__file__).parents[2] / "mobile_sim"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path)
    yield opened
    opened.store.close()


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    """The application; every answer that a test got is held against OpenAPI."""
    rooms = rooms_of(house)
    made = create_app(rooms, PAGES)
    made.wsgi_app = through(Front(made.wsgi_app, rooms))
    heard = listen(made)
    yield made
    document = json.loads(made.test_client().get("/openapi.json").data)
    assert list(differences(document, heard[:-1])) == []


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def world(http: FlaskClient, house: House) -> World:
    return a_world(http, house)
