"""記号・番号・枝番: kept as recorded, matched folded."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.errors import MalformedError
from backend.domain.insured_identity import InsuredIdentity, fold
from backend.domain.insurer_number import InsurerNumber
from backend.domain.my_number import is_my_number

KYOKAI = InsurerNumber.parse("01130012")
KOKUHO = InsurerNumber.parse("138057")
KOUKI = InsurerNumber("39139990")


@pytest.mark.parametrize(
    ("symbol", "number", "branch"),
    [
        ("12345678", "123", "01"),
        ("ａ－１", "１２３", "00"),
        ("川崎いろは", "公立―ﾔ12", None),
        (None, "1234567", None),
        ("記" * 20, "番" * 20, "99"),
        ("a 1", "007", "05"),
    ],
)
def test_parts_are_kept_as_recorded(
    symbol: str | None, number: str, branch: str | None
) -> None:
    identity = InsuredIdentity.parse(symbol, number, branch, KYOKAI)
    assert (identity.symbol, identity.number, identity.branch) == (
        symbol,
        number,
        branch,
    )


@pytest.mark.parametrize("blank", [None, "", "  ", "\u3000"])
def test_blank_symbol_and_branch_are_absent(blank: str | None) -> None:
    identity = InsuredIdentity.parse(blank, "12", blank, KOKUHO)
    assert identity == InsuredIdentity(None, "12", None)


def test_an_absent_branch_is_not_double_zero() -> None:
    absent = InsuredIdentity.parse("1", "2", "", KYOKAI)
    zero = InsuredIdentity.parse("1", "2", "00", KYOKAI)
    assert absent.branch is None
    assert zero.branch == "00"
    assert absent != zero


def test_a_branch_of_full_width_digits_is_read() -> None:
    assert InsuredIdentity.parse("1", "2", "０５", KYOKAI).branch == "05"


@pytest.mark.parametrize("branch", ["1", "001", "A1", "1 ", "-1", "٠١", "0\n1"])
def test_a_branch_is_two_digits(branch: str) -> None:
    with pytest.raises(MalformedError) as refused:
        InsuredIdentity.parse("1", "2", branch, KYOKAI)
    assert refused.value.field == "branch"


@pytest.mark.parametrize(
    ("symbol", "number", "field"),
    [
        ("記" * 21, "1", "symbol"),
        ("1", "番" * 21, "number"),
        ("1", "", "number"),
        ("1", "\u3000", "number"),
        ("あ\u3000い", "1", "symbol"),
        ("1", "１\u3000２", "number"),
        ("a\x00", "1", "symbol"),
        ("a", "\ue001", "number"),
        ("a\u202e", "1", "symbol"),
    ],
)
def test_broken_parts_are_refused_by_name(symbol: str, number: str, field: str) -> None:
    with pytest.raises(MalformedError) as refused:
        InsuredIdentity.parse(symbol, number, None, KYOKAI)
    assert refused.value.field == field


def test_the_late_elderly_have_eight_digits_alone() -> None:
    identity = InsuredIdentity.parse("", "０１２３４５６７", None, KOUKI)
    assert identity == InsuredIdentity(None, "01234567", None)


@pytest.mark.parametrize(
    ("symbol", "number", "branch", "field"),
    [
        ("1", "01234567", None, "symbol"),
        (None, "01234567", "01", "branch"),
        (None, "01234567", "00", "branch"),
        (None, "1234567", None, "number"),
        (None, "012345678", None, "number"),
        (None, "0123456A", None, "number"),
        (None, "٠١٢٣٤٥٦٧", None, "number"),
    ],
)
def test_anything_more_for_the_late_elderly_is_refused(
    symbol: str | None, number: str, branch: str | None, field: str
) -> None:
    with pytest.raises(MalformedError) as refused:
        InsuredIdentity.parse(symbol, number, branch, KOUKI)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "keyed", ["a-1", "ａ－１", "aー１", "ａ−１", "a‐1", "ａ―1", "a ｰ 1", "ａ　－　１"]
)
def test_widths_hyphens_and_spaces_do_not_keep_matches_apart(keyed: str) -> None:
    assert fold(keyed) == "a-1"


@pytest.mark.parametrize(
    ("one", "same"), [("ﾔﾏﾀﾞ", "ヤマダ"), ("か\u3099", "が"), ("（ア）", "(ア)")]
)
def test_kana_and_signs_fold_too(one: str, same: str) -> None:
    assert fold(one) == fold(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a1", "A1"),
        ("007", "7"),
        ("か", "カ"),
        ("①", "1"),
        ("㈱", "(株)"),
        ("髙", "高"),
    ],
)
def test_what_may_be_another_person_is_kept_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_the_search_key_is_symbol_and_number() -> None:
    recorded = InsuredIdentity.parse("ａ－１", "１２３", "01", KYOKAI)
    keyed = InsuredIdentity.parse("a-1", "123", None, KYOKAI)
    assert recorded.search_key == keyed.search_key == ("a-1", "123")
    assert InsuredIdentity.parse(None, "123", None, KYOKAI).search_key == ("", "123")


def test_symbol_and_number_do_not_run_together() -> None:
    one = InsuredIdentity.parse("12", "3", None, KYOKAI)
    other = InsuredIdentity.parse("1", "23", None, KYOKAI)
    assert one.search_key != other.search_key


@settings(max_examples=100)
@given(text=st.text(max_size=12))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@pytest.mark.parametrize("field", ["symbol", "number"])
@pytest.mark.parametrize("spell", [str, lambda it: f"{it[:4]}-{it[4:8]}-{it[8:]}"])
def test_what_could_be_a_my_number_is_no_symbol_or_number(
    field: str, spell: Callable[[str], str]
) -> None:
    twelve = [f"00000000000{digit}" for digit in range(10)]
    could_be = next(number for number in twelve if is_my_number(number))
    given = {"symbol": "1", "number": "2"} | {field: spell(could_be)}

    with pytest.raises(MalformedError) as refused:
        InsuredIdentity.parse(given["symbol"], given["number"], None, KYOKAI)

    assert refused.value.field == field
    assert could_be not in str(refused.value)
    other = str(int(could_be) + 1).zfill(12)
    assert InsuredIdentity.parse("1", other, None, KYOKAI).number == other
