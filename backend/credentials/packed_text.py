"""Japanese text in few bytes, for codes: CP932, width folded where that is reversible.

One text is a run of bytes and an end mark that tells how to read the run:

- 0x00: CP932 (Shift_JIS as browsers read it, https://encoding.spec.whatwg.org/#shift_jis);
- 0x01: CP932, and every half-width character stands for its full-width one;
- 0x02: no text at all (and no run).

What CP932 lacks stands in UTF-8 between two 0x1B. None of these marks can be part of
a CP932 or UTF-8 character. Names and addresses shrink to less than half of UTF-8: a
full-width letter, digit or katakana takes one byte, a kanji two.
"""

import re
import unicodedata
from functools import cache
from io import BytesIO
from itertools import groupby

PLAIN, FOLDED, ABSENT = b"\x00", b"\x01", b"\x02"
ESCAPE = b"\x1b"

LONGEST_CHARACTER = 4 + 2 * len(ESCAPE)
"""Bytes of a character that stands in UTF-8 by itself, between two escapes."""

SHORT_OCTETS = 2
"""Bytes of a character of CP932, the longest of them."""

_HALF_WIDTH_KANA = re.compile("[｡-ﾟ]+")
_READ_DIFFERENTLY = re.compile("[\x00-\x1f\x7f\x80\uf8f0-\uf8f3]")
_WIDE_SIGNS = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {
    0x20: "\u3000"
}


def unfold(text: str) -> str:
    """`text` with every half-width character made full-width, voiced marks joined."""
    wide_kana = _HALF_WIDTH_KANA.sub(
        lambda run: unicodedata.normalize("NFKC", run[0]), text
    )
    return wide_kana.translate(_WIDE_SIGNS)


_NARROW = {
    ord(wide): narrow
    for first in (*range(0x20, 0x7F), *range(0xFF61, 0xFFA0))
    for mark in ("", "ﾞ", "ﾟ")
    if len(wide := unfold(narrow := chr(first) + mark)) == 1
}


def write_text(text: str | None) -> bytes:
    """The bytes of a text without control characters, or of none."""
    if text is None:
        return ABSENT
    folded = text.translate(_NARROW)
    if folded != text and unfold(folded) == text:
        return _write_run(folded) + FOLDED
    return _write_run(text) + PLAIN


def read_text(source: BytesIO) -> str | None:
    """The next text; `ValueError` if it is cut short or not text."""
    run = bytearray()
    while (octet := source.read(1)) not in (PLAIN, FOLDED, ABSENT):
        if not octet:
            raise ValueError("cut short")
        run += octet
    if octet == ABSENT:
        return None
    parts = bytes(run).split(ESCAPE)
    text = "".join(
        part.decode("utf-8" if is_escaped else "cp932")
        for is_escaped, part in zip((False, True) * len(parts), parts, strict=False)
    )
    return unfold(text) if octet == FOLDED else text


def _write_run(text: str) -> bytes:
    if _is_plain(text):
        return text.encode("cp932")
    return b"".join(
        part.encode("cp932") if is_plain else ESCAPE + part.encode("utf-8") + ESCAPE
        for is_plain, part in ((k, "".join(g)) for k, g in groupby(text, _is_plain))
    )


def plain_octets(text: str) -> int:
    """A bound of the bytes that a text takes, its end mark aside."""
    if _is_plain(text):
        return len(text.encode("cp932"))
    return LONGEST_CHARACTER * len(text)


@cache
def short_characters() -> frozenset[str]:
    """Every character that takes no more than `SHORT_OCTETS`: nearly all that occur."""
    every = "".join(map(chr, range(0x20, 0xD800))) + "".join(
        map(chr, range(0xE000, 0x10000))
    )
    known = every.encode("cp932", "ignore").decode("cp932")
    return frozenset(filter(_is_plain, known))


def _is_plain(text: str) -> bool:
    """Whether the text's CP932 bytes are read alike by Python and by browsers."""
    try:
        octets = text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return octets.decode("cp932") == text and not _READ_DIFFERENTLY.search(text)
