"""What a typing scanner adds to a code is no part of it; what is inside counts."""

import pytest
from marshmallow import ValidationError

from backend.api.schemas.checks import ShownShape


@pytest.mark.parametrize("after", ["", "\r", "\r\n", "\t", " \n"])
@pytest.mark.parametrize("name", ["code", "certificate"])
def test_enter_or_tab_after_a_code_is_taken_off(name, after):
    assert ShownShape().load({name: f"SK1PAAAA{after}"}) == {name: "SK1PAAAA"}


@pytest.mark.parametrize("value", ["SK1P\rAAAA", "SK1P\x00AAAA", "\r\n", 7, None, []])
def test_what_stands_inside_is_still_refused(value):
    with pytest.raises(ValidationError):
        ShownShape().load({"code": value})
