"""不開示 and erasure: what is withheld stands in no answer of any door."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from api_desk import World, a_desk
from doors_table import DOORS, Door
from test_api_doors import desk_of
from werkzeug.test import TestResponse

from backend.credentials import base64url
from backend.credentials.certificate_qr import from_qr
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.presentation import make_presentation
from backend.registering.erasing import erase_ended
from backend.storage.rows import ClientKind
from tests.house_of_glass import OLD

ADDRESS = "架空県見本市一丁目1-1"
CHECKS = "/v1/clinic/checks"
_CODE = re.compile(r"SK1C[A-Z2-7]+")
_SEGMENT = re.compile(r"[A-Za-z0-9_-]{20,}")


def named(door: Door) -> str:
    return f"{door.method} {door.rule}"


def all_that_is_told(answer: TestResponse) -> str:
    """The answer as a person reads it, with what its codes and tokens hold."""
    told = json.dumps(answer.get_json(silent=True), ensure_ascii=False)
    papers = [from_qr(code, IssuerNames("x")) for code in _CODE.findall(told)]
    segments = _SEGMENT.findall(" ".join([told, *papers]))
    return told + " ".join(map(_opened, segments))


def _opened(segment: str) -> str:
    try:
        return base64url.decode(segment).decode()
    except ValueError:  # no text: a signature, a name
        return ""


def withhold(world: World) -> None:
    """The member is under 不開示, with an address still recorded and a newer phone."""
    with world.house.store.transaction() as tx:
        member = tx.member(world.person_id, OLD.digits)
        assert member is not None
        assert member.person.address == ADDRESS
        tx.put_member(
            replace(member, person=replace(member.person, is_undisclosed=True))
        )
    world.house.at += timedelta(seconds=1)
    world.patient = a_desk(world.http, world.house, ClientKind.PATIENT, world.person_id)


def ask(world: World, shown: dict[str, Any]) -> TestResponse:
    key = {"Idempotency-Key": f"key-{next(world.house.numbers):08}"}
    return world.clinic.post(
        CHECKS, {"shown": shown, "agreed": ["limit", "diseases"]}, headers=key
    )


def test_an_address_is_found_wherever_it_is_told(world: World) -> None:
    issued = {"whom": {"person_ids": [world.person_id]}, "form": "a4"}
    answer = world.insurer.post("/v1/insurer/certificates", issued)
    (paper,) = answer.get_json()["issued"]
    assert all_that_is_told(answer).count(ADDRESS) == 2  # in the token, in the code
    for place in ("members/" + world.person_id, "certificates/" + paper["serial"]):
        assert ADDRESS in all_that_is_told(world.insurer.get(f"/v1/insurer/{place}"))


GRANTING = ("POST", "/v1/patient/delegations")  # nobody stands for them


@pytest.mark.parametrize("door", [it for it in DOORS if it.owner], ids=named)
def test_an_undisclosed_persons_address_is_behind_no_door(
    world: World, door: Door
) -> None:
    withhold(world)
    method, path, told = door.knock(world)
    assert door.owner is not None
    answer = desk_of(world, door.owner).call(method, path, **told)
    expected = 403 if (door.method, door.rule) == GRANTING else door.status
    assert answer.status_code == expected, answer.text
    assert ADDRESS not in all_that_is_told(answer)


def test_a_paper_that_bears_an_address_withheld_since_tells_nobody(
    world: World,
) -> None:
    paper = world.issued()
    older = world.patient
    handle = older.post("/v1/patient/tokens").get_json()["handle"]
    withhold(world)
    code = make_presentation(handle, world.house.at, older.signer.sign)
    answers = [
        ask(world, {"certificate": paper["qr"]}),
        ask(world, {"certificate": paper["jwt"]}),
        ask(world, {"code": code}),
        world.insurer.get(f"/v1/insurer/certificates/{paper['serial']}"),
        world.insurer.get(f"/v1/insurer/members/{world.person_id}"),
        world.insurer.get("/v1/insurer/members"),
        world.patient.get("/v1/patient/status"),
        world.patient.get("/v1/patient/history"),
        world.patient.post("/v1/patient/tokens"),
    ]
    assert [answer.status_code for answer in answers] == [200] * 8 + [201]
    assert [ADDRESS in all_that_is_told(answer) for answer in answers] == [False] * 9


def test_the_numbers_of_an_erased_person_find_nobody(world: World) -> None:
    identity = world.coverage.identity
    numbers = {
        "insurer_number": OLD.digits,
        "symbol": identity.symbol,
        "number": identity.number,
        "birth_on": "1980-05-05",
    }
    loss = {"lost_on": "2026-11-20", "loss_reason": "99"}
    end = f"/v1/insurer/coverages/{world.coverage.id}/end"
    assert world.insurer.post(end, loss).status_code == 200
    before = ask(world, {"numbers": numbers}).get_json()
    assert (before["outcome"], before["person"]["name"]) == ("lapsed", "見本　花子")

    assert erase_ended(world.house.store, date(2026, 11, 21), world.house.at) == 1

    for branch in ({}, {"branch": identity.branch}):
        told = ask(world, {"numbers": numbers | branch}).get_json()
        assert (told["outcome"], told["qualification"]["validity"]) == (
            "none-found",
            "4",
        )
        personal = ("person", "coverage", "charge")
        assert [told[name] for name in personal] == [None] * 3
    found = world.insurer.get(
        "/v1/insurer/members",
        query_string={"number": identity.number, "symbol": identity.symbol},
    )
    assert found.get_json()["members"] == []
