"""A notice says that it is not valid alone, and bears no code."""

from datetime import date

import pytest
from pages import codes_on, sizes_of, text_on
from printing_examples import LONG, WHOLE

from backend.domain.charge import CopayRatio
from backend.printing.notices import Notice, print_notices

_SHARED = set(Notice._fields) - {"expires_on", "copay_ratio", "copay_from_on"}


def a_notice(fields=WHOLE, **others):
    shared = {name: getattr(fields, name) for name in _SHARED}
    return Notice(**(shared | {"birth_on": date(1988, 4, 2)} | others))


def test_it_is_a_page_of_a4_without_a_code():
    pdf = print_notices([a_notice(), a_notice(LONG)])

    assert sizes_of(pdf) == [(210.0, 297.0)] * 2
    assert codes_on(pdf) == [[], []]


def test_letter_and_corner_say_that_it_is_not_valid_alone():
    text = text_on(print_notices([a_notice()]))

    assert text.count("これだけでは受診できません") == 2
    assert text.count("Notvalidalone") == 2


def test_what_identifies_a_person_stands_in_letter_and_corner():
    text = text_on(print_notices([a_notice()]))

    items = (
        "髙橋花子 昭和63年4月2日 文京12 00412345（枝番）01 138057 見本区国民健康保険"
    )
    assert {item: text.count(item) for item in items.split()} == dict.fromkeys(
        items.split(), 2
    )


def test_sex_may_be_left_out():
    assert "性別" in text_on(print_notices([a_notice()]))
    assert "性別" not in text_on(print_notices([a_notice(sex=None)]))


def test_under_70_there_is_no_expiry():
    assert "有効期限" not in text_on(print_notices([a_notice()]))
    with pytest.raises(ValueError, match="under 70"):
        print_notices([a_notice(expires_on=date(2027, 7, 31))])


def test_from_70_on_ratio_and_expiry_are_printed():
    seventy = a_notice(
        birth_on=date(1955, 9, 2),
        expires_on=date(2027, 7, 31),
        copay_ratio=CopayRatio.THREE_TENTHS,
        copay_from_on=date(2026, 8, 1),
    )

    text = text_on(print_notices([seventy]))

    assert "3割" in text
    assert text.count("令和9年7月31日") == 2


def test_no_notices_make_no_file():
    with pytest.raises(ValueError, match="no notice"):
        print_notices([])
