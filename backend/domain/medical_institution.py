"""The ten-digit code of a clinic, hospital or pharmacy (医療機関コード).

Prefecture 2, fee table (点数表) 1, institution 7, of which the last is the check digit
computed over all ten.
"""

from dataclasses import dataclass
from enum import Enum

from backend.domain.check_digit import parse_digits, require_check_digit
from backend.domain.errors import MalformedError
from backend.domain.words import Words


class FeeTable(Enum):
    """点数表: by which table of fees an institution claims (third digit)."""

    MEDICAL = "1"
    CHECK_UP = "2"
    DENTAL = "3"
    PHARMACY = "4"
    HOME_NURSING = "6"

    @property
    def label(self) -> str:
        """The Japanese name."""
        return _FEE_TABLE_LABELS[self]


_FEE_TABLE_LABELS = {
    FeeTable.MEDICAL: "医科",
    FeeTable.CHECK_UP: "健診",
    FeeTable.DENTAL: "歯科",
    FeeTable.PHARMACY: "調剤",
    FeeTable.HOME_NURSING: "訪問看護",
}
_FEE_TABLE_DIGITS = frozenset(table.value for table in FeeTable)


@dataclass(frozen=True, slots=True)
class MedicalInstitutionCode:
    """A checked institution code of ten half-width digits."""

    digits: str

    @classmethod
    def parse(
        cls, text: str, field: str = "medical_institution_code"
    ) -> "MedicalInstitutionCode":
        """Read ten digits of either width. Raises MalformedError."""
        digits = parse_digits(text, field, (10,))
        if digits[2] not in _FEE_TABLE_DIGITS:
            raise _unknown_fee_table(field)
        require_check_digit(digits, field)
        return cls(digits)

    @property
    def prefecture(self) -> str:
        """The two digits of the prefecture."""
        return self.digits[:2]

    @property
    def fee_table(self) -> FeeTable:
        """The fee table of the third digit."""
        return FeeTable(self.digits[2])

    def __str__(self) -> str:
        return self.digits


def _unknown_fee_table(field: str) -> MalformedError:
    return MalformedError(
        field,
        Words("3桁目が点数表の番号ではありません。", "Digit 3 names no fee table."),
        Words(
            "都道府県2桁・点数表1桁・医療機関7桁の順で入力してください。",
            "Enter prefecture (2), fee table (1), institution (7).",
        ),
    )
