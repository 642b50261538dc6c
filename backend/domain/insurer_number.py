"""The number of an insurer (保険者番号): 8 digits, or 6 for National Health Insurance.

8 digits are law code (法別番号) 2, prefecture 2, insurer 3, check digit 1; the 6 of
国保 lack the law code, which some systems fill with 00. The national interface pads
the six with spaces, FHIR with zeros: both are read, and each door emits its own.
"""

from dataclasses import dataclass
from enum import Enum

from backend.domain.check_digit import parse_digits, require_check_digit
from backend.domain.errors import MalformedError
from backend.domain.words import Words

_WITHOUT_LAW_CODE = "00"
_LATE_ELDERLY_LAW_CODE = "39"
_INSURANCE_LAW_CODES = frozenset(
    "01 02 06 31 32 33 34 39".split()
    + "03 04 07 63 67 72 73 74 75".split()  # [MEM], docs/glossary.md
)
_UNKNOWN_ON_CLAIMS = frozenset({"77777777", "77777779"})


class Scheme(Enum):
    """The kind of insurance that an insurer runs, as its number tells it."""

    NATIONAL_HEALTH = "NATIONAL_HEALTH"
    LATE_ELDERLY = "LATE_ELDERLY"
    EMPLOYEE = "EMPLOYEE"

    @property
    def label(self) -> str:
        """The Japanese name of the kind."""
        return _SCHEME_LABELS[self]


_SCHEME_LABELS = {
    Scheme.NATIONAL_HEALTH: "国民健康保険",
    Scheme.LATE_ELDERLY: "後期高齢者医療",
    Scheme.EMPLOYEE: "被用者保険",
}


@dataclass(frozen=True, slots=True)
class InsurerNumber:
    """A checked insurer number; `digits` is canonical: 6 (国保) or 8 digits."""

    digits: str

    @classmethod
    def parse(cls, text: str, field: str = "insurer_number") -> "InsurerNumber":
        """Read 6 or 8 digits of either width, padded with spaces or zeros or not.

        Raises MalformedError, also for the 7s that claims carry for "unknown" (不詳)
        and for a law code that is none of a medical insurance (公費負担者番号 have the
        same form).
        """
        digits = parse_digits(text, field, (6, 8))
        if digits in _UNKNOWN_ON_CLAIMS:
            raise _unknown_insurer(field)
        require_check_digit(digits, field)
        if len(digits) == 6:
            return cls(digits)
        if digits.startswith(_WITHOUT_LAW_CODE):
            return cls(digits[2:])
        if digits[:2] not in _INSURANCE_LAW_CODES:
            raise _no_insurance(field)
        return cls(digits)

    @property
    def space_padded(self) -> str:
        """8 characters for the national interface: six digits after two spaces."""
        return self.digits.rjust(8)

    @property
    def zero_padded(self) -> str:
        """8 digits for FHIR (JP Core): six digits after two zeros."""
        return self.digits.rjust(8, "0")

    @property
    def law_code(self) -> str | None:
        """法別番号, the first two of eight digits; six digits have none."""
        return self.digits[:2] if len(self.digits) == 8 else None

    @property
    def scheme(self) -> Scheme:
        """The kind of insurance; every law code that is read but 39 counts as employee.

        [MEM] 67 (退職国保, 8 digits) belonged to 国保; unverified, so not told apart.
        """
        if self.law_code is None:
            return Scheme.NATIONAL_HEALTH
        if self.law_code == _LATE_ELDERLY_LAW_CODE:
            return Scheme.LATE_ELDERLY
        return Scheme.EMPLOYEE

    def __str__(self) -> str:
        return self.digits


def _unknown_insurer(field: str) -> MalformedError:
    return MalformedError(
        field,
        Words(
            "不詳請求用の番号で、保険者を指しません。",
            'It is the number claims use for "unknown"; it names no insurer.',
        ),
        Words(
            "資格確認書などに記載の保険者番号を入力してください。",
            "Enter the insurer number printed on the patient's paper.",
        ),
    )


def _no_insurance(field: str) -> MalformedError:
    return MalformedError(
        field,
        Words(
            "先頭2桁（法別番号）が医療保険のものではありません。公費負担者番号などの"
            "可能性があります。",
            "Its first two digits (法別番号) are of no medical insurance; it may be the"
            " payer number of a public expense (公費負担者番号).",
        ),
        Words(
            "資格確認書などに「保険者番号」と記載の番号を入力してください。",
            "Enter what the patient's paper calls the insurer number (保険者番号).",
        ),
    )
