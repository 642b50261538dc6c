"""Nothing on a paper runs into anything else, however long the items are."""

from itertools import combinations

import pytest
from printing_examples import LONG, SHORT, WHOLE, printed

from backend.credentials.certificate import Form
from backend.credentials.certificate_qr import to_qr
from backend.printing import a4_face, card_face, notice_face, postcard_face, wording
from backend.printing.code_image import draw_code
from backend.printing.fitting import Box
from backend.printing.typeface import MM_PER_POINT, width_of

FACES = {Form.A4: a4_face, Form.POSTCARD: postcard_face, Form.CARD: card_face}
ITEMS = {"short": SHORT, "whole": WHOLE, "long": LONG}
INK = 0.06  # of an em: what stays clear above and below the ink of a line
EDGE = 2.0  # mm
QUIET_MODULES = 4  # ISO/IEC 18004 §9.1
LEAST_MODULE = 0.33  # mm: about four dots at 300 dpi
LEAST_TYPE = 3.0  # points


def lines_on(face, items):
    filled = face.fill(items)
    ground = [line for _, lines in face.ground()["lines"] for line in lines]
    return ground + filled["values"] + filled["labels"]


def ink_of(line):
    em = line.size * MM_PER_POINT
    return Box(
        line.x, line.y + INK * em, width_of(line.text.rstrip()) * em, em * (1 - 2 * INK)
    )


def meet(one, other):
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def grown(box, by):
    return Box(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by)


@pytest.fixture(params=Form)
def form(request):
    return request.param


@pytest.mark.parametrize("fields", ITEMS.values(), ids=ITEMS)
def test_no_line_touches_another(form, fields):
    lines = lines_on(FACES[form].FRONT, wording.certificate(fields))

    touching = [
        (one.text, other.text)
        for one, other in combinations(lines, 2)
        if meet(ink_of(one), ink_of(other))
    ]
    assert touching == []


@pytest.mark.parametrize("fields", ITEMS.values(), ids=ITEMS)
def test_every_line_stands_within_the_edges_and_can_be_read(form, fields):
    face = FACES[form].FRONT
    inside = grown(Box(0, 0, face.width, face.height), -EDGE)

    for line in lines_on(face, wording.certificate(fields)):
        ink = ink_of(line)
        assert inside.x <= ink.x
        assert inside.y <= ink.y
        assert ink.x + ink.width <= inside.x + inside.width + 0.01
        assert ink.y + ink.height <= inside.y + inside.height
        assert line.size >= LEAST_TYPE


@pytest.mark.parametrize("fields", ITEMS.values(), ids=ITEMS)
def test_four_modules_around_the_code_stay_white(form, fields):
    face = FACES[form].FRONT
    side = draw_code(to_qr(printed(fields, form).token)).side
    zone = grown(face.code, QUIET_MODULES * face.code.width / side)

    lines = [ink_of(it) for it in lines_on(face, wording.certificate(fields))]
    drawn = [rule.drawn() for rule in face.rules]
    drawn += face.fill(wording.certificate(fields))["rules"]
    rules = [grown(Box(*it[:4]), it[4] / 2 * MM_PER_POINT) for it in drawn]
    assert [box for box in lines + rules if meet(box, zone)] == []
    assert zone.x >= 0
    assert zone.y >= 0
    assert zone.x + zone.width <= face.width
    assert zone.y + zone.height <= face.height


def test_a_module_is_large_enough_for_any_scanner(form):
    largest = {Form.A4: 17, Form.POSTCARD: 17, Form.CARD: 14}[form]
    modules = 17 + 4 * largest  # ISO/IEC 18004 table 1

    assert FACES[form].FRONT.code.width / modules >= LEAST_MODULE


def test_a_notice_holds_the_longest_items():
    lines = lines_on(notice_face.FRONT, wording.certificate(LONG))

    touching = [
        (one.text, other.text)
        for one, other in combinations(lines, 2)
        if meet(ink_of(one), ink_of(other))
    ]
    assert touching == []


def test_what_is_absent_leaves_no_gap(form):
    (rows,) = FACES[form].FRONT.rows
    first, last = rows.rows[0], rows.rows[-1]
    ends = frozenset({first.cells[0].item, last.cells[0].item})

    upper, lower = rows.placed(ends).cells

    apart = lower.label_box.y - upper.label_box.y
    assert apart == pytest.approx(first.height, abs=0.1)
