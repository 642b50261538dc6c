"""代理: somebody else's phone that may show a person's coverage, until a day.

A parent for a child, a carer for a parent. The national tables have no code for it;
the relations are our own words.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum

from backend.domain.errors import MalformedError
from backend.domain.japan_time import start_of_day
from backend.domain.plain_text import parse_text
from backend.domain.words import Words

LONGEST = timedelta(days=365)
LONGEST_NAME = 40
MOST_DELEGATES = 5
"""So many phones of others may stand for one person at a time."""


class DelegateRelation(Enum):
    """What the delegate is to the person; the values are stable wire names."""

    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    FAMILY = "family"
    GUARDIAN = "guardian"
    CARER = "carer"
    OTHER = "other"

    @property
    def words(self) -> Words:
        """The relation, as a screen says it."""
        return _RELATIONS[self]


@dataclass(frozen=True, slots=True)
class Delegation:
    """What a person, or the insurer's letter, lets a delegate's phone do.

    `until_on` is the last day in Japan on which it may; `granted_by` the id of the
    person's own phone that granted it, "" for a letter's code.
    """

    relation: DelegateRelation
    until_on: date
    may_see_history: bool = False
    granted_by: str = ""

    @property
    def ends_at(self) -> datetime:
        """The instant from which the delegate's key opens nothing any more."""
        return start_of_day(self.until_on + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Delegate:
    """A delegate as they call themselves (nobody vouches for it), and what they may."""

    name: str = field(repr=False)
    delegation: Delegation

    def has_ended(self, at: datetime) -> bool:
        """Whether the last day is over at the instant `at`."""
        return self.delegation.ends_at <= at


def parse_delegate_name(text: str) -> str:
    """The name that a delegate goes by. Raises MalformedError for none that can be."""
    return parse_text(text, "delegate.name", LONGEST_NAME)


def require_until(until_on: date, today: date, field: str) -> date:
    """A day from today to a year from now. Raises MalformedError that names `field`."""
    if today <= until_on <= today + LONGEST:
        return until_on
    raise MalformedError(
        field,
        Words(
            "今日から1年以内の日付ではありません。",
            "It is not a day from today to a year from now.",
        ),
        Words(
            "代理の最後の日を、1年以内で指定してください。",
            "Give the last day of the delegation, at most 365 days ahead.",
        ),
    )


_RELATIONS = {
    DelegateRelation.PARENT: Words("親", "parent"),
    DelegateRelation.CHILD: Words("子", "child"),
    DelegateRelation.SPOUSE: Words("配偶者", "spouse"),
    DelegateRelation.FAMILY: Words("その他の家族", "another member of the family"),
    DelegateRelation.GUARDIAN: Words("成年後見人など", "legal guardian"),
    DelegateRelation.CARER: Words("介護・支援をする人", "carer"),
    DelegateRelation.OTHER: Words("その他", "other"),
}
