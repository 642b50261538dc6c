"""What a typing scanner adds to a code is no part of it; what is inside counts."""

import pytest
from api_desk import World
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


@pytest.mark.parametrize("name", ["code", "certificate"])
@pytest.mark.parametrize("seen", ["ｓｋ１ｐあ２か", "とのぬせちふのち\r", "sk1pｱ2ｶ"])
def test_a_code_that_an_input_method_made_kana_of_says_what_to_do(
    world: World, name: str, seen: str
) -> None:
    answer = world.clinic.post(
        "/v1/clinic/checks",
        {"shown": {name: seen}},
        headers={"Idempotency-Key": "key-of-mine"},
    )
    assert (answer.status_code, answer.get_json()["code"]) == (422, "malformed")
    (told,) = answer.get_json()["errors"]
    assert told["field"] == f"shown.{name}"
    assert "日本語入力" in told["reason"]["ja"]
    assert "半角英数" in told["fix"]["ja"]
    assert seen.strip() not in answer.text


def test_a_code_in_full_width_letters_is_read(world: World) -> None:
    paper = world.issued()["qr"]
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in paper)
    for seen in (wide, wide.lower() + "\r", paper[:7] + wide[7:]):
        answer = world.clinic.post(
            "/v1/clinic/checks",
            {"shown": {"certificate": seen}},
            headers={"Idempotency-Key": f"key-{next(world.house.numbers):08}"},
        )
        assert answer.get_json()["outcome"] == "valid"
