"""Serials: random, readable, and a slip is found."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from backend.domain.errors import MalformedError
from backend.domain.identifiers import new_id, new_serial, parse_serial


@settings(max_examples=100)
@given(st.binary(min_size=15, max_size=15))
def test_a_serial_survives_being_typed_without_hyphens_in_lower_case(seed):
    serial = new_serial(lambda count: seed)

    assert parse_serial(serial.replace("-", "").lower()) == serial
    assert mod_37_36.is_valid(serial.replace("-", ""))


@settings(max_examples=100)
@given(st.binary(min_size=15, max_size=15), st.integers(0, 15), st.integers(1, 35))
def test_any_one_wrong_character_is_found(seed, place, shift):
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    plain = new_serial(lambda count: seed).replace("-", "")
    wrong = alphabet[(alphabet.index(plain[place]) + shift) % 36]

    with pytest.raises(MalformedError):
        parse_serial(plain[:place] + wrong + plain[place + 1 :])


@pytest.mark.parametrize("text", ["", "ABCD", "あいうえ" * 4, "A" * 17, "****" * 4])
def test_what_is_no_serial_is_refused(text):
    with pytest.raises(MalformedError):
        parse_serial(text)


def test_ids_tell_their_kind():
    at = datetime(2026, 11, 27, tzinfo=UTC)

    assert new_id("cov", at, bytes) == "cov-6b08-c800-0000-0000-0000-0000"
    assert new_id("cov", at, bytes) < new_id("cov", at + timedelta(seconds=1), bytes)
