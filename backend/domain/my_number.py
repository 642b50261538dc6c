"""Whether twelve digits could be a My Number (個人番号): the check, never a maker.

A clinic never handles the number, so this serves to refuse it where it must not be
and to check it where an insurer may hold it. Rule: 総務省令第85号 第5条.
"""

from backend.domain.look_alikes import HYPHENS, narrow

_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_SEPARATORS = str.maketrans("", "", HYPHENS + " ")


def is_my_number(text: str) -> bool:
    """Is `text` twelve digits whose last is the check digit of the first eleven?

    Digits of either width count, and spaces and hyphens between them do not: the
    card prints groups of four, and a leak must be found however it is written.
    """
    digits = narrow(text).translate(_SEPARATORS)
    if not (len(digits) == 12 and digits.isascii() and digits.isdecimal()):
        return False
    remainder = sum(w * int(d) for w, d in zip(_WEIGHTS, digits[:11], strict=True)) % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)
