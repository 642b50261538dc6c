"""What to charge is never guessed: where nobody knows, the clinic asks the insurer."""

from datetime import date, timedelta

import pytest

from backend.domain.charge import CopayRatio, Effective, SpecificDisease
from backend.domain.codes import CardClassification
from backend.domain.coverage import Coverage
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber
from backend.verifying.charging import charge_on
from backend.verifying.question import Agreement
from tests.house_of_glass import NOW, OLD, TODAY

LATE_ELDERLY = InsurerNumber.parse("39130018")
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
ALWAYS = (Effective(CopayRatio.THREE_TENTHS, date(2020, 4, 1), None),)
ELDERLY_ON = date(1953, 2, 1)  # 73: two or three tenths, by income


def a_charge(birth_on, **bent):
    whole = {
        "id": "cov-1",
        "person_id": "per-1",
        "insurer": OLD,
        "identity": InsuredIdentity(None, "12345678", None),
        "acquired_on": date(2020, 4, 1),
        "recorded_at": NOW,
    }
    return charge_on(Coverage(**{**whole, **bent}), birth_on, TODAY, frozenset())


def ratio_of(charge):
    return charge.ratio and charge.ratio.tenths, charge.ratio_from


@pytest.mark.parametrize(
    ("birth_on", "bent"),
    [
        (ELDERLY_ON, {"copay": ()}),
        (
            date(1980, 5, 5),
            {"classification": CardClassification.SPECIAL_MEDICAL_EXPENSES},
        ),
    ],
)
def test_no_ratio_is_told_where_none_is_known_and_the_insurer_is_to_be_asked(
    house, ask_phone, birth_on, bent
):
    person = house.person(birth_on=birth_on)
    house.cover(person, **bent)

    answer = ask_phone(house.phone(person))

    assert answer["outcome"] == "valid"
    assert answer["charge"]["ratio_tenths"] is None
    assert answer["charge"]["ratio_from"] == "unknown"
    assert "保険者に照会" in answer["next_step"]["ja"]
    assert "charge the ratio shown" not in answer["next_step"]["en"]


def test_a_clinic_sees_the_classification_for_which_no_ratio_is_told(house, ask_phone):
    seen = {}
    for kind in CardClassification:
        person = house.person()
        house.cover(person, classification=kind)
        answer = ask_phone(house.phone(person))
        seen[kind.value] = answer["coverage"]["classification"]

    assert seen == {
        "01": {"code": "01", "label": "一般"},
        "05": {"code": "05", "label": "特別療養費支給対象者"},
        "07": {"code": "07", "label": "自衛官"},
    }


@pytest.mark.parametrize(
    ("birth_on", "insurer", "told"),
    [
        (date(2021, 1, 1), OLD, (2, "age-rule")),  # not yet at school
        (date(1980, 5, 5), OLD, (3, "age-rule")),
        (date(1953, 2, 1), OLD, (None, "unknown")),  # 73: two or three
        (date(1945, 2, 1), OLD, (None, "unknown")),  # 81: one, two or three
        (date(1980, 5, 5), LATE_ELDERLY, (None, "unknown")),
    ],
)
def test_a_ratio_follows_from_age_only_where_age_allows_just_one(
    birth_on, insurer, told
):
    assert ratio_of(a_charge(birth_on, insurer=insurer, copay=())) == told


@pytest.mark.parametrize("recorded", CopayRatio)
@pytest.mark.parametrize("birth_on", [date(2021, 1, 1), date(1980, 5, 5)])
def test_a_recorded_ratio_outweighs_the_rule_of_age(birth_on, recorded):
    copay = (Effective(recorded, TODAY, TODAY),)

    assert ratio_of(a_charge(birth_on, copay=copay)) == (recorded.tenths, "recorded")


@pytest.mark.parametrize(
    ("from_on", "until_on"),
    [(date(2020, 4, 1), YESTERDAY), (TOMORROW, None)],
)
def test_a_recorded_ratio_of_other_days_is_none(from_on, until_on):
    copay = (Effective(CopayRatio.ONE_TENTH, from_on, until_on),)

    assert ratio_of(a_charge(date(1980, 5, 5), copay=copay)) == (3, "age-rule")


@pytest.mark.parametrize(
    ("birth_on", "since", "recorded", "told"),
    [
        # recorded before school, asked of a pupil
        (date(2019, 5, 5), date(2022, 4, 1), "020", (3, "age-rule")),
        # recorded at 64, asked at 71; recorded anew at 70
        (date(1955, 5, 5), date(2019, 4, 1), "030", (None, "unknown")),
        (date(1955, 5, 5), date(2025, 6, 1), "030", (3, "recorded")),
        # recorded at 72, asked at 76
        (date(1950, 5, 5), date(2022, 8, 1), "020", (None, "unknown")),
        (date(1980, 5, 5), date(2003, 4, 1), "030", (3, "recorded")),
    ],
)
def test_a_recorded_ratio_does_not_outlive_a_border_of_age(
    birth_on, since, recorded, told
):
    copay = (Effective(CopayRatio(recorded), since, None),)

    assert ratio_of(a_charge(birth_on, copay=copay)) == told


def test_the_late_stage_elderly_meet_no_more_borders():
    copay = (Effective(CopayRatio.ONE_TENTH, date(2019, 8, 1), None),)

    charge = a_charge(date(1950, 5, 5), copay=copay, insurer=LATE_ELDERLY)

    assert ratio_of(charge) == (1, "recorded")


def test_a_recorded_ratio_is_not_told_for_special_medical_expenses():
    special = CardClassification.SPECIAL_MEDICAL_EXPENSES

    charge = a_charge(date(1980, 5, 5), copay=ALWAYS, classification=special)

    assert ratio_of(charge) == (None, "unknown")


def test_diseases_are_told_with_agreement_and_in_their_own_period_only(
    house, ask_phone
):
    kidney, clotting, hiv = SpecificDisease
    person = house.person()
    house.cover(
        person,
        diseases=(
            Effective(kidney, TODAY, TODAY),
            Effective(clotting, date(2020, 4, 1), YESTERDAY),
            Effective(hiv, TOMORROW, None),
        ),
    )
    phone = house.phone(person)

    def told(second, agreed):
        made_at = house.at + timedelta(seconds=second)
        return ask_phone(phone, made_at, agreed=frozenset(agreed))["charge"]["diseases"]

    assert told(0, []) == []
    assert told(1, [Agreement.LIMIT]) == []
    assert told(2, [Agreement.DISEASES]) == [
        {"code": "1", "label": "人工透析を要する慢性腎不全"}
    ]


def test_an_agreement_counts_for_its_own_check_and_item_only(house, ask_phone):
    person = house.person()
    house.cover(person, diseases=(Effective(SpecificDisease("1"), TODAY, None),))
    phone = house.phone(person)

    def told(second, *agreed):
        made_at = house.at + timedelta(seconds=second)
        charge = ask_phone(phone, made_at, agreed=frozenset(agreed))["charge"]
        return charge["limit_category"] is not None, bool(charge["diseases"])

    assert told(0, Agreement.DISEASES) == (False, True)
    assert told(1, Agreement.LIMIT) == (True, False)
    assert told(2, *Agreement) == (True, True)
    assert told(3) == (False, False)
