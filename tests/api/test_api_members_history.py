"""What an insurer sees of a member's phones and history, and what it does not."""

from datetime import date
from typing import Any

from api_desk import Desk, World, a_delegate, a_desk
from operators_desk import a_person

from backend.storage.rows import ClientKind
from tests.house_of_glass import NEW, OLD


def check(world: World, shown: dict[str, Any]) -> None:
    key = f"key-{next(world.house.numbers):08}"
    headers = {"Idempotency-Key": key}
    body = {"shown": shown}
    answer = world.clinic.post("/v1/clinic/checks", body, headers=headers)
    assert answer.status_code == 200, answer.text


def numbers_of(coverage: Any) -> dict[str, Any]:
    told = coverage.identity
    numbers = {
        "insurer_number": coverage.insurer.digits,
        "symbol": told.symbol,
        "number": told.number,
        "branch": told.branch,
        "birth_on": "1980-05-05",
    }
    return {"numbers": numbers}


def read(desk: Desk, person_id: str, page: str = "") -> list[dict[str, Any]]:
    answer = desk.get(f"/v1/insurer/members/{person_id}/history{page}")
    assert answer.status_code == 200, answer.text
    return list(answer.get_json()["entries"])


def test_an_insurer_reads_what_it_did_and_who_checked(world: World) -> None:
    paper = world.issued()
    check(world, {"certificate": paper["qr"]})
    check(world, numbers_of(world.coverage))
    path = f"/v1/insurer/certificates/{paper['serial']}/revoke"
    world.insurer.post(path, {"reason": "lost"})

    told = read(world.insurer, world.person_id)

    assert [it["kind"] for it in told] == [
        "withdrawn",
        "checked",
        "checked",
        "certificates-issued",
    ]
    assert told[1]["who"]["name"] == "見本内科"
    assert told[2]["what"] == {
        "kind": "certificate",
        "serial": paper["serial"],
        "is_copy": False,
    }


def test_the_member_sees_that_it_was_read_but_not_by_which_person(
    world: World,
) -> None:
    person = a_person(world)
    person.registers()
    desk = person.signs_in()
    read(desk, world.person_id)

    (entry,) = world.patient.get("/v1/patient/history").get_json()["entries"]
    assert entry["kind"] == "history-read"
    assert entry["who"]["name"] == "架空協会けんぽ"
    assert entry["who"]["terminal"] == ""
    (again,) = read(world.insurer, world.person_id)
    assert again["who"]["terminal"] == "見本　担当"


def test_what_concerns_another_insurer_is_not_told(world: World) -> None:
    house = world.house
    person = house.person()
    house.cover(person, lost_on=date(2026, 4, 1))
    newer = house.cover(person, insurer=NEW, acquired_on=date(2026, 4, 1))
    phone = house.phone(person)  # its token is the newer insurer's
    check(world, numbers_of(newer))
    check(world, {"code": phone.code(house.at)})
    order = {"whom": {"person_ids": [person]}, "form": "a4"}
    world.other_insurer.post("/v1/insurer/certificates", order)

    assert read(world.insurer, person) == []
    kinds = [it["kind"] for it in read(world.other_insurer, person)]
    assert kinds == ["certificates-issued", "checked", "checked", "token-issued"]


def test_the_history_comes_in_pages(world: World) -> None:
    for _ in range(3):
        check(world, numbers_of(world.coverage))
    whole = [it["sequence"] for it in read(world.insurer, world.person_id)]
    first = read(world.insurer, world.person_id, "?limit=2")
    assert [it["sequence"] for it in first][1] == whole[0]  # the first reading is new
    rest = read(world.insurer, world.person_id, f"?before={whole[0]}")
    assert [it["sequence"] for it in rest] == whole[1:]


def test_phones_and_tokens_are_told_without_what_they_are_called(
    world: World,
) -> None:
    phone = world.house.phone(world.person_id)
    path = f"/v1/insurer/members/{world.person_id}/phones"
    told = {it["id"]: it for it in world.insurer.get(path).get_json()["phones"]}
    assert set(told) == {phone.client.id, world.patient.client.id}
    (token,) = told[phone.client.id]["tokens"]
    assert (token["handle"], token["state"]) == (phone.token.handle, "valid")
    assert "name" not in told[phone.client.id]

    world.insurer.delete(path)
    ended = {it["id"]: it for it in world.insurer.get(path).get_json()["phones"]}
    assert ended[phone.client.id]["ended_at"]
    assert ended[phone.client.id]["tokens"][0]["state"] == "revoked"


def test_a_delegates_phone_is_told_apart_but_not_whose_it_is(world: World) -> None:
    delegate = a_delegate(world, may_see_history=True)
    assert delegate.get("/v1/patient/history").status_code == 200
    path = f"/v1/insurer/members/{world.person_id}/phones"
    told = {it["id"]: it for it in world.insurer.get(path).get_json()["phones"]}
    assert told[world.patient.client.id]["delegation"] is None
    assert told[delegate.client.id]["delegation"]["relation"] == "child"
    assert told[delegate.client.id]["delegation"]["until"] == "2027-03-31"
    world.insurer.delete(path)
    entries = read(world.insurer, world.person_id)
    assert {it["kind"] for it in entries} == {"key-changed"}
    assert [it["delegate"] for it in entries] == [None, None]
    assert "見本　太郎" not in world.insurer.get(path).text


def test_a_report_concerns_the_insurer_whom_it_reached(world: World) -> None:
    person = world.house.person(insurers=(OLD, NEW))
    world.house.cover(person)
    phone = a_desk(world.http, world.house, ClientKind.PATIENT, person)
    filed = phone.post("/v1/patient/reports", {"kind": "not-me"})
    assert filed.status_code == 201, filed.text
    (entry,) = read(world.insurer, person)
    assert entry["kind"] == "report-filed"
    assert read(world.other_insurer, person) == []


def test_another_insurers_tokens_are_not_told(world: World) -> None:
    person = world.house.person()
    world.house.cover(person, insurer=NEW)
    world.house.phone(person)
    path = f"/v1/insurer/members/{person}/phones"
    (phone,) = world.insurer.get(path).get_json()["phones"]
    assert phone["tokens"] == []
    assert world.insurer.client.party == OLD.digits
