"""Numbers that spreadsheets damage: the insurer's own and the My Number in a row."""

from backend.domain.errors import MalformedError
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber
from backend.domain.look_alikes import HYPHENS, narrow
from backend.domain.my_number import is_my_number
from backend.domain.words import Words
from backend.interchange.columns import Column
from backend.interchange.member_row import RowRules
from backend.interchange.reading import Reading

_AS_TEXT = Words(
    "表計算ソフトで列の書式を「文字列」にしてから貼り付け、保存し直してください。",
    "Format the column as text in the spreadsheet, paste it again and save.",
)
_NUMBER_OF_ANY_SCHEME = "00000000"
_WITHOUT_SEPARATORS = str.maketrans("", "", HYPHENS + " ")


def check_insurer(reading: Reading, insurer: InsurerNumber) -> None:
    """Note an error unless the row names the insurer whose list it is."""
    named = reading.required(Column.INSURER_NUMBER, _parse_insurer)
    if named is not None and named != insurer:
        reading.refuse(
            Column.INSURER_NUMBER,
            Words("別の保険者の行です。", "The row belongs to another insurer."),
            Words(
                "貴保険者の番号の行だけを送ってください。",
                "Send only rows of your own insurer number.",
            ),
        )


def _parse_insurer(text: str) -> InsurerNumber:
    if len(narrow(text)) in (5, 7):
        raise MalformedError(
            Column.INSURER_NUMBER.value,
            Words(
                "1桁足りません。表計算ソフトが先頭の0を消したと思われます。",
                "One digit is missing: a spreadsheet has probably eaten a leading 0.",
            ),
            _AS_TEXT,
        )
    return InsurerNumber.parse(text)


def read_identity(reading: Reading, insurer: InsurerNumber) -> InsuredIdentity | None:
    """記号・番号・枝番 of a row; each of the three is judged, not only the first."""

    def identity(symbol: str, number: str, branch: str) -> InsuredIdentity | None:
        return reading.take(
            lambda: InsuredIdentity.parse(symbol, number, branch, insurer)
        )

    symbol = reading.cell(Column.SYMBOL)
    number = reading.cell(Column.NUMBER)
    branch = reading.cell(Column.BRANCH)
    judged = (
        identity(symbol, _NUMBER_OF_ANY_SCHEME, ""),
        identity("", number, ""),
        identity("", _NUMBER_OF_ANY_SCHEME, branch),
    )
    return None if None in judged else identity(symbol, number, branch)


def read_my_number(reading: Reading, rules: RowRules) -> str | None:
    """The twelve digits of a My Number, or None where the row gives none."""
    return reading.optional(
        Column.MY_NUMBER, lambda text: _parse_my_number(text, rules.sample_data)
    )


def _parse_my_number(text: str, is_sample: bool) -> str:
    digits = narrow(text).translate(_WITHOUT_SEPARATORS)
    if not (len(digits) == 12 and digits.isascii() and digits.isdecimal()):
        raise MalformedError(
            Column.MY_NUMBER.value,
            Words("12桁の数字ではありません。", "It does not have twelve digits."),
            _AS_TEXT,
        )
    if is_sample and is_my_number(digits):
        raise MalformedError(
            Column.MY_NUMBER.value,
            Words(
                "試験データに、実在しうる個人番号があります。",
                "Sample data holds a My Number that could be somebody's.",
            ),
            Words(
                "検査用数字が合わない番号に置き換えてください。",
                "Replace it with one whose check digit is wrong.",
            ),
        )
    if not is_sample and not is_my_number(digits):
        raise MalformedError(
            Column.MY_NUMBER.value,
            Words("検査用数字が合いません。", "The check digit does not fit."),
            Words(
                "本人の届出と1桁ずつ見比べてください。",
                "Compare it digit by digit with what the person filed.",
            ),
        )
    return digits
