"""A person's own phone: status, tokens, challenges, history, phones."""

from datetime import date
from typing import Any

import pytest
from api_desk import World, a_desk

from backend.credentials.challenge import is_current
from backend.credentials.presentation import make_presentation
from backend.credentials.server_time import open_server_time
from backend.domain.patient_step import OWN_RATIO_UNKNOWN
from backend.issuing.keys import key_set
from backend.storage.rows import ClientKind
from tests.house_of_glass import OTHER_CLINIC


def check(
    world: World, shown: dict[str, Any], desk: Any = None, **asked: Any
) -> dict[str, Any]:
    answer = (desk or world.clinic).post(
        "/v1/clinic/checks",
        {"shown": shown, **asked},
        headers={"Idempotency-Key": f"key-{next(world.house.numbers):08}"},
    )
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def entries(world: World, **query: str) -> list[dict[str, Any]]:
    answer = world.patient.get("/v1/patient/history", query_string=query)
    found: list[dict[str, Any]] = answer.get_json()["entries"]
    return found


def test_the_status_of_a_covered_person(world: World) -> None:
    world.issued()
    world.patient.post("/v1/patient/tokens")
    told = world.patient.get("/v1/patient/status").get_json()
    own = told["qualification"]
    assert (own["validity"], own["reason"]) == ("1", "covered")
    assert own["reason_words"]["ja"] == "有効"
    assert told["next_step"]["ja"].startswith("このまま受診できます")
    assert told["charge"]["ratio_label"] == "3割"
    assert told["charge"]["limit_category"]["code"] == "A03"  # it is their own
    assert [it["state"] for it in told["certificates"]] == ["valid"]
    assert told["token"]["expires_at"].endswith("Z")
    assert told["ask"]["name"] == "架空協会けんぽ"
    assert "address" not in str(told)


def test_the_status_after_a_loss_says_when_why_and_what_now(world: World) -> None:
    world.insurer.post(
        f"/v1/insurer/coverages/{world.coverage.id}/end",
        {"lost_on": "2026-11-01", "loss_reason": "03"},
    )
    told = world.patient.get("/v1/patient/status").get_json()
    own = told["qualification"]
    assert (own["reason"], own["since"]) == ("lapsed", "2026-11-01")
    assert own["loss_reason"]["code"] == "03"
    assert told["charge"] is None
    assert "新しい保険" in told["next_step"]["ja"]
    assert "本人" not in told["next_step"]["ja"]  # said to a clinic
    refused = world.patient.post("/v1/patient/tokens")
    assert refused.status_code == 409
    assert "有効な資格がない" in refused.get_json()["detail"]


def test_a_person_without_a_known_ratio_is_told_to_ask_before_the_visit(
    world: World,
) -> None:
    person = world.house.person(birth_on=date(1953, 2, 1))  # 73: two or three tenths
    world.house.cover(person, copay=())
    desk = a_desk(world.http, world.house, ClientKind.PATIENT, person)
    told = desk.get("/v1/patient/status").get_json()
    assert told["charge"]["ratio_label"] is None
    assert told["next_step"]["ja"] == OWN_RATIO_UNKNOWN.ja


def test_a_loss_to_come_is_no_reason_yet(world: World) -> None:
    world.insurer.post(
        f"/v1/insurer/coverages/{world.coverage.id}/end",
        {"lost_on": "2026-11-24", "loss_reason": "03"},
    )
    told = world.patient.get("/v1/patient/status").get_json()
    assert (told["qualification"]["reason"], told["coverage"]["lost_on"]) == (
        "covered",
        "2026-11-24",
    )
    assert told["qualification"]["loss_reason"] is None
    told = check(world, {"certificate": world.issued()["qr"]})
    assert told["qualification"]["loss_reason"] is None


