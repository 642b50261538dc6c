"""What a person's age speaks against is shown to the insurer, and refuses nothing."""

import pytest
from registering_desk import ELDERLY, HANAKO, without

# The desk stands in November 2026.
SCHOOL = {"生年月日": "2019-05-05", "資格取得年月日": "2019-05-05"}
AT_71 = {"生年月日": "1955-05-05"}
AT_75 = {"生年月日": "1951-11-01"}


def ratio(value, since):
    return {"負担割合": value, "負担割合発効期日": since}


def limit(value, since="2026-08-01"):
    return {"限度額区分": value, "限度額発効期日": since}


def warned(desk, *told):
    plan = desk.send(*(HANAKO | one for one in told))
    assert plan.error_count == 0
    return [(it.line, it.field) for it in plan.warnings]


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        (ratio("3割", "2026-08-01"), []),
        (ratio("1割", "2026-08-01"), ["copay_ratio"]),
        (SCHOOL | ratio("2割", "2019-05-05"), ["copay_from_on"]),
        (SCHOOL | ratio("2割", "2026-04-01"), ["copay_ratio"]),
        (SCHOOL | ratio("3割", "2026-04-01"), []),
        (AT_71 | ratio("3割", "2020-04-01"), ["copay_from_on"]),
        (AT_71 | ratio("3割", "2025-06-01"), []),
        (AT_75, ["birth_on"]),
        (AT_75 | {"資格喪失年月日": "2026-11-01", "資格喪失事由": "03"}, []),
        (limit("A03"), []),
        (limit("B09"), ["limit_category"]),
        (limit("B01"), ["limit_category"]),
        (AT_71 | limit("A03"), ["limit_category"]),
        (AT_71 | limit("B04"), []),
        (AT_71 | limit("B10"), ["limit_category"]),
    ],
)
def test_an_age_that_speaks_against_a_line_is_warned_of(desk, told, fields):
    assert warned(desk, told) == [(2, field) for field in fields]


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ({"生年月日": "1951-11-01"}, []),
        ({"生年月日": "1951-11-25"}, ["birth_on"]),
        ({"生年月日": "1940-01-01"} | ratio("1割", "2010-08-01"), []),
        ({"生年月日": "1940-01-01"} | limit("B09"), []),
        ({"生年月日": "1940-01-01"} | limit("B04"), ["limit_category"]),
        ({"生年月日": "1940-01-01"} | limit("A01"), ["limit_category"]),
    ],
)
def test_the_late_stage_elderly_have_rules_of_their_own(desk, told, fields):
    elder = without(HANAKO | told | {"番号": "12345678"}, "記号", "枝番", "本人家族")

    plan = desk.of(ELDERLY).send(elder)

    assert [(it.line, it.field) for it in plan.warnings] == [
        (2, field) for field in fields
    ]


def test_a_ratio_that_its_bearer_outgrew_is_warned_of_in_any_later_list(desk):
    told = HANAKO | AT_71
    desk.send(told | ratio("3割", "2020-04-01"))

    plan = desk.send(told)

    assert plan.unchanged == (2,)
    assert [it.field for it in plan.warnings] == ["copay_from_on"]
