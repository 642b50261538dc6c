"""Operators at the console: let in by passkey, for eight hours, as one person each."""

from datetime import timedelta

import pytest
from api_desk import APPROVAL_ABOVE, CODE_KEY, World, a_key
from operators_desk import AT_DOOR, Person, a_person
from test_api_runs import RUNS, begin, carried, members

from backend.admitting.operators import end_operator, operator_of
from backend.domain.errors import ConflictError
from backend.issuing.bulk.runs import approve
from tests.house_of_glass import OLD


@pytest.fixture
def person(world: World) -> Person:
    made = a_person(world)
    made.registers()
    return made


def test_an_operator_signs_in_and_is_told_who_they_are(
    world: World, person: Person
) -> None:
    desk = person.signs_in()
    told = desk.get("/v1/insurer/me").get_json()
    assert told == {
        "insurer_number": OLD.digits,
        "insurer_name": "架空協会けんぽ",
        "kind": "operator",
        "id": person.enrolled.operator.id,
        "name": "見本　担当",
        "session_ends_at": "2026-11-23T11:00:00Z",
    }


def test_a_system_is_told_who_it_is(world: World) -> None:
    told = world.insurer.get("/v1/insurer/me").get_json()
    assert (told["kind"], told["id"]) == ("insurer", world.insurer.client.id)
    assert told["session_ends_at"] is None


def test_a_session_ends_when_its_operator_signs_out(person: Person) -> None:
    desk, other = person.signs_in(), person.signs_in()
    assert desk.delete(f"{AT_DOOR}/sign-ins/current").status_code == 204
    assert desk.get("/v1/insurer/me").status_code == 401
    assert other.get("/v1/insurer/me").status_code == 200
    assert desk.get_token().status_code == 401


def test_a_session_ends_by_itself_and_with_its_operator(
    world: World, person: Person
) -> None:
    desk = person.signs_in()
    assert desk.get("/v1/insurer/me").status_code == 200
    world.house.at += timedelta(hours=8)
    assert desk.get_token().status_code == 401
    fresh = person.signs_in()
    assert fresh.get("/v1/insurer/me").status_code == 200
    end_operator(world.house.store, person.enrolled.operator.id, world.house.at)
    assert fresh.get("/v1/insurer/me").status_code == 401


def test_refused_sign_ins_and_codes_look_alike(world: World, person: Person) -> None:
    key = a_key()
    good = person.sign_in(key)
    bent = [
        good | {"possession": "x"},
        good | {"credential": good["credential"] | {"id": "b3RoZXI"}},
        good | {"credential": a_person(world).device.get({"challenge": "AAAA"})},
    ]
    bent[-1]["credential"]["response"]["userHandle"] = "b3RoZXI"
    said = set()
    for body in bent:
        answer = world.http.post(f"{AT_DOOR}/sign-ins", json=body)
        assert answer.status_code == 403, answer.text
        told = answer.get_json()
        told.pop("instance")
        said.add(str(told))
    assert len(said) == 1
    assert world.http.post(f"{AT_DOOR}/sign-ins", json=good).status_code == 201
    spent = {"code": person.enrolled.code.code}
    for body in (spent, {"code": "0000-0000-0000"}):
        answer = world.http.post(f"{AT_DOOR}/passkeys/options", json=body)
        assert answer.get_json()["code"] == "code-refused"


def test_an_operator_signed_in_twice_is_one_person(
    world: World, person: Person
) -> None:
    one, again = person.signs_in(), person.signs_in()
    colleague = a_person(world, "別の担当", b"passkey-2")
    colleague.registers()
    run = begin(one, members(world, APPROVAL_ABOVE + 1))
    path = f"{RUNS}/{run['run_id']}"
    assert run["made_by_name"] == "見本　担当"
    assert run["may_approve"] is False
    assert again.post(f"{path}/approve").status_code == 409
    other = colleague.signs_in()
    assert other.get(path).get_json()["may_approve"] is True
    told = other.post(f"{path}/approve").get_json()
    assert (told["state"], told["approved_by_name"]) == ("ready", "別の担当")
    assert [it.state.value for it in carried(world)] == ["finished"]


def test_an_operator_at_console_and_terminal_is_one_person(
    world: World, person: Person
) -> None:
    house = world.house
    run = begin(person.signs_in(), members(world, APPROVAL_ABOVE + 1))
    word = person.enrolled.word
    by = operator_of(house.store, CODE_KEY, OLD.digits, word).id
    with pytest.raises(ConflictError):
        approve(house.store, OLD.digits, run["run_id"], by, house.at)
    second = a_person(world, "別の担当").enrolled.operator.id
    approve(house.store, OLD.digits, run["run_id"], second, house.at)
    told = world.insurer.get(f"{RUNS}/{run['run_id']}").get_json()
    assert told["approved_by_name"] == "別の担当"
