"""Nothing prints as blank or as a box: what would is named beforehand."""

import pytest
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.ttLib import TTFont
from noto_cjk_sans_jp_regular import FONT_PATH

from backend.printing.unprintable import unprintable

_SHORTEST_OUTLINE = 12  # bytes of charstring; only shorter ones can be blank


@pytest.mark.parametrize(
    "text", ["髙橋 﨑●", "𠮷田　一", "ｶﾞｸ", "が\u3099", "邉\U000e0100", "〇①㈱Ⅲ"]
)
def test_what_names_hold_can_be_printed(text):
    assert unprintable(text) == ""


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("山😀田😀", "😀"),
        ("\U000323af一", "\U000323af"),
        ("山\u3164田", "\u3164"),
        ("\ue000", "\ue000"),
        ("a\nb", "\n"),
        ("\U000e0100山", "\U000e0100"),
        ("山\U000e0100\U000e0101", "\U000e0101"),
    ],
)
def test_what_would_be_blank_or_a_box_is_named_once(text, missing):
    assert unprintable(text) == missing


def test_of_all_blank_glyphs_spaces_alone_are_printed():
    with TTFont(str(FONT_PATH), lazy=True) as font:
        glyphs, outlines = font.getBestCmap(), font["CFF "].cff[0].CharStrings
        shapes = font.getGlyphSet()
        blank = [
            chr(code)
            for code, glyph in glyphs.items()
            if len(outlines[glyph].bytecode or b"") <= _SHORTEST_OUTLINE
            and _is_blank(shapes, glyph)
        ]

    assert [it for it in blank if not it.isspace() and not unprintable(it)] == []
    assert len(blank) > 4


def _is_blank(shapes, glyph):
    pen = ControlBoundsPen(shapes)
    shapes[glyph].draw(pen)
    return pen.bounds is None
