"""Code values of the national interface (業務コード仕様, tables OQSCDnnn).

Values and labels as gathered in the field study from public implementations; the
official tables are not public (docs/glossary.md names the source of each).
"""

from enum import Enum


class QualificationValidity(Enum):
    """資格有効性, OQSCD006; 6 belongs to public assistance and is a non-goal."""

    VALID = "1"
    INVALID = "2"
    INVALID_NEWER_EXISTS = "3"
    NONE_FOUND = "4"
    SEVERAL_FOUND = "5"

    @property
    def label(self) -> str:
        """The national Japanese label, word for word."""
        return _VALIDITY_LABELS[self]


_VALIDITY_LABELS = {
    QualificationValidity.VALID: "有効",
    QualificationValidity.INVALID: "無効",
    QualificationValidity.INVALID_NEWER_EXISTS: "無効（新しい資格あり）",
    QualificationValidity.NONE_FOUND: "該当資格なし",
    QualificationValidity.SEVERAL_FOUND: "複数該当",
}


class Sex(Enum):
    """性別, OQSCD007."""

    MALE = "1"
    FEMALE = "2"
    UNSET = "3"


class LossReason(Enum):
    """資格喪失事由, OQSCD008."""

    DEATH = "01"
    PUBLIC_ASSISTANCE = "02"
    OTHER_INSURANCE = "03"
    OTHER = "99"


class Relation(Enum):
    """本人・家族の別, OQSCD009; absent for the late-stage elderly."""

    INSURED = "1"
    FAMILY = "2"


class CardClassification(Enum):
    """被保険者証区分, OQSCD010: only the values in use since 2024-12-02."""

    GENERAL = "01"
    SPECIAL_MEDICAL_EXPENSES = "05"
    SELF_DEFENCE_FORCES = "07"

    @property
    def label(self) -> str:
        """The Japanese name, as the table has it since that day."""
        return _CLASSIFICATION_LABELS[self]


_CLASSIFICATION_LABELS = {
    CardClassification.GENERAL: "一般",
    CardClassification.SPECIAL_MEDICAL_EXPENSES: "特別療養費支給対象者",
    CardClassification.SELF_DEFENCE_FORCES: "自衛官",
}
