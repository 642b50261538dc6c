"""The one typeface of every paper: which characters it has, and how wide they are.

Noto Sans CJK JP, from a package, so that a paper looks alike on every machine. Widths
are in em, the height of the type.
"""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from noto_cjk_sans_jp_regular import FONT_PATH

FAMILY = "Noto Sans CJK JP"
FOLDER = Path(str(FONT_PATH)).parent
MM_PER_POINT = 25.4 / 72


class _Advances(dict[str, float]):
    """The width of each character in em; one without a glyph counts nothing."""

    def __missing__(self, character: str) -> float:
        return 0.0


@cache
def advances() -> dict[str, float]:
    """The width of each character that has a glyph, in em.

    Read once for the life of the process: a tenth of a second.
    """
    with TTFont(str(FONT_PATH), lazy=True) as font:
        em = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        glyphs = font.getBestCmap()
    return _Advances(
        (chr(code), metrics[glyph][0] / em) for code, glyph in glyphs.items()
    )


def width_of(text: str) -> float:
    """How wide the text stands on one line, in em."""
    return sum(map(advances().__getitem__, text))
