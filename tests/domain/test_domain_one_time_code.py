"""One-time codes: their form, how they are read, and that only a digest is kept."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.one_time_code import code_mac, fold_code, make_code

KEY = b"k" * 32
CROCKFORD = set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def made_of(number: int) -> str:
    def give(count: int) -> bytes:
        return number.to_bytes(count, "big")

    return make_code(give)


@settings(max_examples=100)
@given(st.integers(min_value=0, max_value=2**64 - 1))
def test_a_code_is_three_groups_of_four_crockford_characters(number: int) -> None:
    code = made_of(number)

    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert set(code) - {"-"} <= CROCKFORD


def test_sixty_bits_count_and_no_two_give_one_code() -> None:
    codes = {made_of(1 << place) for place in range(60)} | {made_of(0)}

    assert len(codes) == 61


def test_every_character_can_stand_in_a_code() -> None:
    assert {made_of(number)[0] for number in range(32)} == CROCKFORD


@pytest.mark.parametrize(
    "typed",
    [
        "7K2M-0QX4-9T1B",
        "7k2m-0qx4-9t1b",
        "7K2M0QX49T1B",
        " 7K2M 0QX4　9T1B ",
        "７Ｋ２Ｍ－０ＱＸ４－９Ｔ１Ｂ",
        "7K2Mー0QX4−9T1B",
        "7K2M-OQX4-9TIB",
        "7k2m-oqx4-9tlb",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert fold_code(typed) == "7K2M0QX49T1B"
    assert code_mac(KEY, typed) == code_mac(KEY, "7K2M-0QX4-9T1B")


def test_another_code_and_another_key_give_another_digest() -> None:
    assert code_mac(KEY, "7K2M-0QX4-9T1B") != code_mac(KEY, "7K2M-0QX4-9T1C")
    assert code_mac(KEY, "7K2M-0QX4-9T1B") != code_mac(b"j" * 32, "7K2M-0QX4-9T1B")


def test_the_digest_is_keyed_and_full_length() -> None:
    assert len(code_mac(KEY, "7K2M-0QX4-9T1B")) == 32


def test_what_is_no_code_is_digested_all_the_same() -> None:
    digests: set[bytes] = set()
    tell: Callable[[bytes], None] = digests.add
    for text in ("", "\ud800", "\0", "あ" * 10_000, "U" * 12, "7K2M-0QX4-9T1"):
        tell(code_mac(KEY, text))

    assert len(digests) == 6
    assert code_mac(KEY, "7K2M-0QX4-9T1B") not in digests


def test_no_code_folds_to_what_another_text_folds_to_by_its_tail() -> None:
    code = "7K2M-0QX4-9T1B"

    assert code_mac(KEY, code + "X") != code_mac(KEY, code)
