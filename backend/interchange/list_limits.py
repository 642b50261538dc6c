"""How much a list may hold; beyond, it is refused as a whole."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ListLimits:
    """The limits of a list and of the zip around it.

    A zip that unpacks to more than `ratio` times its size is a trap, unless it unpacks
    to less than `steep_bytes`. A workbook is read into memory in part (its shared
    texts), so it may unpack to less than a plain list.
    """

    rows: int = 20_000_000
    unpacked_bytes: int = 4096 * MIB
    workbook_bytes: int = 512 * MIB
    ratio: int = 200
    steep_bytes: int = 32 * MIB
    entries: int = 1_000
