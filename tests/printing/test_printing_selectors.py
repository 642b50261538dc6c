"""A variant of a kanji is shown as asked where the typeface has it."""

import pypdfium2 as pdfium
import pytest
from fontTools.ttLib import TTFont
from noto_cjk_sans_jp_regular import FONT_PATH
from printing_examples import WHOLE

from backend.printing.notices import Notice, print_notices


def drawn(name):
    shared = set(Notice._fields) - {"expires_on"}
    fields = {field: getattr(WHOLE, field) for field in shared} | {"name": name}
    with pdfium.PdfDocument(print_notices([Notice(**fields)])) as document:
        return bytes(document[0].render(scale=2, grayscale=True).buffer)


@pytest.fixture(scope="module")
def variant():
    """A kanji with a selector for which the typeface has a shape of its own."""
    with TTFont(str(FONT_PATH), lazy=True) as font:
        (table,) = (it for it in font["cmap"].tables if it.format == 14)
        shapes = table.uvsDict[0xE0101]
    return next(chr(code) + "\U000e0101" for code, shape in shapes if shape)


def test_a_variant_that_the_typeface_has_is_shown(variant):
    assert drawn(variant) != drawn(variant[0])


def test_for_another_the_usual_shape_stands_alone():
    assert drawn("山\U000e01ef田") == drawn("山田")
