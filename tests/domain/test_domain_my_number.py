"""個人番号: the validator agrees with an independent one on every number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.jp import in_ as oracle

from backend.domain.my_number import is_my_number

# The ordinance's worked example, body and check digit apart: Σ = 238, 238 mod 11 = 7.
WORKED_BODY, WORKED_CHECK_DIGIT = "98320567321", "4"

bodies = st.from_regex(r"[0-9]{11}", fullmatch=True)


def test_only_the_worked_check_digit_passes() -> None:
    passing = [digit for digit in "0123456789" if is_my_number(WORKED_BODY + digit)]
    assert passing == [WORKED_CHECK_DIGIT]


@pytest.mark.parametrize(
    ("body", "remainder"), [("00000000000", 0), ("00000100000", 7), ("00000000006", 1)]
)
def test_remainders_of_zero_and_one_give_the_digit_zero(
    body: str, remainder: int
) -> None:
    assert is_my_number(body + "0") is (remainder <= 1)


@settings(max_examples=100)
@given(body=bodies)
def test_the_right_digit_is_the_one_the_oracle_computes(body: str) -> None:
    expected = oracle.calc_check_digit(body)
    assert [d for d in "0123456789" if is_my_number(body + d)] == [expected]


@settings(max_examples=100)
@given(text=st.text(alphabet="0123456789- ", max_size=16))
def test_written_with_separators_the_oracle_agrees(text: str) -> None:
    assert is_my_number(text) is oracle.is_valid(text)


@settings(max_examples=60)
@given(body=bodies, place=st.integers(0, 10), step=st.integers(1, 9))
def test_a_wrong_digit_is_found_unless_both_remainders_give_zero(
    body: str, place: int, step: int
) -> None:
    number = body + oracle.calc_check_digit(body)
    wrong = str((int(body[place]) + step) % 10)
    changed = number[:place] + wrong + number[place + 1 :]
    assert is_my_number(number)
    # The rule maps remainders 0 and 1 to one digit: the one gap that it leaves.
    assert not is_my_number(changed) or number[-1] == "0"


def test_it_is_found_however_it_is_written() -> None:
    groups = ("9832", "0567", "321" + WORKED_CHECK_DIGIT)
    assert is_my_number(" ".join(groups))
    assert is_my_number("ー".join(groups))
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in "".join(groups))
    assert is_my_number(wide)


@pytest.mark.parametrize(
    "other", ["", "12", WORKED_BODY, WORKED_BODY + "44", "98320567321X", "\ud800" * 12]
)
def test_other_text_is_not_one(other: str) -> None:
    assert is_my_number(other) is False