def test_a_challenge_is_for_this_phones_newest_token(world: World) -> None:
    keys = key_set(world.house.store)
    before = world.patient.post("/v1/patient/challenges", {}).get_json()
    assert open_server_time(before["server_time"], keys.find).challenge is None
    handle = world.patient.post("/v1/patient/tokens").get_json()["handle"]
    told = world.patient.post("/v1/patient/challenges").get_json()
    opened = open_server_time(told["server_time"], keys.find)
    assert opened.at == world.house.at
    assert opened.challenge is not None
    key = world.house.issuer.challenge_key
    assert is_current(key, handle, opened.challenge, world.house.at)
    code = make_presentation(
        handle, world.house.at, world.patient.signer.sign, opened.challenge
    )
    answer = check(world, {"code": code})
    assert (answer["outcome"], answer["document"]["presentation_kind"]) == ("valid", 2)


def test_each_phone_is_challenged_for_its_own_token(world: World) -> None:
    second = a_desk(world.http, world.house, ClientKind.PATIENT, world.person_id)
    handles = [
        desk.post("/v1/patient/tokens").get_json()["handle"]
        for desk in (world.patient, second)
    ]
    keys = key_set(world.house.store)
    for desk, handle in zip((world.patient, second), handles, strict=True):
        told = desk.post("/v1/patient/challenges").get_json()["server_time"]
        challenge = open_server_time(told, keys.find).challenge
        key = world.house.issuer.challenge_key
        assert challenge is not None
        assert is_current(key, handle, challenge, world.house.at)
        status = desk.get("/v1/patient/status").get_json()
        assert status["token"]["handle"] == handle


def test_the_history_names_who_looked_refusals_included(world: World) -> None:
    handle = world.patient.post("/v1/patient/tokens").get_json()["handle"]
    code = make_presentation(handle, world.house.at, world.patient.signer.sign)
    assert check(world, {"code": code})["outcome"] == "valid"
    other = a_desk(
        world.http, world.house, ClientKind.CLINIC, OTHER_CLINIC, name="会計"
    )
    assert check(world, {"code": code}, other)["outcome"] == "replayed"
    paper = world.issued()
    assert check(world, {"certificate": paper["qr"]})["outcome"] == "valid"
    seen = [it for it in entries(world) if it["what"]]
    assert [
        (it["who"]["name"], it["who"]["terminal"], it["outcome"], it["what"]["kind"])
        for it in seen
    ] == [
        ("見本内科", "端末1", "valid", "certificate"),
        ("となり歯科", "会計", "replayed", "phone"),
        ("見本内科", "端末1", "valid", "phone"),
    ]
    assert seen[0]["what"]["serial"] == paper["serial"]
    assert seen[1]["outcome_words"] == {
        "ja": "使用済みのコード",
        "en": "Code already used",
    }
    assert seen[1]["shown"] == []
    assert "person" in seen[2]["shown"]
    assert {it["kind"] for it in entries(world)} >= {
        "token-issued",
        "certificates-issued",
        "history-read",
    }


_ALWAYS = ["qualification", "person", "numbers"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, [*_ALWAYS, "ratio"]),
        ({"agreed": ["limit"]}, [*_ALWAYS, "ratio", "limit"]),
        ({"agreed": ["diseases"]}, [*_ALWAYS, "ratio", "diseases"]),
        (
            {"agreed": ["limit", "diseases"]},
            [*_ALWAYS, "ratio", "limit", "diseases"],
        ),
        ({"on": "2026-12-01", "agreed": ["limit", "diseases"]}, _ALWAYS),
    ],
    ids=["nothing agreed", "limit", "diseases", "both", "after the loss"],
)
def test_the_history_tells_which_groups_each_clinic_saw(
    world: World, asked: dict[str, Any], shown: list[str]
) -> None:
    coverage = f"/v1/insurer/coverages/{world.coverage.id}"
    diseases = {"diseases": ["1"], "diseases_from_on": "2026-04-01"}
    assert world.insurer.post(f"{coverage}/change", diseases).status_code == 200
    loss = {"lost_on": "2026-12-01", "loss_reason": "03"}
    assert world.insurer.post(f"{coverage}/end", loss).status_code == 200
    check(world, {"certificate": world.issued()["qr"]}, **asked)
    (seen,) = [it for it in entries(world) if it["what"]]
    assert seen["shown"] == shown


