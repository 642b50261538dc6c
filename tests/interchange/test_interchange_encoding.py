"""Bytes of a list become text without guessing, or are refused with their place."""

from dataclasses import dataclass
from io import BytesIO

import pytest

from backend.domain.errors import MalformedError
from backend.interchange import encoding
from backend.interchange.encoding import encoding_of, text_lines


@dataclass(frozen=True)
class Decoded:
    text: str
    encoding: str


@pytest.fixture(params=[7, 1_000_000], autouse=True)
def block_size(request, monkeypatch):
    """Blocks that part every line, and one block for all."""
    monkeypatch.setattr(encoding, "BLOCK", request.param)


def decode(content):
    source = BytesIO(content)
    found = encoding_of(source)
    return Decoded("".join(text_lines(source, found)), found)


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


@pytest.mark.parametrize("fault", [b"\xff\xff", "髙".encode("cp932") + b"\xff"])
def test_a_file_of_both_encodings_is_refused_where_it_stops_being_either(fault):
    with pytest.raises(MalformedError, match="Line 2 "):
        decode("氏名,髙橋\r\n".encode() + fault + b",1\r\nlast\r\n")


def test_a_character_cut_off_at_the_end_is_refused():
    with pytest.raises(MalformedError, match="Line 2 "):
        decode("氏名\n髙".encode("utf-8-sig")[:-1])


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
        ("\ue000", "外字"),
        ("\U000f0000", "外字"),
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


def test_private_use_characters_of_cp932_are_refused_with_their_place():
    with pytest.raises(MalformedError, match=r"Line 2, character 2: .*外字"):
        decode("氏名\r\n山".encode("cp932") + b"\xf0\x40\r\n")


def test_line_ends_that_a_block_parts_are_whole():
    text = "あ,い\r\n" * 50

    assert decode(text.encode("cp932")).text == text


def test_a_line_without_end_is_not_gathered_for_ever(monkeypatch):
    monkeypatch.setattr(encoding, "LONGEST_LINE", 1_000)

    with pytest.raises(MalformedError, match="Line 2 is too long"):
        decode(b"head\n" + b"a" * 2_000_000)
