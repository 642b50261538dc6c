"""One line of an insurer's member list: a person and their coverage, as told."""

from dataclasses import dataclass, field
from datetime import date

from backend.domain.charge import (
    CopayRatio,
    Effective,
    LimitCategory,
    SpecificDisease,
)
from backend.domain.codes import LossReason, Relation, Sex
from backend.domain.entitlement import CardStatus
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber
from backend.domain.person_name import PersonName
from backend.domain.words import Words
from backend.interchange.columns import Column


@dataclass(frozen=True, slots=True)
class LineError:
    """Why a line cannot be taken, and how to mend it; never the value itself.

    `line` counts from 1, the heading line included, as a spreadsheet shows it; `field`
    is a column's wire name, or "line".
    """

    line: int
    field: str
    reason: Words
    fix: Words


@dataclass(frozen=True, slots=True)
class RowRules:
    """Whose list it is, on which day in Japan it came, and whether it is sample data.

    With `sample_data` a My Number must fail its check digit, so that it can be
    nobody's; without, it must pass.
    """

    insurer: InsurerNumber
    received_on: date
    sample_data: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A line whose every value was read.

    `told` are the columns that the list has: what it has no column for, it does not
    speak of, and stays as registered. An empty cell says "none" of a fact (address,
    loss, relation) and nothing of a period (ratio, limit, diseases): periods are
    added, never taken away, by a list. A person under 不開示 has no address here.
    """

    line: int
    told: frozenset[Column]
    identity: InsuredIdentity = field(repr=False)
    name: PersonName = field(repr=False)
    birth_on: date = field(repr=False)
    sex: Sex
    acquired_on: date
    card_status: CardStatus
    address: str | None = field(default=None, repr=False)
    is_undisclosed: bool = False
    continuation_ends_on: date | None = None
    relation: Relation | None = None
    lost_on: date | None = None
    loss_reason: LossReason | None = None
    copay: Effective[CopayRatio] | None = None
    limit: Effective[LimitCategory] | None = None
    diseases: tuple[Effective[SpecificDisease], ...] = ()
    my_number: str | None = field(default=None, repr=False)
