"""Valid pieces of a member list, for tests to bend."""

from datetime import date

import pytest
from interchange_lists import EMPLOYEES

from backend.interchange.member_row import RowRules


@pytest.fixture
def rules() -> RowRules:
    """Sample data of the employees' insurer, come on 23 November 2026."""
    return RowRules(EMPLOYEES, date(2026, 11, 23), sample_data=True)
