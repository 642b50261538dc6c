"""The text of a report: one line, no My Number; only `other` needs one."""

import pytest

from backend.domain.errors import MalformedError
from backend.domain.report import (
    LONGEST_TEXT,
    ReportKind,
    parse_report,
    parse_report_text,
)

MADE_UP = "123456789018"  # its check digit fits


def test_a_kind_may_say_enough_and_other_needs_a_text():
    assert parse_report(ReportKind.NOT_ME, None) == ""
    assert parse_report(ReportKind.OTHER, " 住所が古い　") == "住所が古い"
    for text in (None, "", "　"):
        with pytest.raises(MalformedError):
            parse_report(ReportKind.OTHER, text)


@pytest.mark.parametrize(
    "text",
    [
        f"番号は{MADE_UP}です",
        "番号は1234 5678 9018です",
        "１２３４－５６７８－９０１８",
        "1234‐5678‐9018",
    ],
)
def test_a_my_number_is_refused_however_it_is_written(text):
    with pytest.raises(MalformedError) as refused:
        parse_report_text(text)

    assert refused.value.field == "text"
    assert MADE_UP not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["電話は090-1234-5678", "記号12 番号345678", "123456789010", "2026-11-23"]
)
def test_other_numbers_pass(text):
    assert parse_report_text(text) == text


@pytest.mark.parametrize("text", ["a\nb", "x" * (LONGEST_TEXT + 1), "\u202eabc"])
def test_a_text_that_cannot_be_is_refused(text):
    with pytest.raises(MalformedError):
        parse_report(ReportKind.NOT_ME, text)


def test_every_kind_has_words_of_its_own():
    words = [kind.words for kind in ReportKind]

    assert len({it.ja for it in words}) == len({it.en for it in words}) == len(words)
