"""The letter file: one row a member, from which activation codes are printed.

The file is opened in spreadsheets, so no cell may begin like a formula. A person under
不開示 gets no address on paper: the insurer hands that letter over itself. The QR code
is the phone page's address with the code behind `#`, which browsers send to no server
(RFC 9110 §7.1), so that no log keeps it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from backend.domain.wareki import format_wareki
from backend.domain.words import Words
from backend.interchange.mailing import ADDRESS_HEADINGS, address_cells, mailing_file

HEADINGS = (
    *ADDRESS_HEADINGS,
    "有効化コード",
    "有効期限",
    "QRコードの内容",
    "ご案内",
)


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
    rows = (_cells(letter, server) for letter in letters)
    return mailing_file(HEADINGS, rows, encoding)


def _cells(letter: ActivationLetter, server: str) -> tuple[str, ...]:
    return (
        *address_cells(letter.name, letter.address, letter.is_undisclosed),
        letter.code,
        f"{format_wareki(letter.last_on)}（{letter.last_on.isoformat()}）",
        f"{server}/phone/#code={letter.code}",
        str(
            Words(
                "スマホ保険証のアプリを開き、QRコードを読み取るか、このコードを入力"
                "してください"
                f"（接続先: {server}）。1回だけ使えます。人に見せないでください。",
                "Open the insurance card app on your phone and scan the QR code or "
                "enter this code "
                f"(server: {server}). It works once; show it to nobody.",
            )
        ),
    )
