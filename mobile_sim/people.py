"""Made-up people and insurers as plain values: what an insurer's list says of them."""

from dataclasses import dataclass
from datetime import date

from backend.domain.charge import CopayRatio, LimitCategory, SpecificDisease
from backend.domain.codes import LossReason, Relation, Sex
from backend.domain.entitlement import CardStatus


@dataclass(frozen=True, slots=True)
class Identity:
    """記号・番号・枝番 as this insurer prints them; empty where it has none."""

    symbol: str
    number: str
    branch: str


@dataclass(frozen=True, slots=True)
class MadeUpMember:
    """One line of an insurer's list: one invented person with one coverage.

    `kana` is full-width; the list file writes it half-width. `my_number` is twelve
    digits that fail the check digit, so that it can be nobody's.
    """

    identity: Identity
    name: str
    kana: str
    birth_on: date
    sex: Sex
    address: str
    acquired_on: date
    my_number: str
    card: CardStatus = CardStatus.USABLE
    relation: Relation | None = None
    lost_on: date | None = None
    loss_reason: LossReason | None = None
    ratio: CopayRatio | None = None
    ratio_from_on: date | None = None
    limit: LimitCategory | None = None
    limit_from_on: date | None = None
    limit_until_on: date | None = None
    disease: SpecificDisease | None = None
    is_undisclosed: bool = False
    continuation_ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class MadeUpInsurer:
    """An invented insurer and the habits of its list file.

    `encoding` is a Python codec; `is_wareki` says that dates are written by era.
    """

    number: str
    name: str
    contact: str
    encoding: str
    is_wareki: bool
    members: tuple[MadeUpMember, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """The people whom the story follows; each stands on a list as well."""

    phone_holder: MadeUpMember
    """Works, has a phone and a limit category: valid at the counter."""
    paper_holder: MadeUpMember
    """Over 75, no card: a certificate that holds."""
    changer_before: MadeUpMember
    """Changed jobs: the old coverage, whose certificate is still in the drawer."""
    changer_after: MadeUpMember
    """The same person with the new insurer."""
    retired: MadeUpMember
    """Left work; the certificate is printed valid for years."""
    twins: tuple[MadeUpMember, MadeUpMember]
    """One symbol, number and birth date; only the branch tells them apart."""
    loser: MadeUpMember
    """Lost the certificate: withdrawn."""
    misplacer: MadeUpMember
    """Cannot find the certificate at home: suspended."""
    victim: MadeUpMember
    """Whose certificate somebody altered."""
    leaver: MadeUpMember
    """Valid in the morning; the insurer reports the loss during the story."""
    stranger: MadeUpMember
    """On nobody's list."""


@dataclass(frozen=True, slots=True)
class Population:
    """Three insurers, a few hundred people each, and the cast among them."""

    employees: MadeUpInsurer
    residents: MadeUpInsurer
    elderly: MadeUpInsurer
    cast: Cast

    @property
    def insurers(self) -> tuple[MadeUpInsurer, MadeUpInsurer, MadeUpInsurer]:
        """All three, in the order of the story."""
        return self.employees, self.residents, self.elderly
