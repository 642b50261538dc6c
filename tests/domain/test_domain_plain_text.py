"""Text for a certificate: kept to the letter, or refused with the reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.errors import MalformedError
from backend.domain.plain_text import parse_text


@pytest.mark.parametrize(
    "kept",
    [
        "髙橋\u3000德子",
        "㈱山田",
        "ﾔﾏﾀﾞ",
        "葛\U000e0100城",
        "\ufa19",
        "か\u3099",
        "𠮷",
        "A-1 x",
    ],
)
def test_text_is_kept_to_the_letter(kept: str) -> None:
    assert parse_text(kept, "address", 20) == kept


def test_only_the_spaces_around_are_dropped() -> None:
    assert parse_text(" \u3000山田\u3000太郎  ", "name", 5) == "山田\u3000太郎"


@pytest.mark.parametrize("blank", ["", " ", "\u3000\u3000"])
def test_blank_is_refused(blank: str) -> None:
    with pytest.raises(MalformedError) as refused:
        parse_text(blank, "name", 5)
    assert "空欄" in refused.value.reason.ja


def test_the_limit_counts_code_points() -> None:
    assert parse_text("あ" * 5, "name", 5) == "あ" * 5
    for too_long in ("あ" * 6, "あ" * 5 + "\U000e0100"):
        with pytest.raises(MalformedError) as refused:
            parse_text(too_long, "name", 5)
        assert "5文字" in refused.value.reason.ja


@pytest.mark.parametrize(
    ("code_point", "reason"),
    [
        (0x00, "制御文字"),
        (0x0A, "制御文字"),
        (0x7F, "制御文字"),
        (0x85, "制御文字"),
        (0x2028, "制御文字"),
        (0x2029, "制御文字"),
        (0xE000, "外字"),
        (0xF0000, "外字"),
        (0xD800, "文字コード"),
        (0xDFFF, "文字コード"),
        (0xFFFD, "文字コード"),
        (0xFFFE, "文字コード"),
        (0x1FFFF, "文字コード"),
        (0x202E, "向き"),
        (0x2066, "向き"),
        (0x200F, "向き"),
        (0x200B, "向き"),
        (0xFEFF, "向き"),
    ],
)
@pytest.mark.parametrize("place", ["{}山田", "山{}田", "山田{}"])
def test_what_others_cannot_see_is_refused(
    code_point: int, reason: str, place: str
) -> None:
    with pytest.raises(MalformedError) as refused:
        parse_text(place.format(chr(code_point)), "name", 5)
    assert refused.value.field == "name"
    assert reason in refused.value.reason.ja


def test_old_gaiji_of_cp932_do_not_slip_in() -> None:
    decoded = b"\xf0\x40".decode("cp932")
    with pytest.raises(MalformedError):
        parse_text(decoded, "name", 5)


@settings(max_examples=150)
@given(text=st.text(max_size=12))
def test_it_returns_the_text_or_refuses_it_and_it_can_be_encoded(text: str) -> None:
    try:
        kept = parse_text(text, "name", 10)
    except MalformedError:
        return
    assert kept in text
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert 1 <= len(kept) <= 10
