"""A paper cast in a mould is, byte for byte, the paper that would be drawn up."""

import json
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
UNTIL_JULY = replace(INSURER, certificate_until_on=date(2027, 7, 31))
LATE_ELDERLY = replace(UNTIL_JULY, number="39131156")
SERIAL = "ABCD-EFGH-JKLM-NOP8"
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
    copay='[["020","2026-08-01",null]]',
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
    return *named, poured(mould, SERIAL, 5, 7, words)


def cast_by(casting, line):
    """The draft of a line by a mould, or None."""
    paper = casting.cast(line)
    return paper and (SERIAL, *paper)


words = st.text(
    st.sampled_from("見本花子●髙邉葛ｱｲ ABC%s0-'\"\\{}:,\u3000\U00020bb7\ufeff\n\x1f"),
    min_size=1,
    max_size=24,
)
days = st.dates(date(1890, 1, 1), date(2027, 6, 1)).map(date.isoformat)
copays = st.sampled_from(
    [
        None,
        '[["020","2026-08-01",null]]',
        '[["010","2025-08-01","2026-07-31"],["030","2026-08-01",null]]',
        '[["010","1890-01-01",null]]',
        '[["020","2027-08-01",null]]',
    ]
)
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
    copay=copays,
    is_undisclosed=st.sampled_from([0, 1]),
)


@settings(max_examples=300)
@given(
    st.lists(lines, min_size=1, max_size=4),
    st.sampled_from(Form),
    st.sampled_from([INSURER, UNTIL_JULY, LATE_ELDERLY]),
)
def test_a_cast_paper_is_the_paper_that_is_drawn_up(many, form, insurer):
    casting = moulds(form, insurer)
    for line in many:
        cast = cast_by(casting, line)
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
        assert said(cast_by(casting, line)) == drawn(casting.press, line), changes


@pytest.mark.parametrize(
    ("insurer", "birth_on", "ratio"),
    [
        (LATE_ELDERLY, "1926-05-05", "020"),
        (LATE_ELDERLY, "1946-05-05", "020"),
        (UNTIL_JULY, "1953-05-05", "020"),
        (UNTIL_JULY, "1959-05-05", None),
    ],
)
def test_so_are_those_of_the_elderly_with_their_ratio(insurer, birth_on, ratio):
    casting = moulds(insurer=insurer)
    line = PLAIN._replace(birth_on=birth_on)
    paper = cast_by(casting, line)

    assert said(paper) == drawn(casting.press, line)
    claims = json.loads(said(paper)[-1])
    assert claims.get("copay_ratio") == ratio
    assert claims.get("copay_from_on") == (ratio and "2026-08-01")


def test_a_new_ratio_is_another_mould_and_a_new_day_of_it_is_not():
    """The day may tell a birthday: it is erased with the words, as a mould is not."""
    casting = moulds(insurer=UNTIL_JULY)
    used = {}
    for ratio, since in [("020", 1), ("020", 2), ("030", 3), ("030", 4)]:
        copay = f'[["{ratio}","2026-05-0{since}",null]]'
        line = PLAIN._replace(birth_on="1953-05-05", copay=copay)
        paper = cast_by(casting, line)
        assert said(paper) == drawn(casting.press, line)
        *_, mould, words = paper
        used.setdefault(mould, set()).add(ratio)
        assert words.endswith(f"2026-05-0{since}")
    assert sorted(map(sorted, used.values())) == [["020"], ["030"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_on": "1955-05-05"},
        {"birth_on": "1899-05-05"},
        {"birth_on": "1943-05-05", "copay": '[["020","1890-01-01",null]]'},
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
    assert moulds().cast(PLAIN._replace(**changes)) is None


def test_a_house_may_be_called_as_its_marks_are():
    """What is cut out of the first paper is found by its claim, not by its letters."""
    names = IssuerNames("https://serial.number.example/100%")
    casting = Moulds(
        Press.of(replace(INSURER, name="serial kanji"), Form.A4, ON, names)
    )

    assert said(cast_by(casting, PLAIN)) == drawn(casting.press, PLAIN)


def test_under_an_insurer_whose_name_cannot_be_printed_nothing_is_cast():
    casting = moulds(insurer=replace(INSURER, name="\u3164"))

    assert casting.cast(PLAIN) is None
    with pytest.raises(MalformedError):
        drawn(casting.press, PLAIN)


def test_beyond_the_last_day_that_a_code_can_count_nothing_is_cast():
    insurer = replace(INSURER, certificate_until_on=None)
    press = Press.of(
        insurer, Form.A4, date(2077, 1, 1), IssuerNames("https://x.example")
    )

    assert Moulds(press).cast(PLAIN._replace(birth_on="2030-01-01")) is None
