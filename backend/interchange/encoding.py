"""The characters of a file that an insurer sends: bytes in, text out, nothing guessed.

Offices write UTF-8 or what they call Shift_JIS, which on their machines is CP932.
Characters that only one office can read (外字) are found later, field by field.
"""

import unicodedata
from dataclasses import dataclass, field

from backend.domain.errors import MalformedError
from backend.domain.words import Words

FILE = "file"
"""The field that errors about a whole file name."""

_UTF8_MARK = b"\xef\xbb\xbf"
_SAVE_AS_CSV = Words(
    "表計算ソフトで「CSV UTF-8」か「CSV」を選んで保存し直してください。",
    'Save it again from the spreadsheet as "CSV UTF-8" or "CSV".',
)
_OTHER_FORMATS = {
    b"PK\x03\x04": Words(
        "Excel ブック（xlsx）で、CSV ではありません。",
        "It is an Excel workbook (xlsx), not a CSV file.",
    ),
    b"\xd0\xcf\x11\xe0": Words(
        "旧形式の Excel ブック（xls）で、CSV ではありません。",
        "It is an old Excel workbook (xls), not a CSV file.",
    ),
    b"\xff\xfe": Words("UTF-16 の文字コードです。", "Its encoding is UTF-16."),
    b"\xfe\xff": Words("UTF-16 の文字コードです。", "Its encoding is UTF-16."),
}
# Planes 2 and 3 hold kanji alone: one that our tables lack is newer than they are.
_KANJI_PLANES = range(0x20000, 0x40000)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and its encoding: "utf-8" or "cp932"."""

    text: str = field(repr=False)
    encoding: str


def decode(content: bytes) -> Decoded:
    """The text of a CSV file: with a UTF-8 mark, else strict UTF-8, else strict CP932.

    Raises MalformedError, naming line and character where there is one: another kind
    of file, bytes of neither encoding, a control character, a carriage return alone,
    or a character that Unicode does not have.
    """
    for first_bytes, reason in _OTHER_FORMATS.items():
        if content.startswith(first_bytes):
            raise MalformedError(FILE, reason, _SAVE_AS_CSV)
    decoded = _decode(content)
    _require_plain(decoded.text)
    return decoded


def _decode(content: bytes) -> Decoded:
    if content.startswith(_UTF8_MARK):
        encodings, content = ["utf-8"], content.removeprefix(_UTF8_MARK)
    else:
        encodings = ["utf-8", "cp932"]  # never shift_jis: it lacks 髙, ㈱ and ①
    furthest = 0
    for encoding in encodings:
        try:
            return Decoded(content.decode(encoding), encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    line = content.count(b"\n", 0, furthest) + 1
    raise MalformedError(
        FILE,
        Words(
            f"{line}行目を UTF-8 としても Shift_JIS（CP932）としても読めません。",
            f"Line {line} is neither UTF-8 nor Shift_JIS (CP932).",
        ),
        _SAVE_AS_CSV,
    )


def _require_plain(text: str) -> None:
    """Raise for the first character that no list may hold."""
    refused = {mark: reason for mark in set(text) if (reason := _refusal(mark))}
    places = [(text.index(mark), reason) for mark, reason in refused.items()]
    without_line_ends = text.replace("\r\n", "\n\n")
    if "\r" in without_line_ends:
        places.append((without_line_ends.index("\r"), _CARRIAGE_RETURN))
    if places:
        raise _refused_at(text, *min(places, key=lambda place: place[0]))


_CARRIAGE_RETURN = Words(
    "改行が CR だけです（CRLF か LF にします）",
    "a line ends with CR alone (CRLF or LF is read)",
)
_CONTROL = Words("制御文字があります", "there is a control character")
_UNASSIGNED = Words(
    "Unicode にない文字があります", "there is a character that Unicode does not have"
)


def _refusal(character: str) -> Words | None:
    """Why no list may hold a character; line ends are judged in their place."""
    if character in "\r\n":
        return None
    category = unicodedata.category(character)
    if category == "Cn" and ord(character) not in _KANJI_PLANES:
        return _UNASSIGNED
    return _CONTROL if category in ("Cc", "Zl", "Zp") else None


def _refused_at(text: str, place: int, reason: Words) -> MalformedError:
    line = text.count("\n", 0, place) + 1
    column = place - (text.rfind("\n", 0, place) + 1) + 1
    return MalformedError(
        FILE,
        Words(
            f"{line}行目の{column}文字目: {reason.ja}。",
            f"Line {line}, character {column}: {reason.en}.",
        ),
        Words(
            "その文字を除いて保存し直してください。",
            "Remove that character and save the file again.",
        ),
    )
