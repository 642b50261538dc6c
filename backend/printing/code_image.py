"""The QR code of a certificate as picture elements: one for each module."""

from typing import Any, NamedTuple

import zxingcpp

_DARK, _LIGHT = "00", "ff"


class CodeImage(NamedTuple):
    """`side` modules in each direction; `grey` their values, row by row: "0,255,…"."""

    side: int
    grey: str


def draw_code(text: str) -> CodeImage:
    """The code of this text, alphanumeric, at level M, without margin."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(scale=1, add_quiet_zones=False)  # a buffer by its C API
    modules = memoryview(image)
    grey = modules.tobytes().hex(",").replace(_LIGHT, "255").replace(_DARK, "0")
    return CodeImage(len(modules), grey)
