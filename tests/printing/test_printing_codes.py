"""The code is drawn as its budget supposes: alphanumeric, level M, no larger."""

import pytest
import segno
import zxingcpp
from printing_examples import LONG, SHORT, printed

from backend.credentials.certificate import Form
from backend.credentials.certificate_qr import to_qr
from backend.printing.code_image import draw_code

LARGEST = {Form.A4: 17, Form.POSTCARD: 17, Form.CARD: 14}
MARGIN, SCALE = 4, 3


def pixels(code):
    """The picture with its margin, three picture elements a module."""
    side = code.side + 2 * MARGIN
    greys = [int(grey) for grey in code.grey.split(",")]
    rows = [greys[at : at + code.side] for at in range(0, len(greys), code.side)]
    blank = [[255] * side] * MARGIN
    framed = [[255] * MARGIN + row + [255] * MARGIN for row in rows]
    drawn = bytes(
        grey
        for row in [*blank, *framed, *blank]
        for _ in range(SCALE)
        for grey in row
        for _ in range(SCALE)
    )
    return memoryview(drawn).cast("B", (side * SCALE, side * SCALE))


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("fields", [SHORT, LONG], ids=["short", "long"])
def test_a_code_is_no_larger_than_alphanumeric_mode_needs(fields, form):
    text = to_qr(printed(fields, form).token)
    smallest = segno.make(
        text, mode="alphanumeric", error="m", boost_error=False, micro=False
    )

    code = draw_code(text)

    assert code.side == 17 + 4 * smallest.version  # ISO/IEC 18004 table 1
    assert smallest.version <= LARGEST[form]
    assert code.grey.count(",") + 1 == code.side**2


def test_a_code_is_of_level_m():
    text = to_qr(printed(SHORT, Form.CARD).token)

    found = zxingcpp.read_barcode(pixels(draw_code(text)))

    assert found.text == text
    assert found.ec_level == "M"
