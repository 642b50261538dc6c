"""保険者番号: every form that is read, the two that are emitted, and the refusals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.errors import MalformedError
from backend.domain.insurer_number import InsurerNumber, Scheme

LAW_CODES = "01 02 06 31 32 33 34 39 03 04 07 63 67 72 73 74 75".split()
LUHN_WEIGHTS = (2, 1, 2, 1, 2, 1, 2)


def with_check_digit(body: str) -> str:
    """Seven or five digits and their check digit, worked out as the rule is told."""
    weights = LUHN_WEIGHTS[-len(body) :]
    products = (
        weight * int(digit) for weight, digit in zip(weights, body, strict=True)
    )
    total = sum(product // 10 + product % 10 for product in products)
    return body + str((10 - total % 10) % 10)


def numbers() -> st.SearchStrategy[str]:
    six = st.from_regex(r"[0-9]{5}", fullmatch=True).filter(lambda n: n != "00000")
    after = st.from_regex(r"[0-9]{5}", fullmatch=True)
    eight = st.builds("{}{}".format, st.sampled_from(LAW_CODES), after)
    return st.one_of(six, eight).map(with_check_digit)


@pytest.mark.parametrize("published", ["33120015", "138057", "01130012"])
def test_published_numbers_are_read(published: str) -> None:
    assert InsurerNumber.parse(published).digits == published


def test_check_digit_of_the_published_example_is_five() -> None:
    assert with_check_digit("3312001") == "33120015"


@pytest.mark.parametrize(
    "written",
    [
        "138057",
        "  138057",
        "00138057",
        "１３８０５７",
        "００１３８０５７",
        "\u3000138057 ",
    ],
)
def test_all_forms_of_six_digits_are_one_number(written: str) -> None:
    number = InsurerNumber.parse(written)
    assert number == InsurerNumber("138057")
    assert number.space_padded == "  138057"
    assert number.zero_padded == "00138057"
    assert number.law_code is None
    assert number.scheme is Scheme.NATIONAL_HEALTH
    assert str(number) == "138057"


def test_eight_digits_are_emitted_alike_on_both_channels() -> None:
    number = InsurerNumber.parse("33120015")
    assert number.space_padded == number.zero_padded == "33120015"
    assert number.law_code == "33"


@pytest.mark.parametrize(
    ("body", "scheme"),
    [
        ("0113001", Scheme.EMPLOYEE),
        ("0613999", Scheme.EMPLOYEE),
        ("3913999", Scheme.LATE_ELDERLY),
        ("13805", Scheme.NATIONAL_HEALTH),
        ("39805", Scheme.NATIONAL_HEALTH),
    ],
)
def test_scheme_follows_from_length_and_law_code(body: str, scheme: Scheme) -> None:
    assert InsurerNumber.parse(with_check_digit(body)).scheme is scheme


def test_schemes_have_japanese_names() -> None:
    assert [scheme.label for scheme in Scheme] == [
        "国民健康保険",
        "後期高齢者医療",
        "被用者保険",
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "   ",
        "33120016",
        "138058",
        "3120015",
        "38057",
        "033120015",
        "33 120015",
        "3312001X",
        "33120015\n",
        "-3120015",
        "٣٣١٢٠٠١٥",
        "²²²²²²",
        "9" * 5000,
        "\ud800",
    ],
)
def test_anything_else_is_refused_and_never_repeated(broken: str) -> None:
    with pytest.raises(MalformedError) as refused:
        InsurerNumber.parse(broken, "payer")
    assert refused.value.field == "payer"
    assert not broken.strip() or broken not in str(refused.value)


@pytest.mark.parametrize("seven_digits", ["1130012", "0138057"])
def test_a_wrong_length_points_at_eaten_zeros(seven_digits: str) -> None:
    with pytest.raises(MalformedError) as refused:
        InsurerNumber.parse(seven_digits)
    assert "6桁・8桁" in refused.value.reason.ja
    assert "先頭の0" in refused.value.fix.ja


@pytest.mark.parametrize("unknown", ["77777777", "77777779"])
def test_the_numbers_for_an_unknown_insurer_are_refused(unknown: str) -> None:
    with pytest.raises(MalformedError) as refused:
        InsurerNumber.parse(unknown)
    assert "不詳" in refused.value.reason.ja


@pytest.mark.parametrize("zeros", ["000000", "00000000", "０" * 8])
def test_zeros_alone_are_refused(zeros: str) -> None:
    with pytest.raises(MalformedError) as refused:
        InsurerNumber.parse(zeros)
    assert "0だけ" in refused.value.reason.ja


def test_only_the_law_codes_of_medical_insurance_are_read() -> None:
    codes = (f"{code:02}" for code in range(1, 100))
    assert sorted(LAW_CODES) == [code for code in codes if is_read(code)]


def is_read(law_code: str) -> bool:
    try:
        InsurerNumber.parse(with_check_digit(law_code + "13001"))
    except MalformedError:
        return False
    return True


def test_a_public_expense_payer_is_told_from_an_insurer() -> None:
    with pytest.raises(MalformedError) as refused:
        InsurerNumber.parse("54016027")
    assert "公費負担者番号" in refused.value.reason.ja
    assert "保険者番号" in refused.value.fix.ja


@settings(max_examples=60)
@given(number=numbers(), data=st.data())
def test_every_single_wrong_digit_is_found(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(
        st.sampled_from("0123456789").filter(lambda d: d != number[place])
    )
    with pytest.raises(MalformedError):
        InsurerNumber.parse(number[:place] + other + number[place + 1 :])


@settings(max_examples=60)
@given(number=numbers())
def test_both_emitted_forms_are_read_back(number: str) -> None:
    parsed = InsurerNumber.parse(number)
    assert InsurerNumber.parse(parsed.space_padded) == parsed
    assert InsurerNumber.parse(parsed.zero_padded) == parsed
    assert len(parsed.space_padded) == len(parsed.zero_padded) == 8
