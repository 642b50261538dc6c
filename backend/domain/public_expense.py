"""The two numbers of public expense (公費): who pays, and who receives."""

from dataclasses import dataclass

from backend.domain.check_digit import (
    parse_digits,
    refuse_zeros,
    require_check_digit,
)

_NATIONAL_RECIPIENT_LENGTH = 7
_LONGEST_RECIPIENT = 30


@dataclass(frozen=True, slots=True)
class PublicExpensePayerNumber:
    """公費負担者番号: law code 2, prefecture 2, office 3, check digit 1."""

    digits: str

    @classmethod
    def parse(
        cls, text: str, field: str = "public_expense_payer_number"
    ) -> "PublicExpensePayerNumber":
        """Read eight digits of either width. Raises MalformedError."""
        digits = parse_digits(text, field, (8,))
        require_check_digit(digits, field)
        return cls(digits)

    @property
    def law_code(self) -> str:
        """法別番号: under which law the expense is paid."""
        return self.digits[:2]

    def __str__(self) -> str:
        return self.digits


@dataclass(frozen=True, slots=True)
class PublicExpenseRecipientNumber:
    """公費受給者番号: six digits and a check digit; local schemes go up to 30."""

    digits: str

    @classmethod
    def parse(
        cls, text: str, field: str = "public_expense_recipient_number"
    ) -> "PublicExpenseRecipientNumber":
        """Read 7 to 30 digits of either width. Raises MalformedError.

        Only the seven-digit number has a known check digit; a longer local number
        is taken as it is unless all zero (30 is the limit of the PMH registration
        interface).
        """
        lengths = range(_NATIONAL_RECIPIENT_LENGTH, _LONGEST_RECIPIENT + 1)
        digits = parse_digits(text, field, lengths)
        refuse_zeros(digits, field)
        if len(digits) == _NATIONAL_RECIPIENT_LENGTH:
            require_check_digit(digits, field)
        return cls(digits)

    def __str__(self) -> str:
        return self.digits
