"""The letter file: one row a member, from which activation codes are printed.

The file is opened in spreadsheets, so no cell may begin like a formula. A person under
不開示 gets no address on paper: the insurer hands that letter over itself.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from io import StringIO

from backend.domain.errors import MalformedError
from backend.domain.wareki import format_wareki
from backend.domain.words import Words

ENCODINGS = ("utf-8", "cp932")
"""What the file may be written in; UTF-8 carries a mark, which Excel needs."""

HEADINGS = (
    "お渡し方法",
    "郵便番号",
    "住所",
    "宛名",
    "有効化コード",
    "有効期限",
    "ご案内",
)

_POSTCODE = re.compile(r"〒?\s*([0-9]{3})[-－‐]?([0-9]{4})(?![0-9])\s*(.*)", re.DOTALL)
_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


@dataclass(frozen=True, slots=True)
class ActivationLetter:
    """What one letter says; `last_on` is the last day on which the code opens."""

    name: str = field(repr=False)
    address: str | None = field(repr=False)
    is_undisclosed: bool
    code: str = field(repr=False)
    last_on: date


def activation_letters(
    letters: Iterable[ActivationLetter], server: str, encoding: str = "utf-8"
) -> bytes:
    """The file as CSV with a heading line; `server` is what the phone's app speaks to.

    Raises MalformedError for an encoding not in `ENCODINGS`, and for a letter with a
    character that CP932 does not have: it is never replaced silently.
    """
    if encoding not in ENCODINGS:
        raise _unknown_encoding()
    lines = StringIO(newline="")
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for letter in letters:
        writer.writerow([_defused(cell) for cell in _cells(letter, server)])
    return _encoded(lines.getvalue(), encoding)


def _cells(letter: ActivationLetter, server: str) -> tuple[str, ...]:
    is_mailed = letter.address is not None and not letter.is_undisclosed
    postcode, address = _postal_lines(letter.address or "") if is_mailed else ("", "")
    return (
        "郵送" if is_mailed else "窓口で手渡し（郵送しない）",
        postcode,
        address,
        f"{letter.name} 様",
        letter.code,
        f"{format_wareki(letter.last_on)}（{letter.last_on.isoformat()}）",
        str(
            Words(
                "スマホ保険証のアプリを開き、このコードを入力してください"
                f"（接続先: {server}）。1回だけ使えます。人に見せないでください。",
                "Open the insurance card app on your phone and enter this code "
                f"(server: {server}). It works once; show it to nobody.",
            )
        ),
    )


def _postal_lines(address: str) -> tuple[str, str]:
    """The postcode as 123-4567 ("" if the address has none) and the rest."""
    found = _POSTCODE.fullmatch(address)
    return (f"{found[1]}-{found[2]}", found[3]) if found else ("", address)


def _defused(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet would calculate it."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _encoded(text: str, encoding: str) -> bytes:
    if encoding == "utf-8":
        return text.encode("utf-8-sig")
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        line = text.count("\r\n", 0, error.start) + 1
        raise MalformedError(
            "encoding",
            Words(
                f"{line}行目に CP932 にない文字があります。",
                f"Line {line} has a character that CP932 lacks.",
            ),
            Words("UTF-8 で書き出してください。", "Write the file in UTF-8."),
        ) from None


def _unknown_encoding() -> MalformedError:
    return MalformedError(
        "encoding",
        Words("書き出せない文字コードです。", "It is no encoding that we write."),
        Words("utf-8 か cp932 にしてください。", "Choose utf-8 or cp932."),
    )
