"""The application over a small real house; its clock moves only when told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from api_desk import BASE, CODE_KEY, World, a_world
from described import differences, listen
from flask import Flask
from flask.testing import FlaskClient

from backend.api.rooms import Rooms
from backend.app import create_app
from backend.keyring.column_safe import ColumnSafe
from backend.keyring.secrets_box import ColumnKeys
from backend.registering.registrar import Registrar
from tests.house_of_glass import House, open_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path)
    yield opened
    opened.store.close()


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    """The application; every answer that a test got is held against OpenAPI."""
    safe = ColumnSafe(ColumnKeys.derive(bytes(32), 1), house.random_bytes)
    made = create_app(
        Rooms(
            store=house.store,
            clock=lambda: house.at,
            random_bytes=house.random_bytes,
            issuer=house.issuer,
            online=house.online,
            code_key=CODE_KEY,
            registrar=Registrar(house.store, safe, house.random_bytes, True),
            base_url=BASE,
        )
    )
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
