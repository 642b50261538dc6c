"""An insurer finds its members and sees what is told of them."""

from datetime import date
from typing import Any

import pytest
from api_desk import World

from tests.house_of_glass import NEW, OLD

SEARCH = "/v1/insurer/members/search"


def found(desk: Any, **wanted: Any) -> list[str]:
    answer = desk.post(SEARCH, wanted)
    assert answer.status_code == 200, answer.text
    return [it["person_id"] for it in answer.get_json()["members"]]


def test_a_member_is_found_by_whatever_is_at_hand(world: World) -> None:
    paper = world.issued()
    number = world.coverage.identity.number
    for wanted in (
        {"name": "本花"},
        {"name": "見本　花"},
        {"name": "みほん"},
        {"name": "ミホン ハナ"},
        {"name": "ﾊﾅ"},
        {"number": number},
        {"number": number, "symbol": "見本"},
        {"birth_on": "1980-05-05"},
        {"serial": paper["serial"]},
        {"serial": paper["serial"].lower().replace("-", "")},
        {"name": "花子", "birth_on": "1980-05-05", "number": number},
    ):
        assert found(world.insurer, **wanted) == [world.person_id], wanted


@pytest.mark.parametrize(
    "wanted",
    [
        {"name": "該当なし"},
        {"name": "\u3000"},
        {"name": "・"},
        {"serial": "no serial at all"},
        {"number": "9"},
        {"birth_on": "1980-05-06"},
    ],
    ids=str,
)
def test_nobody_is_found_by_what_fits_nobody(
    world: World, wanted: dict[str, Any]
) -> None:
    assert found(world.insurer, **wanted) == []


def test_another_insurers_members_are_never_found(world: World) -> None:
    for wanted in ({"name": "見本"}, {"number": world.coverage.identity.number}):
        assert world.person_id not in found(world.other_insurer, **wanted)


def test_pages_follow_one_another(world: World) -> None:
    for _ in range(4):
        world.house.person(insurers=(OLD,))
    seen: list[str] = []
    page: dict[str, Any] = {"name": "見本", "limit": 2}
    while True:
        told = world.insurer.post(SEARCH, page).get_json()
        seen += [it["person_id"] for it in told["members"]]
        if told["next"] is None:
            break
        page["after"] = told["next"]
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("body", [{}, {"limit": 5}, {"symbol": "見本"}], ids=str)
def test_something_to_look_for_is_needed(world: World, body: dict[str, Any]) -> None:
    answer = world.insurer.post(SEARCH, body)
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["fix"]["ja"]


def test_no_address_is_told_under_undisclosed(world: World) -> None:
    hidden = world.house.person(
        date(1970, 1, 1), is_undisclosed=True, insurers=(OLD, NEW)
    )
    told = world.insurer.post(SEARCH, {"birth_on": "1970-01-01"}).get_json()
    (member,) = told["members"]
    assert (member["person_id"], member["address"]) == (hidden, None)
