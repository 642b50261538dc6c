"""The verdict: does coverage hold on the day asked, and if not, why."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from backend.domain.codes import QualificationValidity
from backend.domain.coverage import Coverage


class Reason(Enum):
    """Why the answer is what it is; the values are stable wire names."""

    COVERED = "covered"
    LAPSED = "lapsed"
    NEWER_COVERAGE = "newer-coverage"
    NOT_YET_STARTED = "not-yet-started"
    REGISTRATION_UNDONE = "registration-undone"
    HIDDEN = "hidden"
    REGISTRATION_IN_PROGRESS = "registration-in-progress"
    NOT_KNOWN_THEN = "not-known-then"
    NONE_FOUND = "none-found"
    SEVERAL_PERSONS = "several-persons"
    SEVERAL_COVERAGES = "several-coverages"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The national answer with its reason: a value, never an exception.

    `coverage` is the one that the answer speaks of (absent for 4 and 5). For
    `INVALID_NEWER_EXISTS` it is the old one: whose the newer is stays untold.
    `since` is the day that the reason began, or will begin (`NOT_YET_STARTED`); for
    `INVALID_NEWER_EXISTS` the day that the old one was lost, and only if it was not,
    the day that the newer began.
    `expected_on` is the day by which a registration in progress will be done.
    `has_overlap` warns that another insurer claims the same day as well, and that no
    rule of the field says which of them counts.
    `as_of` is the age of the data: when the insurer of `coverage` last delivered or
    confirmed, and nobody else (None without a coverage, or if it never did).
    """

    validity: QualificationValidity
    reason: Reason
    on: date
    coverage: Coverage | None = None
    since: date | None = None
    has_overlap: bool = False
    as_of: datetime | None = None
    expected_on: date | None = None

    @property
    def is_valid(self) -> bool:
        """Whether coverage holds on the day asked."""
        return self.validity is QualificationValidity.VALID
