"""Whether twelve digits could be a My Number (個人番号): the check, never a maker.

A clinic never handles the number, so this serves to refuse it where it must not be
and to check it where an insurer may hold it. Rule: 総務省令第85号 第5条.
"""

from backend.domain.errors import MalformedError
from backend.domain.look_alikes import HYPHENS, narrow
from backend.domain.words import Words

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


def refuse_my_number(text: str, field: str) -> None:
    """Raise MalformedError if `text` could be a My Number: for doors it must not pass.

    A 番号 may have up to 20 characters (docs/glossary.md), so one insured number of
    twelve digits in eleven is refused with it. That is the lesser harm: its holder can
    be checked by phone or certificate, and a My Number told to a clinic cannot be
    untold.
    """
    if is_my_number(text):
        raise MalformedError(
            field,
            Words(
                "個人番号（マイナンバー）の可能性がある12桁です。医療機関では扱えません。",
                "Its twelve digits may be a My Number, which a clinic never handles.",
            ),
            Words(
                "資格確認書などに記載の記号・番号を入力してください。この12桁が記載の"
                "番号であれば、スマホか資格確認書のコードで確認してください。",
                "Enter the symbol and number printed on the paper. If these digits are"
                " printed there, check by the code of the phone or the certificate.",
            ),
        )
