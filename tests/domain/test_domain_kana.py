"""半角カナ: written one way, matched whatever way it was written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.errors import MalformedError
from backend.domain.kana import (
    LONGEST_KANA,
    comparison_key,
    is_half_width_kana,
    parse_kana,
    to_half_width,
)

HIRAGANA = [chr(code) for code in range(0x3041, 0x3097)]
KATAKANA = [chr(code) for code in range(0x30A1, 0x30F7)] + ["ー", "・"]


@pytest.mark.parametrize(
    ("written", "half_width"),
    [
        ("ヤマダ\u3000タロウ", "ﾔﾏﾀﾞ ﾀﾛｳ"),
        ("やまだ はなこ", "ﾔﾏﾀﾞ ﾊﾅｺ"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ﾔﾏﾀﾞ ﾀﾛｳ"),
        ("キャッツ", "ｷｬｯﾂ"),
        ("ゔぃーなす", "ｳﾞｨｰﾅｽ"),
        ("ジョン・スミス", "ｼﾞｮﾝ･ｽﾐｽ"),
        ("か\u3099", "ｶﾞ"),
        ("カ゛", "ｶﾞ"),
        ("スヰ ヱミ", "ｽｲ ｴﾐ"),
        ("ヮヵヶ", "ﾜｶｹ"),
    ],
)
def test_kana_become_half_width(written: str, half_width: str) -> None:
    assert to_half_width(written) == half_width
    assert parse_kana(written, "name_kana") == half_width


def test_other_characters_are_left_alone() -> None:
    assert to_half_width("山田Ａ1ア") == "山田Ａ1ｱ"


@pytest.mark.parametrize("kana", HIRAGANA + KATAKANA)
def test_every_single_kana_has_a_half_width_form(kana: str) -> None:
    assert is_half_width_kana(to_half_width(kana))


@pytest.mark.parametrize("text", ["ﾔﾏﾀﾞ ﾀﾛｳ", "ｱ", "ﾟ", "ｼﾞｮﾝ･ｽﾐｽ"])
def test_half_width_kana_are_recognised(text: str) -> None:
    assert is_half_width_kana(text)


@pytest.mark.parametrize("text", ["", "ヤ", "や", "ﾔﾏﾀﾞA", "ﾔﾏﾀﾞ\u3000ﾀﾛｳ", "ﾔ\n", "｡"])
def test_anything_else_is_not(text: str) -> None:
    assert not is_half_width_kana(text)


def test_padding_is_dropped() -> None:
    assert parse_kana("\u3000ヤマダ  ", "name_kana") == "ﾔﾏﾀﾞ"


@pytest.mark.parametrize(
    "broken",
    ["", "\u3000", "山田", "ヤマダ1", "ヤマダ●", "ﾕ-ｺ", "ア\n", "ヽ", "\ud800"],
)
def test_anything_but_kana_is_refused(broken: str) -> None:
    with pytest.raises(MalformedError) as refused:
        parse_kana(broken, "name_kana")
    assert refused.value.field == "name_kana"


def test_the_limit_counts_half_width_characters() -> None:
    assert parse_kana("ガ" * (LONGEST_KANA // 2), "k") == "ｶﾞ" * (LONGEST_KANA // 2)
    with pytest.raises(MalformedError) as refused:
        parse_kana("ガ" * (LONGEST_KANA // 2) + "ア", "k")
    assert str(LONGEST_KANA) in refused.value.reason.ja


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("ｷｬｯﾂ", "ｷﾔﾂﾂ"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダタロウ"),
        ("ﾕｰｺ", "ﾕ-ｺ"),
        ("ユーコ", "ﾕ−ｺ"),
        ("ジョン・スミス", "ｼﾞｮﾝ ｽﾐｽ"),
        ("ｼｮｳｺ", "しょうこ"),
    ],
)
def test_spellings_of_one_name_compare_equal(one: str, same: str) -> None:
    assert comparison_key(one) == comparison_key(same)


@pytest.mark.parametrize(
    ("one", "other"), [("ﾊﾗ", "ﾊﾞﾗ"), ("ﾕｳｺ", "ﾕｰｺ"), ("ﾕｺ", "ﾕｰｺ"), ("ｵｵﾉ", "ｵﾉ")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert comparison_key(one) != comparison_key(other)


@settings(max_examples=100)
@given(text=st.text(alphabet=HIRAGANA + KATAKANA, min_size=1, max_size=15))
def test_what_was_parsed_is_parsed_to_itself(text: str) -> None:
    kana = parse_kana(text, "name_kana")
    assert is_half_width_kana(kana)
    assert parse_kana(kana, "name_kana") == kana
    assert comparison_key(kana) == comparison_key(text)
