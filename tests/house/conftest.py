"""What every test of the house reads."""

import tomllib
from typing import Any

import pytest
from house_files import HOUSE


@pytest.fixture(scope="session")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
