"""Japanese text in few bytes comes back exactly as it was."""

import unicodedata
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.credentials.packed_text import read_text, unfold, write_text


def come_back(text: str | None) -> str | None:
    source = BytesIO(write_text(text) + b"rest")
    again = read_text(source)
    assert source.read() == b"rest"
    return again


@pytest.mark.parametrize(
    ("text", "size"),
    [
        (None, 1),
        ("", 1),
        ("33120015", 9),
        ("ﾀｶﾊｼ ﾊﾅｺ", 9),
        ("高橋　花子", 10),
        ("１２３４－５６", 8),
        ("ＡＬＥＸ　ＳＭＩＴＨ", 11),
        ("フェルナンデス", 9),
        ("架空２１", 7),
        ("ｶﾅと全角", 9),
        ("髙橋", 5),  # in CP932, not in JIS X 0208
        ("𠮷田", 9),  # not in CP932
        ("辻󠄀", 9),  # with a variation selector
        ("AＡ", 4),
        ("カ\u3099", 8),  # decomposed stays decomposed
        ("~～−", 9),
        ("\x1a\x7f", 5),  # browsers and Python read these differently: escaped
    ],
)
def test_a_text_takes_so_many_bytes(text: str | None, size: int) -> None:
    assert come_back(text) == text
    assert len(write_text(text)) == size


letters = st.one_of(
    st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cc")),
    st.characters(
        min_codepoint=0xFF00, max_codepoint=0xFFEF, exclude_categories=["Cn"]
    ),
    st.characters(
        min_codepoint=0x3000, max_codepoint=0x30FF, exclude_categories=["Cn"]
    ),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA0),
)


@settings(max_examples=300)
@given(st.text(letters, max_size=30))
def test_any_text_comes_back(text: str) -> None:
    assert come_back(text) == text


def test_half_width_text_unfolds_as_unicode_says() -> None:
    assert unfold("ｶﾞｷﾟ-A 1") == "ガキ゚－Ａ　１".replace("゚", "\u309a")
    assert unfold("ｱ") == unicodedata.normalize("NFKC", "ｱ")


@pytest.mark.parametrize(
    "octets", [b"", b"abc", b"\x1b", b"\x81\x00", b"\x1b\xff\x1b\x00"]
)
def test_bytes_that_are_no_text_are_refused(octets: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut short|decode"):
        read_text(BytesIO(octets))