def test_an_agreement_is_in_the_history_where_there_was_nothing_to_show(
    world: World,
) -> None:
    told = check(world, {"certificate": world.issued()["qr"]}, agreed=["diseases"])
    assert told["charge"]["diseases"] == []

    (seen,) = [it for it in entries(world) if it["what"]]
    assert seen["shown"] == [*_ALWAYS, "ratio", "diseases"]


def test_nothing_was_shown_to_a_clinic_that_was_refused(world: World) -> None:
    paper = world.issued()
    revoke = f"/v1/insurer/certificates/{paper['serial']}/revoke"
    assert world.insurer.post(revoke, {"reason": "lost"}).status_code == 200
    check(world, {"certificate": paper["qr"]}, agreed=["limit", "diseases"])
    (seen,) = [it for it in entries(world) if it["what"]]
    assert (seen["outcome"], seen["shown"]) == ("revoked", [])


def test_the_history_tells_which_day_was_asked(world: World) -> None:
    paper = {"certificate": world.issued()["qr"]}
    for on in ("2026-11-01", "2026-12-24"):
        check(world, paper, on=on)
    check(world, paper)
    far = world.clinic.post(
        "/v1/clinic/checks",
        {"shown": paper, "on": "2026-01-01"},
        headers={"Idempotency-Key": "key-far-away"},
    )
    assert far.status_code == 403
    asked = [(it["outcome"], it["on"]) for it in entries(world) if it["what"]]
    assert asked == [
        ("day-out-of-range", "2026-01-01"),
        ("valid", "2026-11-23"),
        ("valid", "2026-12-24"),
        ("valid", "2026-11-01"),
    ]


def test_the_history_is_paged(world: World) -> None:
    for _ in range(5):
        entries(world)
    first = world.patient.get("/v1/patient/history?limit=2").get_json()
    assert len(first["entries"]) == 2
    second = world.patient.get(
        "/v1/patient/history", query_string={"limit": 2, "before": first["next"]}
    ).get_json()
    sequences = [it["sequence"] for page in (first, second) for it in page["entries"]]
    assert sequences == sorted(sequences, reverse=True)
    assert len(set(sequences)) == 4
    last = world.patient.get("/v1/patient/history?limit=100").get_json()
    assert last["next"] is None


def test_a_stranger_reads_only_their_own(world: World) -> None:
    entries(world)
    told = world.stranger.get("/v1/patient/history").get_json()
    assert told["entries"] == []
    numbers = world.stranger.get("/v1/patient/status").get_json()["coverage"]
    assert numbers["number"] != world.coverage.identity.number


def test_phones_are_listed_and_ended(world: World) -> None:
    second = a_desk(
        world.http, world.house, ClientKind.PATIENT, world.person_id, "二台目"
    )
    phones = world.patient.get("/v1/patient/phones").get_json()["phones"]
    assert [(it["name"], it["is_this_one"], it["ended_at"]) for it in phones] == [
        ("端末1", True, None),
        ("二台目", False, None),
    ]
    assert second.get("/v1/patient/status").status_code == 200
    answer = world.patient.delete(f"/v1/patient/phones/{second.client.id}")
    assert (answer.status_code, answer.data) == (204, b"")
    assert second.get("/v1/patient/status").status_code == 401
    for strange in (world.stranger.client.id, world.clinic.client.id, "phone-x"):
        answer = world.patient.delete(f"/v1/patient/phones/{strange}")
        assert answer.status_code == 404
    assert world.stranger.get("/v1/patient/status").status_code == 200


def test_the_code_of_an_ended_phone_proves_nothing(world: World) -> None:
    handle = world.patient.post("/v1/patient/tokens").get_json()["handle"]
    world.patient.delete(f"/v1/patient/phones/{world.patient.client.id}")
    code = make_presentation(handle, world.house.at, world.patient.signer.sign)
    assert check(world, {"code": code})["outcome"] != "valid"
