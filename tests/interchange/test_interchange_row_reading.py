"""One line: what every field may look like, and what is wrong with it, all at once."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interchange_lists import EMPLOYEES, RESIDENTS, one_row

from backend.domain.charge import (
    CopayRatio,
    Effective,
    LimitCategory,
    SpecificDisease,
)
from backend.domain.codes import LossReason, Relation, Sex
from backend.domain.entitlement import CardStatus
from backend.interchange.columns import Column
from backend.interchange.member_row import LineError, MemberRow, RowRules

REAL_LOOKING = "983205673214"  # a published example whose check digit fits


ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates as well


def row(rules, **bent):
    answer = one_row(rules, **bent)
    assert isinstance(answer, MemberRow), answer
    return answer


def errors(rules, **bent):
    answer = one_row(rules, **bent)
    assert not isinstance(answer, MemberRow)
    return answer


def fields(rules, **bent):
    return [error.field for error in errors(rules, **bent)]


def test_the_valid_line_is_read_whole(rules):
    read = row(rules)

    assert (read.identity.symbol, read.identity.number) == ("1234", "567")
    assert read.identity.branch == "01"
    assert (read.name.kanji, read.name.kana) == ("資格　花子", "ｼｶｸ ﾊﾅｺ")
    assert (read.birth_on, read.sex) == (date(1990, 4, 1), Sex.FEMALE)
    assert read.acquired_on == date(2020, 4, 1)
    assert (read.lost_on, read.loss_reason) == (None, None)
    assert read.relation is Relation.INSURED
    assert read.copay == Effective(CopayRatio.THREE_TENTHS, date(2020, 4, 1), None)
    assert read.limit == Effective(
        LimitCategory.A_U, date(2026, 8, 1), date(2027, 7, 31)
    )
    assert read.diseases == (
        Effective(SpecificDisease.CHRONIC_KIDNEY_FAILURE, date(2020, 4, 1), None),
    )
    assert read.card_status is CardStatus.NO_CARD
    assert read.my_number == "123456789012"
    assert read.told == frozenset(Column)


def test_a_line_shows_none_of_its_person_when_printed(rules):
    printed = repr(row(rules))

    for secret in ("花子", "ﾊﾅｺ", "1234567", "千代田", "1990", "567"):
        assert secret not in printed


def test_all_that_is_wrong_is_told_at_once(rules):
    wrong = {
        "insurer_number": "06990013",
        "symbol": "1" * 21,
        "number": "",
        "branch": "1",
        "name": "",
        "kana": "山田",
        "birth_on": "昭和65年1月1日",
        "sex": "4",
        "address": "\ue000",
        "relation": "母",
        "acquired_on": "2026-02-30",
        "lost_on": "いつか",
        "loss_reason": "98",
        "continuation_ends_on": "?",
        "copay_ratio": "4割",
        "copay_from_on": "x",
        "limit_category": "Z",
        "limit_from_on": "x",
        "limit_until_on": "x",
        "diseases": "9",
        "diseases_from_on": "x",
        "card_status": "たぶん",
        "is_undisclosed": "はい",
        "my_number": "12345",
    }

    answer = errors(rules, **wrong)

    assert sorted(error.field for error in answer) == sorted(wrong)
    assert {error.line for error in answer} == {2}


def test_no_error_repeats_the_value(rules):
    answer = errors(
        rules,
        name="秘密\ue000",
        kana="秘密",
        birth_on="秘密",
        sex="秘密",
        number="秘密" * 20,
        address="秘密" * 50,
        my_number="秘密",
        card_status="秘密",
    )

    assert len(answer) == 8
    assert "秘密" not in str(answer)


@pytest.mark.parametrize("column", ["number", "name", "kana", "birth_on", "sex"])
def test_an_empty_required_cell_is_told_once(rules, column):
    for empty in ("", " ", "　", '=""'):
        assert fields(rules, **{column: empty}) == [column]


def test_another_insurers_row_is_an_error(rules):
    assert fields(replace(rules, insurer=RESIDENTS)) == ["insurer_number"]


@pytest.mark.parametrize("eaten", ["6990014", "６９９００１４"])
def test_an_eaten_leading_zero_is_told_with_its_cure(rules, eaten):
    (error,) = errors(rules, insurer_number=eaten)

    assert error.field == "insurer_number"
    assert "先頭の0" in error.reason.ja
    assert "文字列" in error.fix.ja


@pytest.mark.parametrize(
    "written", ["06990014", "０６９９００１４", '="06990014"', " 06990014 "]
)
def test_the_insurer_number_is_read_in_every_width_and_wrapping(rules, written):
    row(rules, insurer_number=written)


@pytest.mark.parametrize("written", ["  990010", "00990010", "990010", '="990010"'])
def test_six_digits_are_read_with_either_padding(rules, written):
    row(replace(rules, insurer=RESIDENTS), insurer_number=written)


def test_zeros_kept_by_a_formula_stay(rules):
    read = row(rules, symbol='="00123"', number='="0045"', branch='="00"')

    assert (read.identity.symbol, read.identity.number) == ("00123", "0045")
    assert read.identity.branch == "00"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ヤマダ　タロウ", "ﾔﾏﾀﾞ ﾀﾛｳ"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ﾔﾏﾀﾞ ﾀﾛｳ"),
        ("やまだ たろう", "ﾔﾏﾀﾞ ﾀﾛｳ"),
    ],
)
def test_kana_of_every_kind_become_half_width(rules, written, kept):
    assert row(rules, kana=written).name.kana == kept


def test_a_name_stays_as_written(rules):
    for name in ("髙﨑　㈱", "山田 太郎", "●田　花子", "葛\U000e0100城"):
        assert row(rules, name=name).name.kanji == name


@pytest.mark.parametrize(
    "written",
    ["昭和63年4月1日", "S63.4.1", "S630401", "1988/4/1", "１９８８－０４－０１"],
)
def test_dates_are_read_in_the_spellings_of_offices(rules, written):
    assert row(rules, birth_on=written).birth_on == date(1988, 4, 1)


def test_the_birth_date_may_be_today_but_not_later(rules):
    today = {"birth_on": "2026-11-23", "acquired_on": "2026-11-23"}

    assert row(rules, **today).birth_on == rules.received_on
    tomorrow = {"birth_on": "2026-11-24", "acquired_on": "2026-11-24"}
    assert fields(rules, **tomorrow) == ["birth_on"]


def test_nobody_is_covered_before_birth(rules):
    assert row(rules, birth_on="2020-04-01").birth_on == date(2020, 4, 1)
    assert fields(rules, birth_on="2020-04-02") == ["acquired_on"]


def test_loss_may_fall_on_the_acquisition_but_not_before(rules):
    undone = row(rules, lost_on="2020-04-01", loss_reason="99")

    assert undone.lost_on == undone.acquired_on
    assert fields(rules, lost_on="2020-03-31", loss_reason="99") == ["lost_on"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("01", LossReason.DEATH),
        ("1", LossReason.DEATH),
        ("死亡", LossReason.DEATH),
        ("２", LossReason.PUBLIC_ASSISTANCE),
        ("医療保険等の資格取得", LossReason.OTHER_INSURANCE),
        ("99", LossReason.OTHER),
    ],
)
def test_reasons_of_loss_are_read_as_code_or_word(rules, written, meant):
    assert row(rules, lost_on="2026-01-01", loss_reason=written).loss_reason is meant


def test_a_reason_without_a_day_is_told(rules):
    assert fields(rules, loss_reason="01") == ["lost_on"]


@pytest.mark.parametrize("cells", [{"loss_reason": ""}, {}])
def test_a_day_without_a_reason_is_told(rules, cells):
    assert fields(rules, lost_on="2026-01-01", **cells) == ["loss_reason"]


@pytest.mark.parametrize(
    ("column", "written", "attribute", "meant"),
    [
        ("sex", "1", "sex", Sex.MALE),
        ("sex", "２", "sex", Sex.FEMALE),
        ("sex", "男性", "sex", Sex.MALE),
        ("sex", "未設定", "sex", Sex.UNSET),
        ("relation", "2", "relation", Relation.FAMILY),
        ("relation", "被扶養者", "relation", Relation.FAMILY),
        ("relation", "", "relation", None),
        ("card_status", "no_card", "card_status", CardStatus.NO_CARD),
        (
            "card_status",
            "マイナ保険証 利用登録あり（利用可）",
            "card_status",
            CardStatus.USABLE,
        ),
        ("is_undisclosed", "1", "is_undisclosed", True),
        ("is_undisclosed", "不開示", "is_undisclosed", True),
        ("is_undisclosed", "0", "is_undisclosed", False),
        ("is_undisclosed", "", "is_undisclosed", False),
    ],
)
def test_codes_and_words_are_read(rules, column, written, attribute, meant):
    assert getattr(row(rules, **{column: written}), attribute) is meant


def test_an_unknown_word_is_told_with_the_words_that_are_known(rules):
    (error,) = errors(rules, sex="不明")

    assert "男" in error.fix.ja
    assert "女" in error.fix.en


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("A03", LimitCategory.A_U),
        ("ウ", LimitCategory.A_U),
        ("ｳ", LimitCategory.A_U),
        ("現役並みⅢ", LimitCategory.ACTIVE_3),
        ("現役並みIII", LimitCategory.ACTIVE_3),
        ("b10", LimitCategory.GENERAL_1),
    ],
)
def test_limit_categories_are_read_as_code_or_label(rules, written, meant):
    assert row(rules, limit_category=written).limit.value is meant


def test_every_limit_label_names_one_category(rules):
    for category in LimitCategory:
        assert row(rules, limit_category=category.label).limit.value is category


@pytest.mark.parametrize(
    ("bent", "field"),
    [
        ({"copay_from_on": ""}, "copay_from_on"),
        ({"copay_ratio": ""}, "copay_ratio"),
        ({"limit_from_on": ""}, "limit_from_on"),
        ({"limit_category": ""}, "limit_category"),
        ({"limit_until_on": "2026-07-30"}, "limit_until_on"),
    ],
)
def test_a_value_and_its_day_go_together(rules, bent, field):
    assert fields(rules, **bent) == [field]


def test_no_ratio_and_no_limit_say_nothing(rules):
    silent = dict.fromkeys(
        [
            *("copay_ratio", "copay_from_on", "diseases"),
            *("limit_category", "limit_from_on", "limit_until_on"),
        ],
        "",
    )
    read = row(rules, **silent)

    assert (read.copay, read.limit, read.diseases) == (None, None, ())


def test_several_diseases_hold_from_their_own_day(rules):
    read = row(rules, diseases="1;3；1", diseases_from_on="R6.10.1")

    assert read.diseases == (
        Effective(SpecificDisease.CHRONIC_KIDNEY_FAILURE, date(2024, 10, 1), None),
        Effective(SpecificDisease.HIV_FROM_BLOOD_PRODUCTS, date(2024, 10, 1), None),
    )


def test_a_disease_may_end_on_its_own_day_or_be_taken_back(rules):
    days = {"diseases": "1", "diseases_from_on": "2026-04-01"}

    for until in ("2026-09-30", "2026-03-31"):
        (disease,) = row(rules, diseases_until_on=until, **days).diseases
        assert disease.until_on == date.fromisoformat(until)
    bad = fields(rules, diseases_until_on="2026-03-30", **days)
    assert bad == ["diseases_until_on"]


@pytest.mark.parametrize("day", ["diseases_from_on", "diseases_until_on"])
def test_a_day_of_a_disease_without_the_disease_is_told(rules, day):
    assert fields(rules, **{"diseases": "", day: "2026-04-01"}) == ["diseases"]


def test_the_address_of_a_protected_person_is_not_even_read_into_the_row(rules):
    assert row(rules, is_undisclosed="1").address is None
    assert row(rules).address.startswith("〒100-0001")


def test_an_address_has_at_most_sixty_characters(rules):
    assert len(row(rules, address="あ" * 60).address) == 60
    assert fields(rules, address="あ" * 61) == ["address"]


def test_the_end_of_voluntary_continuation_is_kept_and_ends_nothing(rules):
    read = row(rules, continuation_ends_on="2027-03-31")

    assert read.continuation_ends_on == date(2027, 3, 31)
    assert read.lost_on is None


def test_a_list_says_which_columns_it_has(rules):
    read = row(rules, address="-", lost_on="-")

    assert read.told == frozenset(Column) - {Column.ADDRESS, Column.LOST_ON}
    assert (read.address, read.lost_on) == (None, None)


@pytest.mark.parametrize(
    "written", ["123456789012", "1234 5678 9012", "１２３４-56789012"]
)
def test_sample_numbers_are_nobodys(rules, written):
    assert row(rules, my_number=written).my_number == "123456789012"
    assert fields(rules, my_number=REAL_LOOKING) == ["my_number"]


def test_real_numbers_must_pass_their_check(rules):
    real = replace(rules, sample_data=False)

    assert row(real, my_number=REAL_LOOKING).my_number == REAL_LOOKING
    assert fields(real, my_number="123456789012") == ["my_number"]


@pytest.mark.parametrize("written", ["1.23457E+11", "23456789012", "abcdefghijkl"])
def test_a_damaged_number_is_told_with_its_cure(rules, written):
    (error,) = errors(rules, my_number=written)

    assert error.field == "my_number"
    assert "文字列" in error.fix.ja


@settings(max_examples=200)
@given(st.fixed_dictionaries({}, optional={c.value: ANY_TEXT for c in Column}))
def test_no_text_breaks_the_reading(bent):
    rules = RowRules(EMPLOYEES, date(2026, 11, 23), sample_data=True)

    answer = one_row(rules, **bent)

    assert isinstance(answer, MemberRow) or all(
        isinstance(error, LineError) for error in answer
    )
