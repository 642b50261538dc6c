"""代理: what a delegate's phone may, how one is granted, and which there are."""

from backend.admitting.enrolling import LONGEST_NAME
from backend.api.schemas.fields import (
    Bilingual,
    Choice,
    Day,
    Flag,
    Instant,
    Part,
    Several,
    Shape,
    Text,
)
from backend.domain.delegation import LONGEST_NAME as LONGEST_DELEGATE
from backend.domain.delegation import DelegateRelation

_UNTIL = {"description": "代理の最後の日（1年以内）/ the last day, within a year"}


class DelegationShape(Shape):
    """What a delegate is to the person, what they may, and the last day."""

    relation = Choice(DelegateRelation, required=True)
    relation_words = Bilingual(required=True)
    until = Day(required=True, metadata=_UNTIL)
    may_see_history = Flag(required=True)


class GrantShape(Shape):
    """What a person's own phone grants to somebody else's."""

    relation = Choice(DelegateRelation, required=True)
    until = Day(required=True, metadata=_UNTIL)
    may_see_history = Flag(load_default=False)


class GrantedShape(Shape):
    """The code that the other phone is activated with: shown once."""

    code = Text(14, required=True)
    expires_at = Instant(required=True)


class DelegateListedShape(DelegationShape):
    """One delegate's phone; `ended_at` once it was ended or given up."""

    id = Text(40, required=True)
    name = Text(LONGEST_DELEGATE, required=True, shortest=0)
    phone_name = Text(LONGEST_NAME, required=True, shortest=0)
    is_by_letter = Flag(required=True)
    enrolled_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)


class DelegationsShape(Shape):
    """All of them, oldest first."""

    delegations = Several(Part(DelegateListedShape()), 1_000, required=True)
