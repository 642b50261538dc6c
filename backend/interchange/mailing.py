"""郵送用のファイル: one row a letter, to print on paper and send or hand over.

The file is opened in spreadsheets, so no cell may begin like a formula. A person under
不開示 gets no address on paper: the insurer hands that letter over itself.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

from backend.domain.errors import MalformedError
from backend.domain.words import Words

ENCODINGS = ("utf-8", "cp932")
"""What a file may be written in; UTF-8 carries a mark, which Excel needs."""

ADDRESS_HEADINGS = ("お渡し方法", "郵便番号", "住所", "宛名")

_POSTCODE = re.compile(r"〒?\s*([0-9]{3})[-－‐]?([0-9]{4})(?![0-9])\s*(.*)", re.DOTALL)
_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def mailing_file(
    headings: Sequence[str], rows: Iterable[Sequence[str]], encoding: str
) -> bytes:
    """The file as CSV with a heading line.

    Raises MalformedError for an encoding not in `ENCODINGS`, and for a letter with a
    character that CP932 does not have: it is never replaced silently.
    """
    if encoding not in ENCODINGS:
        raise _unknown_encoding()
    lines = StringIO(newline="")
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_defused(cell) for cell in row])
    return _encoded(lines.getvalue(), encoding)


def address_cells(
    name: str, address: str | None, is_undisclosed: bool
) -> tuple[str, str, str, str]:
    """The cells under `ADDRESS_HEADINGS`; an address only where it is mailed."""
    is_mailed = address is not None and not is_undisclosed
    postcode, rest = _postal_lines(address or "") if is_mailed else ("", "")
    how = "郵送" if is_mailed else "窓口で手渡し（郵送しない）"
    return how, postcode, rest, f"{name} 様"


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
