"""本人からの申出: "this is not me", "my data is wrong", told to the insurer.

A report changes nothing by itself: it neither holds nor unlinks a record. The insurer
inspects and corrects. The kinds are our own words.
"""

import re
from enum import Enum

from backend.domain.errors import MalformedError
from backend.domain.look_alikes import HYPHENS, narrow
from backend.domain.my_number import is_my_number
from backend.domain.plain_text import parse_text
from backend.domain.words import Words

LONGEST_TEXT = 500
REPORTS_A_DAY = 10

_DIGITS = re.compile(rf"[0-9](?:[0-9 {re.escape(HYPHENS)}]*[0-9])?")


class ReportKind(Enum):
    """What a report is about; the values are stable wire names."""

    NOT_ME = "not-me"
    WRONG_NAME = "wrong-name"
    WRONG_BIRTH_DATE = "wrong-birth-date"
    WRONG_INSURER = "wrong-insurer"
    WRONG_COPAY = "wrong-copay"
    UNKNOWN_CHECK = "unknown-check"
    OTHER = "other"

    @property
    def words(self) -> Words:
        """The kind, as a screen says it."""
        return _KINDS[self]


def parse_report(kind: ReportKind, text: str | None) -> str:
    """The text of a report, "" where the kind says enough. Raises MalformedError.

    `other` says nothing without a text. A My Number is refused: it would stand open.
    """
    if text is None and kind is not ReportKind.OTHER:
        return ""
    return parse_report_text(text or "")


def parse_report_text(text: str) -> str:
    """The text of a report or of its answer. Raises MalformedError."""
    kept = parse_text(text, "text", LONGEST_TEXT)
    if any(is_my_number(found) for found in _DIGITS.findall(narrow(kept))):
        raise MalformedError(
            "text",
            Words(
                "個人番号（マイナンバー）の可能性がある12桁が含まれています。",
                "It holds twelve digits that may be a My Number.",
            ),
            Words("その番号を除いてください。", "Leave that number out."),
        )
    return kept


_KINDS = {
    ReportKind.NOT_ME: Words("自分の情報ではない", "this is not me"),
    ReportKind.WRONG_NAME: Words("氏名が違う", "the name is wrong"),
    ReportKind.WRONG_BIRTH_DATE: Words("生年月日が違う", "the birth date is wrong"),
    ReportKind.WRONG_INSURER: Words("保険者が違う", "the insurer is wrong"),
    ReportKind.WRONG_COPAY: Words("負担割合が違う", "the ratio is wrong"),
    ReportKind.UNKNOWN_CHECK: Words(
        "心当たりのない閲覧がある", "a check that I know nothing of"
    ),
    ReportKind.OTHER: Words("その他", "something else"),
}
