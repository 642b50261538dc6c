"""What a patient is charged: ratio, monthly limit, and when each is in force."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Generic, TypeVar

from backend.domain.errors import MalformedError
from backend.domain.look_alikes import narrow
from backend.domain.words import Words

T = TypeVar("T")

_RATIO = re.compile(r"0?([1-3])0|([1-3])割?")


class CopayRatio(Enum):
    """一部負担金割合; the value is the national three digits (per cent)."""

    ONE_TENTH = "010"
    TWO_TENTHS = "020"
    THREE_TENTHS = "030"

    @classmethod
    def parse(cls, text: str, field: str = "copay_ratio") -> "CopayRatio":
        """Read 020, 20, 2 or 2割, of either width. Raises MalformedError."""
        found = _RATIO.fullmatch(narrow(text).strip(" "))
        if found is None:
            raise MalformedError(
                field,
                Words("負担割合ではありません。", "It is not a copayment ratio."),
                Words(
                    "010・020・030 か 1割・2割・3割 で入力してください。",
                    "Enter 010, 020 or 030, or 1割, 2割 or 3割.",
                ),
            )
        return cls(f"0{found[1] or found[2]}0")

    @property
    def tenths(self) -> int:
        """How many tenths the patient pays: 1, 2 or 3."""
        return int(self.value) // 10

    @property
    def label(self) -> str:
        """As printed: 1割, 2割 or 3割."""
        return f"{self.tenths}割"


class LimitCategory(Enum):
    """限度額の適用区分, OQSCD012.

    A.. are for people under 70 ([MEM]), B.. for 70 and over; of these B04 is for 70
    to 74 only and B09, B10 are for the late-stage elderly (75 and over) only.
    """

    A_A = "A01"
    A_I = "A02"
    A_U = "A03"
    A_E = "A04"
    A_O = "A05"
    A_O_BORDER = "A06"
    ACTIVE_3 = "B01"
    ACTIVE_2 = "B02"
    ACTIVE_1 = "B03"
    GENERAL = "B04"
    LOW_INCOME_2 = "B05"
    LOW_INCOME_1 = "B06"
    LOW_INCOME_1_WELFARE_PENSION = "B07"
    LOW_INCOME_1_BORDER = "B08"
    GENERAL_2 = "B09"
    GENERAL_1 = "B10"

    @property
    def label(self) -> str:
        """The Japanese name of the category."""
        return _LIMIT_LABELS[self]


_LIMIT_LABELS = {
    LimitCategory.A_A: "ア",
    LimitCategory.A_I: "イ",
    LimitCategory.A_U: "ウ",
    LimitCategory.A_E: "エ",
    LimitCategory.A_O: "オ",
    LimitCategory.A_O_BORDER: "オ(境)",
    LimitCategory.ACTIVE_3: "現役並みⅢ",
    LimitCategory.ACTIVE_2: "現役並みⅡ",
    LimitCategory.ACTIVE_1: "現役並みⅠ",
    LimitCategory.GENERAL: "一般",
    LimitCategory.LOW_INCOME_2: "低所得Ⅱ",
    LimitCategory.LOW_INCOME_1: "低所得Ⅰ",
    LimitCategory.LOW_INCOME_1_WELFARE_PENSION: "低所得Ⅰ(老福)",
    LimitCategory.LOW_INCOME_1_BORDER: "低所得Ⅰ(境)",
    LimitCategory.GENERAL_2: "一般Ⅱ",
    LimitCategory.GENERAL_1: "一般Ⅰ",
}


class LimitCertificateKind(Enum):
    """限度額適用認定証の区分, OQSCD011."""

    LIMIT = "01"
    LIMIT_AND_STANDARD_AMOUNT = "02"
    STANDARD_AMOUNT = "03"

    @property
    def label(self) -> str:
        """The Japanese name of the certificate."""
        return _CERTIFICATE_LABELS[self]


_CERTIFICATE_LABELS = {
    LimitCertificateKind.LIMIT: "限度額適用認定証",
    LimitCertificateKind.LIMIT_AND_STANDARD_AMOUNT: (
        "限度額適用・標準負担額減額認定証"
    ),
    LimitCertificateKind.STANDARD_AMOUNT: "標準負担額減額認定証",
}


class SpecificDisease(Enum):
    """特定疾病, OQSCD013: costly diseases with a monthly limit of their own."""

    CHRONIC_KIDNEY_FAILURE = "1"
    CONGENITAL_CLOTTING_DISORDER = "2"
    HIV_FROM_BLOOD_PRODUCTS = "3"

    @property
    def label(self) -> str:
        """The Japanese name of the disease."""
        return _DISEASE_LABELS[self]


_DISEASE_LABELS = {
    SpecificDisease.CHRONIC_KIDNEY_FAILURE: "人工透析を要する慢性腎不全",
    SpecificDisease.CONGENITAL_CLOTTING_DISORDER: ("先天性血液凝固因子障害(VIII・IX)"),
    SpecificDisease.HIV_FROM_BLOOD_PRODUCTS: "血液凝固因子製剤によるHIV感染症",
}


@dataclass(frozen=True)  # no slots: Python 3.11 then refuses Effective[CopayRatio](…)
class Effective(Generic[T]):
    """A value with its own period: from 発効期日 to the last day, both inclusive.

    `until_on` None means until further notice. A period that ends before it begins
    is in force on no day: that is how one is taken back.
    """

    value: T
    from_on: date
    until_on: date | None

    def is_in_force(self, on: date) -> bool:
        """Does the value hold on the day `on`?"""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


def may_end_on(from_on: date, until_on: date | None) -> bool:
    """Can a period from `from_on` end so? The day before it takes it back."""
    return until_on is None or from_on - until_on <= timedelta(days=1)


def period_in_force(periods: Sequence[Effective[T]], on: date) -> Effective[T] | None:
    """The period that holds on the day `on`, or None.

    Where periods overlap, the one that began later wins (a new judgement replaces the
    old); of two that began on one day, the one that stands later in `periods`.
    """
    held = sorted(
        (period for period in periods if period.is_in_force(on)),
        key=lambda period: period.from_on,
    )
    return held[-1] if held else None


def in_force(periods: Sequence[Effective[T]], on: date) -> T | None:
    """The value of the period that holds on the day `on`, or None."""
    held = period_in_force(periods, on)
    return held.value if held else None
