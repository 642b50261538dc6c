"""A house that issues."""

import pytest

from tests.house_of_glass import open_house


@pytest.fixture
def house(tmp_path):
    opened = open_house(tmp_path)
    yield opened
    opened.store.close()
