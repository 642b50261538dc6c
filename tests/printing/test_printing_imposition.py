"""Backs lie behind their fronts, and every cut has its marks."""

import pytest

from backend.printing.imposition import Imposition

CARDS = Imposition(210.0, 297.0, 2, 5, 85.6, 53.98)
POSTCARDS = Imposition(297.0, 420.0, 2, 2, 100.0, 148.0)


@pytest.mark.parametrize("sheet", [CARDS, POSTCARDS])
def test_a_sheet_turned_on_its_long_edge_has_each_back_behind_its_front(sheet):
    for place in range(sheet.places):
        left, top = sheet.corner(place, is_back=False)
        turned = sheet.width - left - sheet.paper_width

        assert sheet.corner(place, is_back=True) == pytest.approx((turned, top))


def test_places_are_in_reading_order_and_in_the_middle_of_the_sheet():
    corners = [CARDS.corner(place, is_back=False) for place in range(CARDS.places)]

    assert corners == sorted(corners, key=lambda corner: (corner[1], corner[0]))
    assert corners[0] == pytest.approx((19.4, 13.55))
    assert corners[-1] == pytest.approx((105.0, 13.55 + 4 * 53.98))


def test_every_cut_is_marked_at_both_ends_outside_the_papers():
    marks = CARDS.cuts()

    assert len(marks) == 2 * (CARDS.across + 1) + 2 * (CARDS.down + 1)
    for x, y, to_x, to_y in marks:
        assert x == to_x or y == to_y
        for across, down in ((x, y), (to_x, to_y)):
            assert not (19.4 < across < 190.6 and 13.55 < down < 283.45)


def test_what_is_not_cut_has_no_marks():
    assert Imposition(210.0, 297.0, 1, 1, 210.0, 297.0).cuts() == []
