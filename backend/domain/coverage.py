"""資格: one person with one insurer, from a day until the first day not covered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from backend.domain.charge import (
    CopayRatio,
    Effective,
    LimitCategory,
    SpecificDisease,
)
from backend.domain.codes import CardClassification, LossReason, Relation
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber


@dataclass(frozen=True, slots=True)
class Coverage:
    """One version of a coverage, as the insurer told it at `recorded_at`.

    `lost_on` is 資格喪失年月日: the first day NOT covered. A registration that was
    undone has `lost_on == acquired_on`. Corrections append a version with the same
    `id`; nothing told before is overwritten.
    """

    id: str
    person_id: str
    insurer: InsurerNumber
    identity: InsuredIdentity
    acquired_on: date
    recorded_at: datetime
    lost_on: date | None = None
    loss_reason: LossReason | None = None
    relation: Relation | None = None
    classification: CardClassification = CardClassification.GENERAL
    copay: tuple[Effective[CopayRatio], ...] = ()
    limits: tuple[Effective[LimitCategory], ...] = ()
    diseases: tuple[Effective[SpecificDisease], ...] = ()

    def holds_on(self, on: date) -> bool:
        """Whether the day `on` is covered; `lost_on` itself no longer is."""
        return self.acquired_on <= on and not self.has_ended_by(on)

    def has_ended_by(self, on: date) -> bool:
        """Whether coverage was lost on or before the day `on`."""
        return self.lost_on is not None and self.lost_on <= on

    @property
    def is_undone(self) -> bool:
        """Whether the registration was taken back as if it had never been."""
        return self.lost_on == self.acquired_on


@dataclass(frozen=True, slots=True)
class Hold:
    """点検中: a coverage hidden from clinics while its link is inspected."""

    coverage_id: str
    opened_at: datetime
    released_at: datetime | None = None

    def hides_at(self, known_at: datetime) -> bool:
        """Whether the coverage was hidden at the instant `known_at`."""
        return self.opened_at <= known_at and (
            self.released_at is None or known_at < self.released_at
        )


@dataclass(frozen=True, slots=True)
class PendingFiling:
    """届出受付中: an insurer has the filing, the coverage is not yet registered."""

    insurer: InsurerNumber
    filed_at: datetime
    expected_on: date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """All that the register knows of the people a question touches.

    `coverages` holds every version ever told, of every coverage of these people;
    `delivered` tells by insurer number the later of that insurer's last delivery and
    last confirmation, for those who told of these people and ever delivered.
    """

    coverages: tuple[Coverage, ...] = ()
    holds: tuple[Hold, ...] = ()
    filings: tuple[PendingFiling, ...] = ()
    delivered: Mapping[str, datetime] = field(default_factory=dict)
