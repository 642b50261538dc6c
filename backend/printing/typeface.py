"""The one typeface of every paper: which characters it has, and how wide they are.

Noto Sans CJK JP, from a package, so that a paper looks alike on every machine. Widths
are in em, the height of the type.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont
from noto_cjk_sans_jp_regular import FONT_PATH

FAMILY = "Noto Sans CJK JP"
FOLDER = Path(str(FONT_PATH)).parent
MM_PER_POINT = 25.4 / 72


class Typeface(NamedTuple):
    """`advances`: the width of each character, by its code point, in em."""

    advances: dict[int, float]


@cache
def typeface() -> Typeface:
    """Read once for the life of the process: a tenth of a second."""
    with TTFont(str(FONT_PATH), lazy=True) as font:
        em = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        glyphs = font.getBestCmap()
    return Typeface({code: metrics[glyph][0] / em for code, glyph in glyphs.items()})


def width_of(text: str) -> float:
    """How wide the text stands on one line, in em.

    A character without a glyph counts nothing; `unprintable` names it.
    """
    advances = typeface().advances
    return sum(advances.get(ord(character), 0.0) for character in text)
