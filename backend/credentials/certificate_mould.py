"""A certificate's claims as they are kept: a mould that many share, and its own words.

A mould is the text of the claims, with places for what is a paper's own, in this order:
serial (`%s`), index in the status list and the list's number (`%d`), its words (`%s`);
`%%` stands for `%`. Words are joined by a character that stands in no text of JSON
(RFC 8259 §7).
"""

from functools import lru_cache

APART = "\x1f"
"""What stands between the words: U+001F, information separator one."""
_APART = APART.encode("ascii")


def poured(mould: str, serial: str, index: int, list_number: int, words: str) -> bytes:
    """The claims, byte for byte as they are signed.

    Raises ValueError where there are more or fewer words than places.
    """
    own = words.encode("utf-8").split(_APART)
    try:
        return _octets(mould) % (serial.encode("ascii"), index, list_number, *own)
    except TypeError:
        raise ValueError("not the words of this mould") from None


@lru_cache(1024)  # octets are put together in half the time of characters
def _octets(mould: str) -> bytes:
    return mould.encode("utf-8")


def fixed(part: str) -> str:
    """A text that all papers of a mould share, as it stands in the mould."""
    return part.replace("%", "%%")
