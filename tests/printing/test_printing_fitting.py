"""Text fits its box, whatever its length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.printing.fitting import Box, fit
from backend.printing.typeface import MM_PER_POINT, width_of

BOX = Box(3.0, 10.0, 46.0, 5.0)
LETTERS = st.text("髙山﨑●ｱﾞA1 ア邉W-ー）　", min_size=1, max_size=60)


def test_a_short_text_keeps_its_size_and_stands_on_the_lower_edge():
    (line,) = fit("山田太郎", BOX, 12)

    assert (line.x, line.size, line.text) == (3.0, 12, "山田太郎")
    assert line.y + 12 * MM_PER_POINT == pytest.approx(15.0, abs=0.001)


@given(LETTERS)
def test_no_text_leaves_its_box_or_loses_a_character(text):
    lines = fit(text, BOX, 12)

    assert "".join(line.text for line in lines) == text
    for line in lines:
        assert (
            width_of(line.text.rstrip()) * line.size * MM_PER_POINT <= BOX.width + 0.001
        )
        assert line.y >= BOX.y - 0.001
        assert line.y + line.size * MM_PER_POINT <= BOX.y + BOX.height + 0.001


def test_forty_characters_stay_readable():
    lines = fit("邉" * 40, BOX, 12)

    assert len(lines) == 2
    assert lines[0].size >= 6


def test_a_line_breaks_between_words_and_not_before_a_closing_sign():
    words = fit(
        "ＡＬＥＸＡＮＤＲＩＡ　ＣＡＲＯＬＩＮＥ　ＶＡＮ　ＤＥＮ　ＢＥＲＧ", BOX, 12
    )
    signs = fit("あ" * 19 + "）" + "い" * 20, BOX, 12)

    assert [line.text for line in words] == [
        "ＡＬＥＸＡＮＤＲＩＡ　ＣＡＲＯＬＩＮＥ　",
        "ＶＡＮ　ＤＥＮ　ＢＥＲＧ",
    ]
    assert signs[1].text[0] == "い"


def test_a_kanji_is_not_parted_from_its_selector():
    lines = fit("邉\U000e0100" * 40, BOX, 12)

    assert {line.text[0] for line in lines} == {"邉"}
