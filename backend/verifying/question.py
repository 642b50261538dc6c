"""What a clinic asks: something shown, a day, and what the person agreed to."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber


class Agreement(Enum):
    """Items that a person must agree to show, asked anew in each check."""

    LIMIT = "limit"
    DISEASES = "diseases"


class ClaimReason(Enum):
    """Why a day further away than a month is asked; our own codes."""

    LATE_CLAIM = "late-claim"
    RETURNED_CLAIM = "returned-claim"
    CORRECTED_CLAIM = "corrected-claim"


@dataclass(frozen=True, slots=True)
class CodeShown:
    """The text of a phone's code, as a camera or a typing scanner gave it."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaperShown:
    """The text of a certificate's code, or the certificate itself as a JWT."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NumbersShown:
    """Numbers typed from a paper: the national key, without name or sex."""

    insurer: InsurerNumber
    identity: InsuredIdentity = field(repr=False)
    birth_on: date = field(repr=False)


Shown = CodeShown | PaperShown | NumbersShown


@dataclass(frozen=True, slots=True)
class Question:
    """One check. `on` None means today in Japan; `digest` tells a retry from another.

    `digest` is the SHA-256 of the request as sent; `idempotency_key` was chosen by
    the asker.
    """

    shown: Shown
    idempotency_key: str
    digest: bytes = field(repr=False)
    on: date | None = None
    claim_reason: ClaimReason | None = None
    agreed: frozenset[Agreement] = frozenset()
