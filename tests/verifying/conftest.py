"""A house, and a clinic that asks it."""

import json
from collections.abc import Callable
from dataclasses import astuple
from datetime import datetime
from hashlib import sha256

import pytest

from backend.storage.rows import Client, ClientKind
from backend.verifying.question import CodeShown, PaperShown, Question
from tests.house_of_glass import CLINIC, open_house


@pytest.fixture
def house(tmp_path):
    opened = open_house(tmp_path)
    yield opened
    opened.store.close()


@pytest.fixture
def ask(house) -> Callable[..., dict]:
    """Ask as a clinic's terminal would; every question has its own key unless given."""

    def asking(
        shown: object,
        *,
        clinic: str = CLINIC,
        key: str | None = None,
        at: datetime | None = None,
        **more: object,
    ) -> dict:
        key = key or f"key-{next(house.numbers):08}"
        digest = sha256(repr((astuple(shown), sorted(more.items()))).encode()).digest()
        terminal = Client(
            f"terminal-{clinic}",
            ClientKind.CLINIC,
            clinic,
            "受付1",
            {},
            house.at,
        )
        question = Question(shown, key, digest, **more)
        return json.loads(
            house.online.check(question, lambda tx: terminal, at or house.at)
        )

    return asking


@pytest.fixture
def ask_phone(house, ask):
    def asking(phone, made_at=None, challenge=None, **more):
        return ask(CodeShown(phone.code(made_at or house.at, challenge)), **more)

    return asking


@pytest.fixture
def ask_paper(ask):
    return lambda text, **more: ask(PaperShown(text), **more)
