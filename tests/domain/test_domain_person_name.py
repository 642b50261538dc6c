"""Names: the recorded form is never touched, and ● never proves anything."""

import pytest

from backend.domain.errors import MalformedError
from backend.domain.person_name import PersonName

OUTSIDE_THE_CLAIM_SET = "髙﨑德瀨濵栁𠮷"


def named(kanji: str, kana: str = "ﾀｶﾊｼ ﾊﾅｺ") -> PersonName:
    return PersonName.parse(kanji, kana)


@pytest.mark.parametrize(
    "kanji",
    [
        "髙橋\u3000花子",
        "葛\U000e0100城 花子",
        "\ufa19田",
        "㈱花子",
        "MARIA SILVA",
        "高●",
    ],
)
def test_the_recorded_form_is_kept_to_the_letter(kanji: str) -> None:
    assert named(kanji).kanji == kanji


def test_kana_are_kept_in_half_width() -> None:
    assert named("高橋 花子", "たかはし　はなこ").kana == "ﾀｶﾊｼ ﾊﾅｺ"


@pytest.mark.parametrize(
    ("kanji", "kana", "field"),
    [
        ("", "ｱ", "name"),
        ("亜" * 41, "ｱ", "name"),
        ("亜\x00", "ｱ", "name"),
        ("亜\u202e", "ｱ", "name"),
        ("亜\ue000", "ｱ", "name"),
        ("亜\ud800", "ｱ", "name"),
        ("亜", "", "name_kana"),
        ("亜", "亜", "name_kana"),
        ("亜", "ｱ" * 41, "name_kana"),
    ],
)
def test_broken_names_are_refused_by_field(kanji: str, kana: str, field: str) -> None:
    with pytest.raises(MalformedError) as refused:
        PersonName.parse(kanji, kana)
    assert refused.value.field == field


def test_the_longest_name_fits() -> None:
    assert len(named("亜" * 40, "ｱ" * 40).kanji) == 40


def test_the_caller_names_the_field() -> None:
    with pytest.raises(MalformedError) as refused:
        PersonName.parse("亜", "?", "other_name")
    assert refused.value.field == "other_name_kana"


def test_the_placeholder_is_kept_and_told() -> None:
    name = named("●橋 花子")
    assert name.has_unsupported
    assert name.claim_safe == "●橋 花子"
    assert not named("髙橋 花子").has_unsupported


@pytest.mark.parametrize(
    ("kanji", "claim_safe"),
    [
        ("髙﨑\u3000德子", "高崎\u3000徳子"),
        ("渡邊 瀨戸", "渡辺 瀬戸"),
        ("渡邉 齋藤", "渡辺 斎藤"),
        ("濵田 濱田", "浜田 浜田"),
        ("齊藤 栁", "斉藤 柳"),
        ("𠮷野", "吉野"),
        ("葛\U000e0100城", "葛城"),
        ("高橋", "高橋"),
    ],
)
def test_claims_get_everyday_variants(kanji: str, claim_safe: str) -> None:
    assert named(kanji).claim_safe == claim_safe


@pytest.mark.parametrize("kanji", OUTSIDE_THE_CLAIM_SET)
def test_what_claim_software_cannot_read_becomes_what_it_can(kanji: str) -> None:
    with pytest.raises(UnicodeEncodeError):
        kanji.encode("shift_jis")
    assert len(named(kanji).claim_safe.encode("shift_jis")) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("高橋 花子", "髙橋\u3000花子"),
        ("高橋花子", "高橋 花子"),
        ("葛\U000e0100城", "葛城"),
        ("ＭＡＲＩＡ", "MARIA"),
        ("●橋 花子", "髙橋 花子"),
        ("●橋 花子", "石橋 花子"),
        ("●●", "●●"),
    ],
)
def test_names_that_could_be_one_person(one: str, other: str) -> None:
    assert named(one).could_be(named(other))
    assert named(other).could_be(named(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("高橋 花子", "高橋 華子"),
        ("●橋 花子", "髙田 花子"),
        ("●橋 花子", "橋 花子"),
        ("●", "髙橋"),
        ("斎藤", "斉藤"),
    ],
)
def test_names_that_differ(one: str, other: str) -> None:
    assert not named(one).could_be(named(other))
    assert not named(other).could_be(named(one))


def test_a_placeholder_does_not_excuse_other_kana() -> None:
    assert not named("●橋", "ｲｼﾊﾞｼ").could_be(named("●橋", "ﾀｶﾊｼ"))


def test_small_kana_do_not_make_a_difference() -> None:
    assert named("翔子", "ｼｮｳｺ").could_be(named("翔子", "ｼﾖｳｺ"))
