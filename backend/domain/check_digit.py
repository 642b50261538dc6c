"""The digits of a medical number, and the check digit (検証番号) that ends them.

From the digit left of the check digit, the digits count alternately double and
single, and the digits of all products are summed; the check digit fills the sum to a
multiple of ten. One rule for insurers, clinics and public expense; it is Luhn's.
"""

from collections.abc import Collection

from stdnum import luhn

from backend.domain.errors import MalformedError
from backend.domain.look_alikes import narrow
from backend.domain.words import Words


def parse_digits(text: str, field: str, lengths: Collection[int]) -> str:
    """The half-width digits of `text`: either width is read, padding is dropped.

    `lengths` are the numbers of digits that this kind of number may have.
    Raises MalformedError for any other character or length.
    """
    digits = narrow(text).strip(" ")
    if not (digits.isascii() and digits.isdecimal()):
        raise MalformedError(
            field,
            Words("数字だけの値ではありません。", "It is not made of digits alone."),
            Words("数字だけを入力してください。", "Enter digits only."),
        )
    if len(digits) not in lengths:
        raise _wrong_length(field, lengths)
    return digits


def refuse_zeros(digits: str, field: str) -> None:
    """Raise MalformedError for zeros alone: they fit every check, and name nobody."""
    if not digits.strip("0"):
        raise MalformedError(
            field,
            Words(
                "0だけの番号は存在しません。", "No such number is made of zeros alone."
            ),
            Words(
                "元の書類に記載の番号を入力してください。",
                "Enter the number printed on the paper it came from.",
            ),
        )


def require_check_digit(digits: str, field: str) -> None:
    """Raise MalformedError unless the last digit is the check digit of the others."""
    refuse_zeros(digits, field)
    if not luhn.is_valid(digits):
        raise MalformedError(
            field,
            Words("検証番号が合いません。", "The check digit does not fit."),
            Words(
                "元の書類と1桁ずつ見比べてください。",
                "Compare it digit by digit with the paper it came from.",
            ),
        )


def _wrong_length(field: str, lengths: Collection[int]) -> MalformedError:
    shortest, longest = min(lengths), max(lengths)
    ja = "・".join(f"{length}桁" for length in sorted(lengths))
    en = " or ".join(str(length) for length in sorted(lengths))
    if len(lengths) > 2:
        ja, en = f"{shortest}〜{longest}桁", f"{shortest} to {longest}"
    return MalformedError(
        field,
        Words(f"桁数が違います（正しくは{ja}）。", f"It must have {en} digits."),
        Words(
            "先頭の0が表計算ソフトで消えていないか確認してください。",
            "Check whether a spreadsheet has eaten leading zeros.",
        ),
    )
