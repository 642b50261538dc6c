"""A run that was printed in parts becomes one file, in order."""

import io

import pytest
from pages import codes_on, sizes_of
from printing_examples import WHOLE, printed

from backend.credentials.certificate import Form
from backend.credentials.certificate_qr import to_qr
from backend.printing.sheets import Layout, join_pdfs, print_certificates


def joined(parts):
    out = io.BytesIO()
    join_pdfs(parts, out)
    return out.getvalue()


@pytest.mark.parametrize("layout", Layout)
def test_the_pages_of_all_parts_stand_in_order(layout):
    papers = [printed(WHOLE._replace(status_index=it), Form.CARD) for it in range(4)]
    parts = [print_certificates(papers[at : at + 2], layout) for at in (0, 2)]

    whole = joined(iter(parts))

    codes = [code for page in codes_on(whole) for code in page]
    assert codes == [to_qr(paper.token) for paper in papers]
    assert sizes_of(whole) == [size for part in parts for size in sizes_of(part)]


def test_a_single_part_stays_as_it_is():
    part = print_certificates([printed(WHOLE, Form.A4)], Layout.PAGES)

    assert codes_on(joined([part])) == codes_on(part)
