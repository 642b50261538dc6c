"""Bytes of a list become text without guessing, or are refused with their place."""

import pytest

from backend.domain.errors import MalformedError
from backend.interchange.encoding import decode


def test_utf_8_is_read_with_and_without_a_mark():
    plain = decode("氏名,髙橋\r\n".encode())
    marked = decode("氏名,髙橋\r\n".encode("utf-8-sig"))

    assert plain == marked
    assert plain.text == "氏名,髙橋\r\n"
    assert plain.encoding == "utf-8"


def test_cp932_is_read_with_the_characters_that_shift_jis_lacks():
    decoded = decode("髙﨑㈱①～,ｶﾅ\r\n".encode("cp932"))

    assert decoded.text == "髙﨑㈱①～,ｶﾅ\r\n"
    assert decoded.encoding == "cp932"


def test_a_marked_file_is_never_read_as_cp932():
    with pytest.raises(MalformedError, match="Line 1"):
        decode(b"\xef\xbb\xbf" + "髙橋".encode("cp932"))


def test_bytes_of_neither_encoding_are_refused_with_their_line():
    with pytest.raises(MalformedError, match="Line 3 ") as caught:
        decode("見出し\n一行目\n".encode() + b"\xff\xff\n")

    assert caught.value.field == "file"
    assert "3行目" in caught.value.reason.ja


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04rest", "xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "xls"),
        ("氏名".encode("utf-16"), "UTF-16"),
        ("氏名".encode("utf-16-be"), "NUL|neither|control|UTF-16"),
    ],
)
def test_other_kinds_of_file_are_told_for_what_they_are(content, word):
    with pytest.raises(MalformedError, match=word):
        decode(content)


@pytest.mark.parametrize(
    ("character", "word"),
    [
        ("\0", "control"),
        ("\t", "control"),
        ("\x7f", "control"),
        ("\x85", "control"),
        ("\u2028", "control"),
        ("\ufdd0", "Unicode"),
        ("\U000e0080", "Unicode"),
        ("\r", "CR alone"),
    ],
)
def test_characters_that_no_list_may_hold_are_refused_with_their_place(character, word):
    text = f"一行目\r\nあい{character}う\r\n"

    with pytest.raises(
        MalformedError, match=f"Line 2, character 3: .*{word}"
    ) as caught:
        decode(text.encode())

    assert "2行目の3文字目" in caught.value.reason.ja


def test_the_first_of_several_refused_characters_is_told():
    with pytest.raises(MalformedError, match="Line 1, character 2"):
        decode(b"a\x01\n\0")


def test_line_feeds_alone_and_new_kanji_and_variant_selectors_pass():
    text = "葛\U000e0100城\n\U0003134b\n"  # U+3134B came with Unicode 15

    assert decode(text.encode()).text == text


def test_private_use_characters_pass_here_and_fall_with_their_field():
    assert decode(b"\xf0\x40\r\n").text == "\ue000\r\n"
