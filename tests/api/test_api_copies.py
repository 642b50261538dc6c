"""What a person's own phone gets to draw a certificate's copy (写し)."""

import pytest
from api_desk import World, a_delegate, a_desk
from test_api_delegations import REFUSED, protect, refusal
from test_api_patient import check, entries

from backend.credentials.certificate import certificate_payload, read_fields
from backend.credentials.jose import peek_claims
from backend.credentials.presentation import make_copy
from backend.registering.erasing import erase_ended
from backend.storage.rows import ClientKind
from tests.house_of_glass import TODAY


def copy(world: World, serial: str, desk=None):
    return (desk or world.patient).get(f"/v1/patient/certificates/{serial}")


def test_it_is_exactly_what_is_printed(world: World) -> None:
    paper = world.issued()
    claims = peek_claims(paper["jwt"])
    fields, form, names = read_fields(claims)
    assert certificate_payload(fields, form, names)

    told = copy(world, paper["serial"]).get_json()

    assert (told["serial"], told["state"], told["form"]) == (
        paper["serial"],
        "valid",
        "a4",
    )
    printed = told["printed"]
    plain = {name: value for name, value in printed.items() if name in claims}
    plain["copay_ratio"] = printed["copay_ratio"] and printed["copay_ratio"]["code"]
    unprinted = {"iss", "jti", "exp", "status", "form"}
    said = {name: claims[name] for name in claims if name not in unprinted}
    assert {name: plain[name] for name in said} == said
    assert printed["address"] == "架空県見本市一丁目1-1"
    absent = set(printed) - set(claims)
    assert {printed[name] or None for name in absent if name != "copay_ratio"} <= {None}


def test_a_withdrawn_one_says_so(world: World) -> None:
    serial = world.issued()["serial"]
    suspend = f"/v1/insurer/certificates/{serial}/suspend"
    assert world.insurer.post(suspend, {"reason": "lost"}).status_code == 200

    assert copy(world, serial).get_json()["state"] == "suspended"


def test_it_is_the_persons_alone(world: World) -> None:
    serial = world.issued()["serial"]

    assert copy(world, serial, world.stranger).status_code == 404
    assert copy(world, "AAAA-AAAA-AAAA-AAAD").status_code == 404
    assert refusal(copy(world, serial, a_delegate(world))) == REFUSED


def test_under_nondisclosure_no_phone_draws_an_address(world: World) -> None:
    serial = world.issued()["serial"]
    protect(world)
    newer = a_desk(world.http, world.house, ClientKind.PATIENT, world.person_id)

    for desk in (world.patient, newer):
        answer = copy(world, serial, desk)
        assert refusal(answer) == REFUSED
        assert "架空県" not in answer.text
    revoke = f"/v1/insurer/certificates/{serial}/revoke"
    assert world.insurer.post(revoke, {"reason": "other"}).status_code == 200
    later = world.issued()["serial"]
    assert copy(world, later, newer).get_json()["printed"]["address"] is None


def test_of_an_erased_person_nothing_is_drawn(world: World) -> None:
    serial = world.issued()["serial"]
    end = f"/v1/insurer/coverages/{world.coverage.id}/end"
    world.insurer.post(end, {"lost_on": "2020-05-01", "loss_reason": "99"})
    assert erase_ended(world.house.store, TODAY, world.house.at) == 1

    assert copy(world, serial).status_code == 404


@pytest.mark.parametrize("is_delegate", [False, True])
def test_the_history_tells_a_copy_from_the_paper(
    world: World, is_delegate: bool
) -> None:
    paper = world.issued()
    desk = a_delegate(world) if is_delegate else world.patient
    handle = desk.post("/v1/patient/tokens").get_json()["handle"]
    code = make_copy(handle, world.house.at, paper["serial"], desk.signer.sign)

    answer = check(world, {"code": code})
    check(world, {"certificate": paper["qr"]})

    assert answer["document"]["is_copy"] is True
    assert (answer["document"]["shown_by"] is not None) is is_delegate
    of_paper, of_copy = [it for it in entries(world) if it["what"]]
    assert of_paper["what"] == {
        "kind": "certificate",
        "serial": paper["serial"],
        "is_copy": False,
    }
    assert of_copy["what"] == of_paper["what"] | {"is_copy": True}
    assert (of_copy["delegate"] is not None) is is_delegate
