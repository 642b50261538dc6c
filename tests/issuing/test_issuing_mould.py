"""A paper cast in a mould is, byte for byte, the paper that would be drawn up."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.credentials.certificate import Form
from backend.credentials.certificate_mould import poured
from backend.credentials.issuer_names import IssuerNames
from backend.domain.errors import MalformedError
from backend.issuing.mould import Moulds
from backend.issuing.paper import Press, Wishes, draw_up
from backend.storage.rows import Insurer
from backend.storage.run_rows import RegisterLine

ON = date(2026, 11, 27)
INSURER = Insurer("01130012", "架空100%協会けんぽ", "00-0000-0001")
SERIAL = "ABCD-EFGH-JKLM-NOPQ"
PLAIN = RegisterLine(
    asked=0,
    coverage_id="cov-1",
    person_id="per-1",
    symbol="見本",
    number="123",
    branch="01",
    acquired_on="2020-04-01",
    lost_on=None,
    relation="1",
    classification="01",
    kanji="見本　花子",
    kana="ﾐﾎﾝ ﾊﾅｺ",
    birth_on="1980-05-05",
    sex="2",
    address="架空県見本市一丁目1-1",
    is_undisclosed=0,
    card_status="NO_CARD",
    continuation_ends_on=None,
    is_plain=1,
)


def moulds(form=Form.A4, insurer=INSURER):
    return Moulds(Press.of(insurer, form, ON, IssuerNames("https://shikaku.example")))


def drawn(press, line):
    return said(draw_up(None, press, line, Wishes(), SERIAL))


def said(draft):
    """The draft with its claims at some place instead of mould and words."""
    *named, mould, words = draft
    return *named, poured(mould, draft.serial, 5, 7, words)


words = st.text(
    st.sampled_from("見本花子●髙邉葛ｱｲ ABC%s0-'\"\\{}:,\u3000\U00020bb7\ufeff\n\x1f"),
    min_size=1,
    max_size=24,
)
days = st.dates(date(1955, 1, 1), date(2027, 6, 1)).map(date.isoformat)
lines = st.builds(
    PLAIN._replace,
    symbol=st.none() | words,
    number=words,
    branch=st.none() | st.sampled_from(["00", "01"]),
    kanji=words,
    kana=words,
    address=st.none() | words,
    birth_on=days,
    acquired_on=days,
    sex=st.sampled_from(["1", "2"]),
    relation=st.sampled_from([None, "1", "2"]),
    classification=st.sampled_from(["01", "05"]),
    is_undisclosed=st.sampled_from([0, 1]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(lines, min_size=1, max_size=4), st.sampled_from(Form))
def test_a_cast_paper_is_the_paper_that_is_drawn_up(many, form):
    casting = moulds(form)
    for line in many:
        cast = casting.cast(line, SERIAL)
        if cast is not None:
            assert said(cast) == drawn(casting.press, line)


def test_most_papers_are_cast():
    casting = moulds()
    for changes in (
        {},
        {"kanji": "見本　太郎", "birth_on": "2001-02-03"},
        {"branch": None},
        {"symbol": None},
        {"address": None},
        {"is_undisclosed": 1},
        {"sex": "1", "relation": "2"},
        {"kanji": "●本　花子"},
        {"number": "100%"},
    ):
        line = PLAIN._replace(**changes)
        assert said(casting.cast(line, SERIAL)) == drawn(casting.press, line), changes


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_on": "1955-05-05"},
        {"continuation_ends_on": "2027-03-31"},
        {"acquired_on": "2027-01-01"},
        {"acquired_on": "1979-01-01"},
        {"kanji": '"'},
        {"kanji": "\\"},
        {"kanji": "\U00020bb7田"},
        {"kana": "\u3164"},
        {"address": "字" * 200},
    ],
)
def test_what_is_not_usual_is_drawn_up(changes):
    assert moulds().cast(PLAIN._replace(**changes), SERIAL) is None


def test_a_house_may_be_called_as_its_marks_are():
    """What is cut out of the first paper is found by its claim, not by its letters."""
    names = IssuerNames("https://serial.number.example/100%")
    casting = Moulds(
        Press.of(replace(INSURER, name="serial kanji"), Form.A4, ON, names)
    )

    assert said(casting.cast(PLAIN, SERIAL)) == drawn(casting.press, PLAIN)


def test_under_an_insurer_whose_name_cannot_be_printed_nothing_is_cast():
    casting = moulds(insurer=replace(INSURER, name="\u3164"))

    assert casting.cast(PLAIN, SERIAL) is None
    with pytest.raises(MalformedError):
        drawn(casting.press, PLAIN)


def test_beyond_the_last_day_that_a_code_can_count_nothing_is_cast():
    insurer = replace(INSURER, certificate_until_on=None)
    press = Press.of(
        insurer, Form.A4, date(2077, 1, 1), IssuerNames("https://x.example")
    )

    assert Moulds(press).cast(PLAIN._replace(birth_on="2030-01-01"), SERIAL) is None
