"""Valid things of the field, for a test to bend one part of."""

from datetime import UTC, date, datetime

import pytest

from backend.domain.coverage import Coverage
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber

EMPLOYEE = InsurerNumber.parse("01130012")
OTHER_EMPLOYEE = InsurerNumber.parse("06130017")
NATIONAL = InsurerNumber.parse("138057")
ELDERLY = InsurerNumber.parse("39130018")
TOLD_AT = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def a_coverage():
    """Makes a coverage of person `p` that began on 2024-04-01 and has not ended."""

    def make(**bent: object) -> Coverage:
        whole = {
            "id": "cov-a",
            "person_id": "p",
            "insurer": EMPLOYEE,
            "identity": InsuredIdentity("あ－１", "12345", "01"),
            "acquired_on": date(2024, 4, 1),
            "recorded_at": TOLD_AT,
        }
        return Coverage(**{**whole, **bent})

    return make
