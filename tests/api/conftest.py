"""The application over a small real house; its clock moves only when told."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application, put together once: it asks for its rooms at each request."""
    house = open_house(tmp_path_factory.mktemp("house"))
    yield create_app(rooms_of(house), PAGES)
    house.store.close()


@pytest.fixture(scope="session")
def described(built: Flask) -> Any:
    """What the application says of itself (OpenAPI)."""
    return json.loads(built.test_client().get("/openapi.json").data)


@pytest.fixture
def app(
    built: Flask, described: Any, house: House, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """The application over the test's house; each answer is held against OpenAPI."""
    rooms = rooms_of(house)
    front = through(Front(built.wsgi_app, rooms))
    monkeypatch.setitem(built.extensions, "shikaku", rooms)
    monkeypatch.setattr(built, "view_functions", dict(built.view_functions))
    monkeypatch.setattr(built, "wsgi_app", front)
    heard = listen(built)
    yield built
    assert list(differences(described, heard)) == []


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def world(http: FlaskClient, house: House) -> World:
    return a_world(http, house)
