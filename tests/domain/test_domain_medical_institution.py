"""医療機関コード: ten digits, a known fee table, one check digit over all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from backend.domain.errors import MalformedError
from backend.domain.medical_institution import FeeTable, MedicalInstitutionCode

PUBLISHED = "0110113719"


def code_of(fee_table_digit: str) -> str:
    body = f"13{fee_table_digit}999999"
    return body + luhn.calc_check_digit(body)


def test_the_published_code_is_read() -> None:
    code = MedicalInstitutionCode.parse(PUBLISHED)
    assert (code.digits, str(code)) == (PUBLISHED, PUBLISHED)
    assert code.prefecture == "01"
    assert code.fee_table is FeeTable.MEDICAL


def test_full_width_digits_and_padding_are_read() -> None:
    assert (
        MedicalInstitutionCode.parse(" ０１１０１１３７１９\u3000").digits == PUBLISHED
    )


@pytest.mark.parametrize(
    ("digit", "label"),
    [("1", "医科"), ("2", "健診"), ("3", "歯科"), ("4", "調剤"), ("6", "訪問看護")],
)
def test_each_fee_table_is_known(digit: str, label: str) -> None:
    assert MedicalInstitutionCode.parse(code_of(digit)).fee_table.label == label


@pytest.mark.parametrize("digit", ["0", "5", "7", "8", "9"])
def test_other_fee_tables_are_refused(digit: str) -> None:
    with pytest.raises(MalformedError) as refused:
        MedicalInstitutionCode.parse(code_of(digit))
    assert "点数表" in refused.value.reason.ja


def test_the_check_digit_is_taken_over_all_ten() -> None:
    last_seven = PUBLISHED[3:]
    moved_to_another_prefecture = "021" + last_seven
    with pytest.raises(MalformedError) as refused:
        MedicalInstitutionCode.parse(moved_to_another_prefecture)
    assert "検証番号" in refused.value.reason.ja


@pytest.mark.parametrize("broken", ["", "0113719", "011011371", "01,1011,371"])
def test_other_shapes_are_refused(broken: str) -> None:
    with pytest.raises(MalformedError) as refused:
        MedicalInstitutionCode.parse(broken)
    assert refused.value.field == "medical_institution_code"


@settings(max_examples=60)
@given(place=st.integers(0, 9), digit=st.sampled_from("0123456789"))
def test_every_single_wrong_digit_is_found(place: int, digit: str) -> None:
    changed = PUBLISHED[:place] + digit + PUBLISHED[place + 1 :]
    if changed == PUBLISHED:
        assert MedicalInstitutionCode.parse(changed).digits == PUBLISHED
    else:
        with pytest.raises(MalformedError):
            MedicalInstitutionCode.parse(changed)
