"""The letter file: what a letter says, what it must not, and no formula in it."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from backend.domain.errors import MalformedError
from backend.interchange.letters import HEADINGS, ActivationLetter, activation_letters

SERVER = "https://shikaku.example.jp"
LETTER = ActivationLetter(
    name="資格　花子",
    address="〒100-0001 東京都千代田区千代田1-1",
    is_undisclosed=False,
    code="7K2M-0QX4-9TZB",
    last_on=date(2026, 12, 7),
)


def rows(content, encoding="utf-8-sig"):
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline="")))


def one(letter):
    (row,) = rows(activation_letters([letter], SERVER))
    return row


def test_a_letter_carries_address_code_last_day_and_both_languages():
    row = one(LETTER)

    assert tuple(row) == HEADINGS
    assert row["お渡し方法"] == "郵送"
    assert row["郵便番号"] == "100-0001"
    assert row["住所"] == "東京都千代田区千代田1-1"
    assert row["宛名"] == "資格　花子 様"
    assert row["有効化コード"] == "7K2M-0QX4-9TZB"
    assert row["有効期限"] == "令和8年12月7日（2026-12-07）"
    assert row["ご案内"].count(SERVER) == 2
    assert row["QRコードの内容"] == f"{SERVER}/phone/#code=7K2M-0QX4-9TZB"
    assert "アプリを開き、QRコードを読み取るか、このコードを入力" in row["ご案内"]
    assert "enter this code" in row["ご案内"]


@pytest.mark.parametrize(
    ("address", "postcode", "rest"),
    [
        ("1000001東京都", "100-0001", "東京都"),
        ("〒 100－0001　東京都", "100-0001", "東京都"),
        ("東京都千代田区1-1", "", "東京都千代田区1-1"),
        ("12345678番地", "", "12345678番地"),
    ],
)
def test_a_postcode_is_told_apart_only_where_there_is_one(address, postcode, rest):
    row = one(replace(LETTER, address=address))

    assert (row["郵便番号"], row["住所"]) == (postcode, rest)


@pytest.mark.parametrize(
    "letter",
    [replace(LETTER, is_undisclosed=True), replace(LETTER, address=None)],
)
def test_a_protected_or_unknown_address_is_handed_over(letter):
    row = one(letter)

    assert (row["郵便番号"], row["住所"]) == ("", "")
    assert "手渡し" in row["お渡し方法"]
    assert "千代田" not in str(row)


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"]
)
def test_no_cell_begins_like_a_formula(start):
    letter = replace(LETTER, name=f"{start}1+1", address=f"{start}HYPERLINK(0)")

    row = one(letter)

    assert row["宛名"] == f"'{start}1+1 様"
    assert row["住所"] == f"'{start}HYPERLINK(0)"


def test_a_formula_behind_a_postcode_is_defused_too():
    assert one(replace(LETTER, address="100-0001 =1+1"))["住所"] == "'=1+1"


def test_quotation_marks_and_commas_stay_in_their_cell():
    name = '山"田,太郎'

    assert one(replace(LETTER, name=name))["宛名"] == f"{name} 様"


def test_cp932_is_written_or_refused_but_never_with_another_character():
    assert rows(activation_letters([LETTER], SERVER, "cp932"), "cp932") == rows(
        activation_letters([LETTER], SERVER)
    )
    with pytest.raises(MalformedError, match="Line 3 ") as caught:
        activation_letters([LETTER, replace(LETTER, name="𠮷田")], SERVER, "cp932")
    assert "𠮷" not in caught.value.reason.ja


def test_another_encoding_is_refused():
    with pytest.raises(MalformedError, match="encoding"):
        activation_letters([LETTER], SERVER, "utf-16")


def test_the_code_does_not_show_when_a_letter_is_printed_in_a_log():
    assert "7K2M" not in repr(LETTER)
    assert "花子" not in repr(LETTER)
