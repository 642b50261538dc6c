"""Printed pages as a reader sees them: drawn, decoded, read."""

import pypdfium2 as pdfium
import zxingcpp

MM = 72 / 25.4  # points


def codes_on(pdf: bytes, dpi: int = 200) -> list[list[str]]:
    """The text of every code on each page, from top to bottom, left to right."""
    with pdfium.PdfDocument(pdf) as document:
        return [_codes(page, dpi) for page in document]


def sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, mm."""
    with pdfium.PdfDocument(pdf) as document:
        return [
            tuple(round(side / MM, 2) for side in page.get_size()) for page in document
        ]


def text_on(pdf: bytes, page: int = 0) -> str:
    """The text of a page, without spaces and line ends."""
    with pdfium.PdfDocument(pdf) as document:
        return "".join(document[page].get_textpage().get_text_range().split())


def _codes(page: pdfium.PdfPage, dpi: int) -> list[str]:
    drawn = page.render(scale=dpi / 72, grayscale=True)
    image = memoryview(bytes(drawn.buffer)).cast("B", (drawn.height, drawn.stride))
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    found.sort(key=lambda it: (it.position.top_left.y // 50, it.position.top_left.x))
    return [it.text for it in found]
