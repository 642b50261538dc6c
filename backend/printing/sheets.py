"""Print files of certificates: pages or imposed sheets, and the index of a run."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, BinaryIO

from pypdfium2 import PdfDocument

from backend.credentials import jose
from backend.credentials.certificate import Form, read_fields
from backend.credentials.certificate_qr import to_qr
from backend.printing import a4_face, card_face, postcard_face, wording
from backend.printing.certificate_words import TITLE
from backend.printing.code_image import draw_code
from backend.printing.engine import set_pdf
from backend.printing.imposition import Imposition

_FACES = {
    Form.A4: (a4_face.FRONT, a4_face.BACK),
    Form.POSTCARD: (postcard_face.FRONT, postcard_face.BACK),
    Form.CARD: (card_face.FRONT, card_face.BACK),
}
# The sheets that are cut: their size in mm, papers across and down.
_SHEETS = {Form.CARD: (210.0, 297.0, 2, 5), Form.POSTCARD: (297.0, 420.0, 2, 2)}
_FRONT, _BACK = 0, 1


class Layout(Enum):
    """How papers stand in a print file."""

    PAGES = "pages"
    """One certificate a page, at its true size."""
    SHEETS = "sheets"
    """As a print shop cuts them: cards on A4, はがき on A3, with marks; A4 as it is."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A certificate to be printed: the compact JWT as issued."""

    token: str


def print_certificates(papers: Sequence[Printed], layout: Layout) -> bytes:
    """One PDF: a page of fronts, then its backs, to be turned on the upright edge.

    Decoding the code on each paper gives back exactly its token. The same papers give
    the same bytes. Raises `NotGenuineError` for what is no certificate,
    `MalformedError` (`qr`) where the code does not fit, `ValueError` for no papers or
    several forms.
    """
    read = [_read(paper) for paper in papers]
    forms = {form for form, _ in read}
    if len(forms) != 1:
        raise ValueError(f"papers of one form are printed at once, not of {len(forms)}")
    form = forms.pop()
    sheet = _imposition(form, layout)
    shown = [it for _, it in read]
    sides = [
        side
        for first in range(0, len(shown), sheet.places)
        for side in _both_sides(shown[first : first + sheet.places], sheet)
    ]
    return set_pdf(
        {
            "title": TITLE,
            "width": sheet.width,
            "height": sheet.height,
            "cuts": sheet.cuts(),
            "faces": [face.ground() for face in _FACES[form]],
            "sides": sides,
        },
    )


def per_sheet(form: Form, layout: Layout) -> int:
    """How many certificates of this form stand on one sheet."""
    return _imposition(form, layout).places


def sheet_index(
    serials: Sequence[str], form: Form, layout: Layout, first_sheet: int = 1
) -> Iterator[tuple[int, int, str]]:
    """Where each paper of a run stands: its sheet, its place there, its serial.

    A sheet is a front with its back. Places are counted from 1 in reading order, as
    seen on the front.
    """
    places = per_sheet(form, layout)
    for number, serial in enumerate(serials):
        sheet, place = divmod(number, places)
        yield first_sheet + sheet, place + 1, serial


def join_pdfs(parts: Iterable[bytes], out: BinaryIO) -> None:
    """The pages of all parts as one file, for a run that was printed in parts.

    Parts are taken one at a time, but what they hold stays in memory until the file is
    written, twice its size (measured: 3.3 kB a card), so a run of a million papers is
    better left in several files. Not for two threads at once: PDFium is not.
    """
    with PdfDocument.new() as whole:
        for part in parts:
            with PdfDocument(part) as document:
                whole.import_pages(document)
        whole.save(out)


def _imposition(form: Form, layout: Layout) -> Imposition:
    front, _ = _FACES[form]
    sheet = _SHEETS.get(form) if layout is Layout.SHEETS else None
    width, height, across, down = sheet or (front.width, front.height, 1, 1)
    return Imposition(width, height, across, down, front.width, front.height)


def _read(paper: Printed) -> tuple[Form, dict[str, Any]]:
    """The form of a paper, and what stands on its front beside the ground."""
    fields, form, _ = read_fields(jose.peek_claims(paper.token))
    front, _ = _FACES[form]
    code = draw_code(to_qr(paper.token))
    return form, front.fill(wording.certificate(fields)) | code._asdict()


def _both_sides(
    papers: list[dict[str, Any]], sheet: Imposition
) -> Iterator[dict[str, Any]]:
    """The fronts, then the backs, on which nothing stands but their ground."""
    for face in (_FRONT, _BACK):
        is_back = face == _BACK
        yield {
            "face": face,
            "papers": [
                (*sheet.corner(place, is_back), None if is_back else it)
                for place, it in enumerate(papers)
            ],
        }
