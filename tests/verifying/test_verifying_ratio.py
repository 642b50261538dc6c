"""What to charge is never guessed: where nobody knows, the clinic asks the insurer."""

from datetime import date

import pytest

from backend.domain.codes import CardClassification

ELDERLY_ON = date(1953, 2, 1)  # 73: two or three tenths, by income


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
