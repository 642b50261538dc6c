"""不開示 told later: an older phone may be in wrong hands, a paper has the address."""

from datetime import timedelta

import pytest
from api_desk import World, a_desk

from backend.storage.rows import ClientKind

REFUSED = (403, "not-on-this-phone")


def protect(world: World, *, is_undisclosed: bool = True) -> None:
    world.house.at += timedelta(minutes=1)
    answer = world.insurer.post(
        f"/v1/insurer/coverages/{world.coverage.id}/change",
        {"is_undisclosed": is_undisclosed},
    )
    assert answer.status_code == 200
    world.house.at += timedelta(minutes=1)


def a_phone(world: World):
    return a_desk(world.http, world.house, ClientKind.PATIENT, world.person_id)


@pytest.mark.parametrize("door", ["history", "phones"])
def test_an_older_phone_reads_no_more_who_looked_and_where_the_others_are(
    world: World, door: str
) -> None:
    path = f"/v1/patient/{door}"
    assert world.patient.get(path).status_code == 200

    protect(world)

    answer = world.patient.get(path)
    assert (answer.status_code, answer.get_json()["code"]) == REFUSED
    assert "不開示" not in answer.text
    assert a_phone(world).get(path).status_code == 200
    assert world.patient.get("/v1/patient/status").status_code == 200

    protect(world, is_undisclosed=False)
    assert world.patient.get(path).status_code == 200


def test_told_again_it_shuts_no_newer_phone_out(world: World) -> None:
    protect(world)
    newer = a_phone(world)
    change = f"/v1/insurer/coverages/{world.coverage.id}/change"
    told = {"is_undisclosed": True, "card_status": "NO_CARD"}
    world.house.at += timedelta(minutes=1)
    assert world.insurer.post(change, told).status_code == 200

    assert newer.get("/v1/patient/history").status_code == 200


def test_an_older_phone_ends_itself_and_no_other(world: World) -> None:
    protect(world)
    newer = a_phone(world)

    answer = world.patient.call("DELETE", f"/v1/patient/phones/{newer.client.id}")
    assert (answer.status_code, answer.get_json()["code"]) == REFUSED
    assert newer.get("/v1/patient/history").status_code == 200
    own = f"/v1/patient/phones/{world.patient.client.id}"
    assert world.patient.call("DELETE", own).status_code == 204


def test_the_insurer_sees_which_papers_bear_the_address(world: World) -> None:
    issued = {"whom": {"person_ids": [world.person_id]}, "form": "a4"}
    told = world.insurer.post("/v1/insurer/certificates", issued).get_json()
    with_address = told["issued"][0]["serial"]

    def to_recall() -> set[str]:
        member = f"/v1/insurer/members/{world.person_id}"
        papers = world.insurer.get(member).get_json()["certificates"]
        return {it["serial"] for it in papers if it["is_to_be_recalled"]}

    assert to_recall() == set()
    protect(world)
    assert with_address in to_recall()

    revoke = f"/v1/insurer/certificates/{with_address}/revoke"
    assert world.insurer.post(revoke, {"reason": "other"}).status_code == 200
    assert to_recall() == set()
