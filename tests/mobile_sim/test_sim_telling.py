"""What the terminal shows: shape, word and colour, also without colour."""

import io
from typing import Any

import pytest
from rich.console import Console

from backend.domain.outcome import Outcome
from backend.domain.words import Words
from mobile_sim.screen import both_calendars, rows_of
from mobile_sim.telling import Telling, console_on
from mobile_sim.verdict_line import Light, verdict_line

WORDS = {"ja": "理由の文", "en": "the reason"}
LAPSED: dict[str, Any] = {
    "outcome": "lapsed",
    "headline": WORDS,
    "qualification": {
        "validity": "2",
        "label": "無効",
        "reason": "lapsed",
        "since": "2026-11-22",
        "loss_reason": {"code": "99", "label": {"ja": "その他", "en": "other"}},
        "has_overlap": False,
    },
    "person": {
        "name": "髙﨑　誠",
        "kana": "ﾀｶｻｷ ﾏｺﾄ",
        "birth_on": "1965-03-13",
        "sex": "1",
        "has_unsupported_characters": False,
    },
    "coverage": {
        "insurer_number": "01139997",
        "insurer_name": "架空協会けんぽ",
        "symbol": "99000001",
        "number": "103",
        "branch": "00",
    },
    "charge": None,
    "next_step": {"ja": "新しい保険を確認", "en": "ask for the new one"},
    "ask": {"name": "架空協会けんぽ", "contact": "00-0000-0001"},
    "data_as_of": "2026-11-23T10:00:00Z",
}


def told(answer: dict[str, Any]) -> str:
    stream = io.StringIO()
    Telling(Console(file=stream, width=100)).answer(answer, "架空中央医院 窓口1")
    return stream.getvalue()


def test_every_outcome_has_a_line_of_its_own() -> None:
    lines = {outcome: verdict_line(outcome.value) for outcome in Outcome}
    assert len({str(line) for line in lines.values()}) == len(Outcome)


def test_only_valid_is_green() -> None:
    green = [o for o in Outcome if verdict_line(o.value).light is Light.GO]
    assert green == [Outcome.VALID]


def test_could_not_check_and_the_unheard_of_are_amber() -> None:
    for outcome in ("could-not-check", "an outcome of next year"):
        assert str(verdict_line(outcome)) == "◆ 確認できません  COULD NOT CHECK"


def test_lapsed_tells_day_reason_next_step_and_whom_to_ask() -> None:
    assert "▲ 無効  LAPSED" in told(LAPSED)
    rows = dict(rows_of(LAPSED))
    assert rows["資格喪失日 since"] == "令和8年11月22日 (2026-11-22)（この日から無効）"
    assert rows["喪失事由 loss"] == "99 その他 / other"
    assert rows["次の対応 next"] == "新しい保険を確認\nask for the new one"
    assert rows["照会先 ask"] == "架空協会けんぽ 00-0000-0001"
    assert rows["データ基準日時 as of"] == "2026-11-23 19:00:00 JST"
    assert rows["氏名 name"] == "髙﨑　誠（ﾀｶｻｷ ﾏｺﾄ） 男 male"
    assert all(text.splitlines()[0] in told(LAPSED) for text in rows.values())


def test_charge_shows_ratio_limit_and_diseases() -> None:
    charge = {
        "ratio_label": "3割",
        "limit_category": {"code": "A03", "label": "ウ"},
        "diseases": [{"code": "1", "label": "人工透析を要する慢性腎不全"}],
    }
    rows = dict(rows_of(LAPSED | {"outcome": "valid", "charge": charge}))
    assert rows["負担割合 charge"] == "3割"
    assert rows["限度額区分 limit"] == "ウ"
    assert rows["特定疾病 disease"] == "人工透析を要する慢性腎不全"
    assert "照会先 ask" not in rows


def test_an_unknown_ratio_is_said_to_be_unknown() -> None:
    charge = {"ratio_label": None, "limit_category": None, "diseases": []}
    rows = dict(rows_of(LAPSED | {"charge": charge}))
    assert rows["負担割合 charge"] == "不明 unknown"


def test_a_nameless_answer_has_no_rows_about_a_person() -> None:
    nobody = {"person": None, "coverage": None, "qualification": None, "ask": None}
    labels = [label for label, _ in rows_of(LAPSED | nobody | {"data_as_of": None})]
    assert labels == ["理由 why", "次の対応 next"]


def test_a_pipe_of_another_locale_gets_utf_8_without_colour() -> None:
    octets = io.BytesIO()
    stream = io.TextIOWrapper(octets, encoding="ascii")
    telling = Telling(console_on(stream))
    telling.step(Words("一覧を登録します", "Lists are registered"))
    telling.answer(LAPSED, "窓口")
    stream.flush()
    text = octets.getvalue().decode("utf-8")
    assert "[ 1] 一覧を登録します" in text
    assert "▲ 無効  LAPSED" in text
    assert "\x1b" not in text


def test_steps_are_counted() -> None:
    stream = io.StringIO()
    telling = Telling(Console(file=stream, width=100))
    for _ in range(2):
        telling.step(Words("段", "step"))
    assert "[ 2] 段" in stream.getvalue()


def test_a_code_is_drawn_as_a_symbol_with_no_text_of_it() -> None:
    stream = io.StringIO()
    Telling(Console(file=stream, width=100)).code("SK1P" + "A" * 150)
    drawn = stream.getvalue()
    assert "▀" in drawn
    assert "SK1P" not in drawn


@pytest.mark.parametrize(
    ("day", "told_as"),
    [
        ("2019-05-01", "令和元年5月1日 (2019-05-01)"),
        ("1989-01-07", "昭和64年1月7日 (1989-01-07)"),
    ],
)
def test_days_are_told_in_both_calendars(day: str, told_as: str) -> None:
    assert both_calendars(day) == told_as
