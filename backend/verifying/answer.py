"""What a clinic is told, already reduced to what it may see."""

from dataclasses import dataclass, field
from datetime import date, datetime

from backend.credentials.presentation import PresentationKind
from backend.domain.charge import CopayRatio, LimitCategory, SpecificDisease
from backend.domain.codes import Sex
from backend.domain.coverage import Coverage
from backend.domain.outcome import DocumentState, Outcome
from backend.domain.verdict import Verdict
from backend.verifying.shown_by import DelegateShowed


@dataclass(frozen=True, slots=True)
class Document:
    """What was shown: `kind` is phone, certificate or numbers.

    `presentation_kind` tells whether a phone's code answers the server's challenge,
    `shown_by` who showed it, where that was not the person's own phone. `is_copy` tells
    a certificate's copy on a phone from the paper.
    """

    kind: str
    state: DocumentState
    object_id: str | None = None
    presentation_kind: PresentationKind | None = None
    shown_by: DelegateShowed | None = None
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """The person as a clinic may see them: never an address."""

    name: str = field(repr=False)
    kana: str = field(repr=False)
    birth_on: date = field(repr=False)
    sex: Sex
    has_unsupported: bool


@dataclass(frozen=True, slots=True)
class Charge:
    """What to charge on the day asked.

    `ratio_from` says whether the insurer recorded the ratio (`recorded`), the age
    allows only one (`age-rule`), or nobody knows (`unknown`, ratio None).
    """

    ratio: CopayRatio | None
    ratio_from: str
    limit: LimitCategory | None
    diseases: tuple[SpecificDisease, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: headline, both questions apart, and what follows from them."""

    check_id: str
    checked_at: datetime
    on: date
    outcome: Outcome
    document: Document
    verdict: Verdict | None = None
    person: PersonSeen | None = None
    coverage: Coverage | None = None
    charge: Charge | None = None
    insurer_name: str | None = None
    insurer_contact: str | None = None
    shown: tuple[str, ...] = ()
