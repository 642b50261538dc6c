"""What a file is by its first bytes: a list, or something else, called by its name."""

from typing import BinaryIO

from backend.domain.errors import MalformedError
from backend.domain.words import Words
from backend.interchange.encoding import FILE

ZIP = b"PK\x03\x04"  # an xlsx workbook is one as well
_EMPTY_ZIP = b"PK\x05\x06"
_LONGEST = 16

_SAVE_AS_LIST = Words(
    "「CSV UTF-8」「CSV」か Excel ブック（xlsx）で保存し直してください。",
    'Save it again as "CSV UTF-8", as "CSV" or as an Excel workbook (xlsx).',
)
_OTHERS = {
    _EMPTY_ZIP: Words("空の zip です。", "It is a zip file with nothing in it."),
    b"\xd0\xcf\x11\xe0": Words(
        "旧形式の Excel ブック（xls）か、パスワード付きのブックです。",
        "It is an old Excel workbook (xls), or one with a password.",
    ),
    b"\xff\xfe": Words("UTF-16 の文字コードです。", "Its encoding is UTF-16."),
    b"\xfe\xff": Words("UTF-16 の文字コードです。", "Its encoding is UTF-16."),
    b"%PDF": Words("PDF です。", "It is a PDF file."),
    b"\x1f\x8b": Words("gzip です。zip にしてください。", "It is gzip: use zip."),
    b"7z\xbc\xaf": Words("7z です。zip にしてください。", "It is 7z: use zip."),
    b"Rar!": Words("RAR です。zip にしてください。", "It is RAR: use zip."),
    b"\x89PNG": Words("画像（PNG）です。", "It is a picture (PNG)."),
    b"\xff\xd8\xff": Words("画像（JPEG）です。", "It is a picture (JPEG)."),
    b"<?xml": Words("XML です。", "It is XML."),
    b"<html": Words("HTML です。", "It is HTML."),
    b"<!DOCTYPE": Words("HTML です。", "It is HTML."),
}


def is_zip(source: BinaryIO) -> bool:
    """Whether a file is a zip, a workbook included.

    Raises MalformedError for an empty file, and for any other kind that is no list.
    """
    source.seek(0)
    first = source.read(_LONGEST)
    source.seek(0)
    if not first:
        raise MalformedError(
            FILE,
            Words("空のファイルです。", "The file is empty."),
            Words(
                "見出しと1行以上の加入者を書いて送ってください。",
                "Send a heading line and at least one member.",
            ),
        )
    for first_bytes, reason in _OTHERS.items():
        if first.startswith(first_bytes):
            raise MalformedError(FILE, reason, _SAVE_AS_LIST)
    return first.startswith(ZIP)
