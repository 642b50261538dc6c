"""Letters' codes become terminals, systems and phones."""

from datetime import timedelta
from typing import Any

from api_desk import Desk, World, a_key, possession
from werkzeug.test import TestResponse

from backend.credentials.eligibility_token import open_token
from backend.credentials.server_time import open_server_time
from backend.credentials.signing import LocalSigner
from backend.issuing.keys import key_set
from backend.storage.rows import ClientKind
from tests.house_of_glass import CLINIC, OLD


def show(
    world: World, door: str, code: str, signer: LocalSigner, **bent: Any
) -> TestResponse:
    told = {
        "code": code,
        "name": "受付1",
        "possession": possession(signer, code, world.house.at),
    } | bent
    return world.http.post(f"/v1/{door}", json=told)


def test_a_terminal_is_enrolled_and_may_call(world: World) -> None:
    signer = a_key()
    code = world.a_code(ClientKind.CLINIC, CLINIC)
    answer = show(world, "enrolments", code, signer)
    assert answer.status_code == 201
    told = answer.get_json()
    assert (told["kind"], told["party"]) == ("clinic", CLINIC)
    with world.house.store.reading() as tx:
        client = tx.client(told["client_id"])
    assert client is not None
    desk = Desk(world.http, world.house, signer, client)
    assert desk.get("/v1/clinic/me").get_json() == {
        "code": CLINIC,
        "name": "見本内科",
        "terminal": "受付1",
    }


def test_a_phone_is_activated_with_its_first_token(world: World) -> None:
    signer = a_key()
    code = world.a_code(ClientKind.PATIENT, world.person_id)
    answer = show(world, "activations", code, signer)
    assert answer.status_code == 201
    told = answer.get_json()
    keys = key_set(world.house.store)
    token = open_token(told["token"], keys.find)
    assert token.holder == signer.public
    assert token.handle == told["handle"]
    assert told["no_token"] is None
    assert open_server_time(told["server_time"], keys.find).at == world.house.at


def test_a_person_without_coverage_is_activated_without_a_token(world: World) -> None:
    person = world.house.person()
    code = world.a_code(ClientKind.PATIENT, person)
    told = show(world, "activations", code, a_key()).get_json()
    assert told["token"] is None
    assert told["handle"] is None
    assert "該当資格なし" in told["no_token"]["ja"]


def test_every_refused_code_gets_the_same_answer(world: World) -> None:
    used = world.a_code(ClientKind.CLINIC, CLINIC)
    assert show(world, "enrolments", used, a_key()).status_code == 201
    for_a_phone = world.a_code(ClientKind.PATIENT, world.person_id)
    good = world.a_code(ClientKind.CLINIC, CLINIC)
    expired = world.a_code(ClientKind.CLINIC, CLINIC)
    said = set()
    for answer in (
        show(world, "enrolments", "AAAA-BBBB-CCCC", a_key()),
        show(world, "enrolments", used, a_key()),
        show(world, "enrolments", for_a_phone, a_key()),
        show(world, "activations", good, a_key()),
        show(world, "enrolments", good, a_key(), possession="x"),
    ):
        assert answer.status_code == 403
        told = answer.get_json()
        told.pop("instance")
        said.add(str(told))
    world.house.at = world.house.at.replace(year=2028)
    told = show(world, "enrolments", expired, a_key()).get_json()
    told.pop("instance")
    said.add(str(told))
    assert len(said) == 1


def test_a_place_that_guesses_is_told_to_wait(world: World) -> None:
    for number in range(30):
        show(world, "enrolments", f"WRONG-{number:04}", a_key())
    answer = show(world, "enrolments", "WRONG-9999", a_key())
    assert answer.status_code == 429
    assert answer.get_json()["code"] == "too-many-attempts"
    elsewhere = world.http.post(
        "/v1/enrolments",
        json={"code": "WRONG-9999", "name": "受付1", "possession": "x"},
        environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert elsewhere.status_code == 403
    assert answer.headers["Retry-After"] == "600"
    world.house.at += timedelta(minutes=10)
    assert show(world, "enrolments", "WRONG-9999", a_key()).status_code == 403


def test_a_new_phone_silences_the_old_one(world: World) -> None:
    old = world.patient
    assert old.get("/v1/patient/status").status_code == 200
    code = world.a_code(ClientKind.PATIENT, world.person_id)
    assert show(world, "activations", code, a_key()).status_code == 201
    assert old.get("/v1/patient/status").status_code == 401


def test_an_insurers_activation_codes_open_its_members_phones(world: World) -> None:
    answer = world.insurer.post(
        "/v1/insurer/activations", {"person_ids": [world.person_id]}
    )
    (made,) = answer.get_json()["codes"]
    assert made["person_id"] == world.person_id
    told = show(world, "activations", made["code"], a_key()).get_json()
    assert told["token"]


def test_the_parties_come_from_the_code_alone(world: World) -> None:
    code = world.a_code(ClientKind.INSURER, OLD.digits)
    answer = show(world, "enrolments", code, a_key(), party="06130017")
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "party"
