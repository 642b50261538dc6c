"""A certificate's claims as they are kept: a mould that many share, and its own words.

A mould is the text of the claims, with `%s` where a paper's own stands, in this order:
serial, index in the status list, the list's number, its words (and `%%` for `%`).
Words are joined by a character that stands in no text of JSON (RFC 8259 §7).
"""

APART = "\x1f"
"""What stands between the words: U+001F, information separator one."""


def poured(mould: str, serial: str, index: int, list_number: int, words: str) -> bytes:
    """The claims, byte for byte as they are signed.

    Raises ValueError where there are more or fewer words than places.
    """
    own = words.split(APART)
    try:
        return (mould % (serial, index, list_number, *own)).encode("utf-8")
    except TypeError:
        raise ValueError("not the words of this mould") from None


def fixed(part: str) -> str:
    """A text that all papers of a mould share, as it stands in the mould."""
    return part.replace("%", "%%")
