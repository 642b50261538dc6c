"""公費負担者番号・公費受給者番号."""

import pytest

from backend.domain.errors import MalformedError
from backend.domain.public_expense import (
    PublicExpensePayerNumber,
    PublicExpenseRecipientNumber,
)


def test_the_published_payer_number_is_read() -> None:
    payer = PublicExpensePayerNumber.parse("５４０１６０２７")
    assert str(payer) == payer.digits == "54016027"
    assert payer.law_code == "54"


@pytest.mark.parametrize("last_digit", "012345689")
def test_only_the_right_check_digit_of_the_payer_passes(last_digit: str) -> None:
    with pytest.raises(MalformedError):
        PublicExpensePayerNumber.parse("5401602" + last_digit)


@pytest.mark.parametrize("broken", ["", "540160", "5401602", "054016027", "5401602-7"])
def test_other_shapes_of_the_payer_are_refused(broken: str) -> None:
    with pytest.raises(MalformedError) as refused:
        PublicExpensePayerNumber.parse(broken)
    assert refused.value.field == "public_expense_payer_number"


def test_the_worked_recipient_number_is_read() -> None:
    assert str(PublicExpenseRecipientNumber.parse(" 1234566")) == "1234566"


@pytest.mark.parametrize("last_digit", "012345789")
def test_only_the_right_check_digit_of_the_recipient_passes(last_digit: str) -> None:
    with pytest.raises(MalformedError):
        PublicExpenseRecipientNumber.parse("123456" + last_digit)


@pytest.mark.parametrize("local", ["12345678", "1" * 30])
def test_longer_local_recipient_numbers_are_taken_as_they_are(local: str) -> None:
    assert PublicExpenseRecipientNumber.parse(local).digits == local


@pytest.mark.parametrize(
    ("kind", "zeros"),
    [
        (PublicExpensePayerNumber, "0" * 8),
        (PublicExpenseRecipientNumber, "0" * 7),
        (PublicExpenseRecipientNumber, "0" * 12),
    ],
)
def test_zeros_alone_are_no_number(
    kind: type[PublicExpensePayerNumber | PublicExpenseRecipientNumber], zeros: str
) -> None:
    with pytest.raises(MalformedError) as refused:
        kind.parse(zeros)
    assert "0だけ" in refused.value.reason.ja


@pytest.mark.parametrize("broken", ["", "123456", "1" * 31, "12345678A"])
def test_other_shapes_of_the_recipient_are_refused(broken: str) -> None:
    with pytest.raises(MalformedError) as refused:
        PublicExpenseRecipientNumber.parse(broken)
    assert refused.value.field == "public_expense_recipient_number"


def test_a_wrong_recipient_length_names_the_range() -> None:
    with pytest.raises(MalformedError) as refused:
        PublicExpenseRecipientNumber.parse("123")
    assert "7〜30桁" in refused.value.reason.ja
    assert "7 to 30" in refused.value.reason.en
