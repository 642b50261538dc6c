"""What an insurer may tell anew of a coverage: what changed, what was told wrongly."""

from dataclasses import dataclass, field, replace
from datetime import date

from backend.domain.charge import (
    CopayRatio,
    Effective,
    LimitCategory,
    SpecificDisease,
)
from backend.domain.codes import CardClassification, LossReason, Relation, Sex
from backend.domain.entitlement import CardStatus
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.person_name import PersonName
from backend.registering.descriptions import Told
from backend.registering.periods import with_each, with_period


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changed in the world; None is not told and stays as it is.

    Ratio, limit and diseases are added with their own periods. Marking a person as
    不開示 takes the address away.
    """

    identity: InsuredIdentity | None = field(default=None, repr=False)
    relation: Relation | None = None
    classification: CardClassification | None = None
    copay: Effective[CopayRatio] | None = None
    limit: Effective[LimitCategory] | None = None
    diseases: tuple[Effective[SpecificDisease], ...] = ()
    name: PersonName | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    is_undisclosed: bool | None = None
    card_status: CardStatus | None = None
    continuation_ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was told wrongly; None is not told and stays as it is."""

    acquired_on: date | None = None
    lost_on: date | None = None
    loss_reason: LossReason | None = None
    birth_on: date | None = field(default=None, repr=False)
    sex: Sex | None = None


def changed(before: Told, told: Change) -> Told:
    """The person and coverage as they are after the change."""
    member, coverage = before.member, before.coverage
    person = member.person
    is_undisclosed = person.is_undisclosed
    if told.is_undisclosed is not None:
        is_undisclosed = told.is_undisclosed
    person = replace(
        person,
        name=told.name or person.name,
        address=None if is_undisclosed else told.address or person.address,
        is_undisclosed=is_undisclosed,
    )
    member = replace(
        member,
        person=person,
        card_status=told.card_status.value if told.card_status else member.card_status,
        continuation_ends_on=told.continuation_ends_on or member.continuation_ends_on,
    )
    coverage = replace(
        coverage,
        identity=told.identity or coverage.identity,
        relation=told.relation or coverage.relation,
        classification=told.classification or coverage.classification,
        copay=with_period(coverage.copay, told.copay),
        limits=with_period(coverage.limits, told.limit),
        diseases=with_each(coverage.diseases, told.diseases),
    )
    return Told(member, coverage)


def corrected(before: Told, told: Correction) -> Told:
    """The person and coverage as they should have been told."""
    member, coverage = before.member, before.coverage
    person = replace(
        member.person,
        birth_on=told.birth_on or member.person.birth_on,
        sex=told.sex or member.person.sex,
    )
    coverage = replace(
        coverage,
        acquired_on=told.acquired_on or coverage.acquired_on,
        lost_on=told.lost_on or coverage.lost_on,
        loss_reason=told.loss_reason or coverage.loss_reason,
    )
    return Told(replace(member, person=person), coverage)
