"""The characters of a file that an insurer sends: bytes in, text out, nothing guessed.

Offices write UTF-8 or what they call Shift_JIS, which on their machines is CP932. A
file is one or the other throughout: it is read once to learn which, and again as text.
Both times a block after another, so that a file of any length needs little room.
"""

import codecs
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from backend.domain.errors import MalformedError
from backend.domain.words import Words

FILE = "file"
"""The field that errors about a whole file name."""

BLOCK = 256 * 1024  # bytes
LONGEST_LINE = 1_000_000  # characters; ours have a few hundred

_UTF8_MARK = b"\xef\xbb\xbf"
_SAVE_AS_CSV = Words(
    "表計算ソフトで「CSV UTF-8」か「CSV」を選んで保存し直してください。",
    'Save it again from the spreadsheet as "CSV UTF-8" or "CSV".',
)
# Planes 2 and 3 hold kanji alone: one that our tables lack is newer than they are.
_KANJI_PLANES = range(0x20000, 0x40000)


def encoding_of(source: BinaryIO) -> str:
    """Of the whole file: with a UTF-8 mark, else strictly, "utf-8", else "cp932".

    Raises MalformedError, naming the line, for bytes that are neither throughout.
    """
    source.seek(0)
    is_marked = source.read(len(_UTF8_MARK)) == _UTF8_MARK
    # Never shift_jis: it lacks 髙, ㈱ and ①.
    encodings = ["utf-8"] if is_marked else ["utf-8", "cp932"]
    furthest, line = -1, 1
    for encoding in encodings:
        fault = _fault(source, encoding)
        if fault is None:
            return encoding
        furthest, line = max((furthest, line), fault)
    raise MalformedError(
        FILE,
        Words(
            f"{line}行目を UTF-8 としても Shift_JIS（CP932）としても読めません。",
            f"Line {line} is neither UTF-8 nor Shift_JIS (CP932).",
        ),
        _SAVE_AS_CSV,
    )


def _fault(source: BinaryIO, encoding: str) -> tuple[int, int] | None:
    """Where a file stops being of an encoding, as byte and line; None if nowhere."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    before, lines = 0, 1
    while block := source.read(BLOCK):
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            return _place(error, before + len(block), lines, block)
        before += len(block)
        lines += block.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return _place(error, before, lines, b"")
    return None


def _place(
    error: UnicodeDecodeError, read: int, lines: int, block: bytes
) -> tuple[int, int]:
    """Byte and line of an error in the last block, or in what was held back for it."""
    offset = read - len(error.object) + error.start
    held_back = len(error.object) - len(block)
    return offset, lines + block.count(b"\n", 0, max(0, error.start - held_back))


def text_lines(source: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines of a file of this encoding, each with its end, without a UTF-8 mark.

    Raises MalformedError, naming line and character: a control, private-use or
    unassigned character, a carriage return alone, a line beyond `LONGEST_LINE`.
    """
    whole, begun = 0, ""
    for block in _blocks(source, encoding):
        text = begun + block
        _require_plain(text, whole)
        lines = text.splitlines(keepends=True)
        begun = lines.pop() if lines and not text.endswith("\n") else ""
        if len(begun) > LONGEST_LINE:
            raise _too_long(whole + len(lines) + 1)
        yield from lines
        whole += len(lines)
    if begun:
        yield begun


def _blocks(source: BinaryIO, encoding: str) -> Iterator[str]:
    """The text in blocks, of which none ends between CR and LF."""
    source.seek(0)
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    decoder = codecs.getincrementaldecoder(name)("strict")
    held_back = ""
    while block := source.read(BLOCK):
        text = held_back + decoder.decode(block)
        held_back = "\r" if text.endswith("\r") else ""
        yield text.removesuffix(held_back)
    yield held_back + decoder.decode(b"", final=True)


def _require_plain(text: str, lines_before: int) -> None:
    """Raise for the first character that no list may hold."""
    plain = text.replace("\r\n", "").replace("\n", "").replace("\u3000", "")
    if plain.isprintable():  # and so without a carriage return
        return
    refused = {mark: reason for mark in set(text) if (reason := refusal(mark))}
    places = [(text.index(mark), reason) for mark, reason in refused.items()]
    without_line_ends = text.replace("\r\n", "\n\n")
    if "\r" in without_line_ends:
        places.append((without_line_ends.index("\r"), _CARRIAGE_RETURN))
    if places:
        place, reason = min(places, key=lambda found: found[0])
        line = text.count("\n", 0, place) + 1
        column = place - (text.rfind("\n", 0, place) + 1) + 1
        raise refused_at(lines_before + line, column, reason)


_CARRIAGE_RETURN = Words(
    "改行が CR だけです（CRLF か LF にします）",
    "a line ends with CR alone (CRLF or LF is read)",
)
_CONTROL = Words("制御文字があります", "there is a control character")
_UNASSIGNED = Words(
    "Unicode にない文字があります", "there is a character that Unicode does not have"
)
_PRIVATE = Words(
    "外字（この事業所だけで読める文字）があります",
    "there is a private-use character (外字), which only your office can read",
)


def refusal(character: str) -> Words | None:
    """Why no list may hold a character; line ends are judged in their place."""
    if character in "\r\n":
        return None
    category = unicodedata.category(character)
    if category == "Cn" and ord(character) not in _KANJI_PLANES:
        return _UNASSIGNED
    if category == "Co":
        return _PRIVATE
    return _CONTROL if category in ("Cc", "Zl", "Zp") else None


def refused_at(line: int, column: int, reason: Words) -> MalformedError:
    """The error for a character, by its line and place in it, both from 1."""
    return MalformedError(
        FILE,
        Words(
            f"{line}行目の{column}文字目: {reason.ja}。",
            f"Line {line}, character {column}: {reason.en}.",
        ),
        Words(
            "その文字を除くか、標準の文字に直して保存し直してください。",
            "Remove that character or replace it by a standard one, and save it again.",
        ),
    )


def _too_long(line: int) -> MalformedError:
    return MalformedError(
        FILE,
        Words(
            f"{line}行目が長すぎます（{LONGEST_LINE:,}文字超）。",
            f"Line {line} is too long (over {LONGEST_LINE:,} characters).",
        ),
        Words(
            "一覧のファイルか、改行が失われていないかを確かめてください。",
            "See that it is a list, and that its line ends are not lost.",
        ),
    )
