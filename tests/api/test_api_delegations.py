"""Somebody else's phone for a person: granted, shown, bounded, ended (代理)."""

from datetime import timedelta
from typing import Any

import pytest
from api_desk import Desk, World, a_delegate, a_desk, a_key, possession
from test_api_patient import check
from werkzeug.test import TestResponse

from backend.audit.events import AuditKind, read_entry
from backend.credentials.presentation import make_presentation
from backend.credentials.receipt import Bearer, open_receipt
from backend.domain.delegation import MOST_DELEGATES, DelegateRelation
from backend.issuing.keys import key_set
from backend.storage.rows import ClientKind

DELEGATIONS = "/v1/patient/delegations"
REFUSED = (403, "not-on-this-phone")
CHILD = {"name": "見本　太郎", "relation": "child", "until": "2027-03-31"}


def granted(world: World, desk: Desk | None = None, **more: Any) -> TestResponse:
    body = {"relation": "child", "until": "2027-03-31", **more}
    return (desk or world.patient).post(DELEGATIONS, body)


def activate(world: World, code: str, delegate: Any) -> tuple[Desk, TestResponse]:
    signer = a_key()
    body = {
        "code": code,
        "name": "太郎のスマホ",
        "possession": possession(signer, code, world.house.at),
    }
    if delegate is not None:
        body["delegate"] = delegate
    answer = world.http.post("/v1/activations", json=body)
    client = None
    if answer.status_code == 201:
        with world.house.store.reading() as tx:
            client = tx.client(answer.get_json()["client_id"])
    desk = Desk(world.http, world.house, signer, client or world.stranger.client)
    return desk, answer


def a_granted_delegate(world: World, **more: Any) -> tuple[Desk, str]:
    """A delegate's phone that the member's own phone let in, and its handle."""
    code = granted(world, **more).get_json()["code"]
    desk, answer = activate(world, code, {"name": "見本　太郎"})
    assert answer.status_code == 201, answer.text
    assert desk.get_token().status_code == 200
    return desk, answer.get_json()["handle"]


def show(world: World, desk: Desk, handle: str) -> dict[str, Any]:
    code = make_presentation(handle, world.house.at, desk.signer.sign)
    return check(world, {"code": code})


def refusal(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["code"]


def protect(world: World) -> None:
    world.house.at += timedelta(minutes=1)
    path = f"/v1/insurer/coverages/{world.coverage.id}/change"
    assert world.insurer.post(path, {"is_undisclosed": True}).status_code == 200
    world.house.at += timedelta(minutes=1)


def test_a_granted_phone_stands_for_the_person_beside_their_own(world: World) -> None:
    code = granted(world).get_json()
    assert code["expires_at"] == "2026-11-23T03:10:00Z"

    desk, answer = activate(world, code["code"], {"name": "見本　太郎"})

    told = answer.get_json()["delegation"]
    assert told["relation_words"] == {"ja": "子", "en": "child"}
    assert (told["until"], told["may_see_history"]) == ("2027-03-31", False)
    status = desk.get("/v1/patient/status").get_json()
    assert status["delegation"] == told
    assert status["qualification"]["reason"] == "covered"
    own = world.patient.get("/v1/patient/status")
    assert own.status_code == 200
    assert own.get_json()["delegation"] is None


def test_the_clinic_the_receipt_and_the_history_say_that_a_delegate_showed_it(
    world: World,
) -> None:
    desk, handle = a_granted_delegate(world)

    told = show(world, desk, handle)

    assert told["outcome"] == "valid"
    assert told["document"]["shown_by"] == {
        "kind": "delegate",
        "relation": "child",
        "relation_words": {"ja": "子", "en": "child"},
    }
    assert "太郎" not in str(told)
    receipt = open_receipt(told["receipt"], key_set(world.house.store).find)
    assert receipt.shown_by == Bearer(desk.client.id, DelegateRelation.CHILD)
    entries = world.patient.get("/v1/patient/history").get_json()["entries"]
    (seen,) = [it for it in entries if it["what"]]
    assert seen["what"]["kind"] == "phone"
    assert seen["delegate"] == {
        "name": "見本　太郎",
        "relation": "child",
        "relation_words": {"ja": "子", "en": "child"},
    }
    kinds = {it["kind"]: it["delegate"] for it in entries}
    assert kinds["delegation-granted"] is None
    assert kinds["phone-activated"]["name"] == "見本　太郎"
    with world.house.store.reading() as tx:
        log = b"".join(stored for _, stored in tx.audit_entries())
    assert desk.client.id.encode() in log
    assert "太郎".encode() not in log
    assert rb"\u592a\u90ce" not in log


def test_a_persons_own_phone_shows_by_itself(world: World) -> None:
    handle = world.patient.post("/v1/patient/tokens").get_json()["handle"]

    told = show(world, world.patient, handle)

    assert told["document"]["shown_by"] is None
    receipt = open_receipt(told["receipt"], key_set(world.house.store).find)
    assert receipt.shown_by is None


def test_a_claim_reason_stays_readable_beside_the_delegate(world: World) -> None:
    desk, handle = a_granted_delegate(world)
    code = make_presentation(handle, world.house.at, desk.signer.sign)

    check(world, {"code": code}, on="2026-01-05", claim_reason="late-claim")

    with world.house.store.reading() as tx:
        log = [read_entry(stored) for _, stored in tx.audit_entries()]
    (note,) = [it.note for it in log if it.kind is AuditKind.CHECKED]
    assert note == f"late-claim/delegate/{desk.client.id}"
    entries = world.patient.get("/v1/patient/history").get_json()["entries"]
    (seen,) = [it for it in entries if it["what"]]
    assert (seen["what"]["kind"], seen["delegate"]["name"]) == ("phone", "見本　太郎")


def test_a_delegate_reads_the_history_only_where_that_was_granted(
    world: World,
) -> None:
    without, _ = a_granted_delegate(world)
    with_it, _ = a_granted_delegate(world, may_see_history=True)

    assert refusal(without.get("/v1/patient/history")) == REFUSED
    assert with_it.get("/v1/patient/history").status_code == 200
    newest = world.patient.get("/v1/patient/history").get_json()["entries"][0]
    assert (newest["kind"], newest["delegate"]["name"]) == (
        "history-read",
        "見本　太郎",
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/patient/phones"),
        ("GET", DELEGATIONS),
        ("POST", DELEGATIONS),
        ("DELETE", "/v1/patient/phones/{own}"),
        ("DELETE", f"{DELEGATIONS}/{{own}}"),
        ("DELETE", f"{DELEGATIONS}/{{other}}"),
    ],
)
def test_a_delegate_neither_lists_nor_ends_others_nor_hands_on(
    world: World, method: str, path: str
) -> None:
    desk, _ = a_granted_delegate(world, may_see_history=True)
    other = a_delegate(world)
    body = {"json": {"relation": "carer", "until": "2026-12-31"}}
    path = path.format(own=world.patient.client.id, other=other.client.id)

    answer = desk.call(method, path, **(body if method == "POST" else {}))

    assert refusal(answer) == REFUSED
    assert world.patient.get("/v1/patient/status").status_code == 200
    assert other.get("/v1/patient/status").status_code == 200


def test_the_person_lists_and_ends_their_delegates(world: World) -> None:
    desk, handle = a_granted_delegate(world)
    letter = a_delegate(world)

    listed = world.patient.get(DELEGATIONS).get_json()["delegations"]

    assert {it["id"]: it["is_by_letter"] for it in listed} == {
        desk.client.id: False,
        letter.client.id: True,
    }
    assert {it["phone_name"] for it in listed} == {"太郎のスマホ"}
    phones = world.patient.get("/v1/patient/phones").get_json()["phones"]
    assert [it["id"] for it in phones] == [world.patient.client.id]
    assert phones[0]["renewed_at"] is None
    world.patient.post("/v1/patient/tokens")
    (own,) = world.patient.get("/v1/patient/phones").get_json()["phones"]
    assert own["renewed_at"] == "2026-11-23T03:00:00Z"
    for _ in range(2):
        answer = world.patient.delete(f"{DELEGATIONS}/{desk.client.id}")
        assert answer.status_code == 204
    assert desk.get("/v1/patient/status").status_code == 401
    assert desk.get_token().status_code == 401
    assert show(world, desk, handle)["outcome"] == "revoked"
    listed = world.patient.get(DELEGATIONS).get_json()["delegations"]
    assert [it["ended_at"] is None for it in listed].count(False) == 1


def test_only_a_delegate_of_the_person_is_ended_at_that_door(world: World) -> None:
    desk, _ = a_granted_delegate(world)
    unknown = (world.patient.client.id, world.clinic.client.id, "phone-x")
    for strange in unknown:
        answer = world.patient.delete(f"{DELEGATIONS}/{strange}")
        assert answer.status_code == 404
    answer = world.stranger.delete(f"{DELEGATIONS}/{desk.client.id}")
    assert answer.status_code == 404
    assert desk.get("/v1/patient/status").status_code == 200


def test_a_delegate_gives_it_up(world: World) -> None:
    desk, handle = a_granted_delegate(world)

    assert desk.delete(f"{DELEGATIONS}/{desk.client.id}").status_code == 204

    assert desk.get("/v1/patient/status").status_code == 401
    assert show(world, desk, handle)["outcome"] == "revoked"


def test_the_insurer_ends_delegates_with_the_phones(world: World) -> None:
    desk, handle = a_granted_delegate(world)
    member = f"/v1/insurer/members/{world.person_id}/phones"

    assert world.insurer.delete(member).status_code == 204

    assert desk.get("/v1/patient/status").status_code == 401
    assert show(world, desk, handle)["outcome"] == "revoked"


def test_what_a_phone_granted_ends_with_it_and_a_letters_stays(world: World) -> None:
    desk, _ = a_granted_delegate(world)
    letter = a_delegate(world)
    open_code = granted(world).get_json()["code"]

    code = world.a_code(ClientKind.PATIENT, world.person_id)
    assert activate(world, code, None)[1].status_code == 201

    assert world.patient.get("/v1/patient/status").status_code == 401
    assert desk.get("/v1/patient/status").status_code == 401
    assert letter.get("/v1/patient/status").status_code == 200
    _, answer = activate(world, open_code, {"name": "見本　太郎"})
    assert refusal(answer) == (403, "code-refused")


def test_after_the_last_day_the_key_opens_nothing(world: World) -> None:
    desk, handle = a_granted_delegate(world, until="2026-11-23")
    token = desk.post("/v1/patient/tokens").get_json()
    assert token["expires_at"] == "2026-11-23T15:00:00Z"
    world.house.at = world.house.at.replace(hour=14, minute=59, second=59)
    desk.get_token()
    assert show(world, desk, handle)["outcome"] == "valid"

    world.house.at += timedelta(seconds=1)

    assert desk.get("/v1/patient/status").status_code == 401
    assert desk.get_token().status_code == 401
    told = show(world, desk, handle)
    assert told["outcome"] == "revoked"
    assert told["person"] is None
    assert told["qualification"] is None


def test_a_day_past_or_further_than_a_year_is_refused(world: World) -> None:
    for until in ("2026-11-22", "2027-11-24"):
        answer = granted(world, until=until)
        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["field"] == "until"
    assert granted(world, until="2027-11-23").status_code == 201


def test_a_granted_code_opens_for_ten_minutes_once_and_the_newest_counts(
    world: World,
) -> None:
    first = granted(world).get_json()["code"]
    second = granted(world).get_json()["code"]
    name = {"name": "見本　太郎"}
    assert refusal(activate(world, first, name)[1]) == (403, "code-refused")
    assert activate(world, second, name)[1].status_code == 201
    assert refusal(activate(world, second, name)[1]) == (403, "code-refused")
    late = granted(world).get_json()["code"]
    world.house.at += timedelta(minutes=10)
    assert refusal(activate(world, late, name)[1]) == (403, "code-refused")


def test_a_granted_code_makes_no_phone_of_the_persons_own(world: World) -> None:
    code = granted(world).get_json()["code"]

    _, answer = activate(world, code, None)

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "delegate"
    assert activate(world, code, {"name": "太郎"})[1].status_code == 201


def test_the_grant_counts_whatever_the_delegate_says(world: World) -> None:
    code = granted(world, until="2026-12-01").get_json()["code"]
    says = {"name": "太郎", "relation": "guardian", "until": "2027-11-23"}

    _, answer = activate(world, code, says)

    told = answer.get_json()["delegation"]
    assert (told["relation"], told["until"]) == ("child", "2026-12-01")


def test_a_letter_makes_a_delegate_without_history_and_ends_no_phone(
    world: World,
) -> None:
    code = world.a_code(ClientKind.PATIENT, world.person_id)

    desk, answer = activate(world, code, CHILD)

    assert answer.status_code == 201, answer.text
    assert answer.get_json()["delegation"]["may_see_history"] is False
    assert refusal(desk.get("/v1/patient/history")) == REFUSED
    assert world.patient.get("/v1/patient/status").status_code == 200


@pytest.mark.parametrize(
    ("delegate", "field"),
    [
        ({"name": "太郎", "until": "2027-03-31"}, "delegate.relation"),
        ({"name": "太郎", "relation": "child"}, "delegate.until"),
        ({**CHILD, "until": "2028-01-01"}, "delegate.until"),
        ({**CHILD, "until": "2026-11-22"}, "delegate.until"),
        ({**CHILD, "name": "\u202e"}, "delegate.name"),
        ({**CHILD, "relation": "enemy"}, "delegate.relation"),
        ({**CHILD, "may_see_history": True}, "delegate.may_see_history"),
        ([], "delegate"),
    ],
)
def test_what_a_letters_delegate_lacks_is_named_and_spends_nothing(
    world: World, delegate: Any, field: str
) -> None:
    code = world.a_code(ClientKind.PATIENT, world.person_id)

    _, answer = activate(world, code, delegate)

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == field
    assert activate(world, code, CHILD)[1].status_code == 201


def test_at_most_five_delegates_stand_at_a_time(world: World) -> None:
    desks = [a_delegate(world) for _ in range(MOST_DELEGATES)]
    assert granted(world).status_code == 409
    letter = world.a_code(ClientKind.PATIENT, world.person_id)
    assert activate(world, letter, CHILD)[1].status_code == 409

    world.patient.delete(f"{DELEGATIONS}/{desks[0].client.id}")

    assert activate(world, letter, CHILD)[1].status_code == 201
    assert granted(world).status_code == 409


def test_under_nondisclosure_nobody_is_let_in(world: World) -> None:
    open_code = granted(world).get_json()["code"]
    protect(world)
    newer = a_desk(world.http, world.house, ClientKind.PATIENT, world.person_id)

    for own in (world.patient, newer):
        assert refusal(granted(world, own)) == REFUSED
    letter = world.a_code(ClientKind.PATIENT, world.person_id)
    for code, says in ((open_code, {"name": "太郎"}), (letter, CHILD)):
        assert refusal(activate(world, code, says)[1]) == (403, "code-refused")
    assert activate(world, letter, None)[1].status_code == 201


def test_under_nondisclosure_a_delegate_stops_at_once_and_is_told_nothing(
    world: World,
) -> None:
    desk, handle = a_granted_delegate(world, may_see_history=True)
    assert show(world, desk, handle)["outcome"] == "valid"

    protect(world)

    for method, path in (
        ("GET", "/v1/patient/status"),
        ("GET", "/v1/patient/history"),
        ("POST", "/v1/patient/tokens"),
        ("POST", "/v1/patient/challenges"),
    ):
        answer = desk.call(method, path)
        assert refusal(answer) == REFUSED
        assert "不開示" not in answer.text
    told = show(world, desk, handle)
    assert (told["outcome"], told["person"]) == ("revoked", None)
    newer = a_desk(world.http, world.house, ClientKind.PATIENT, world.person_id)
    listed = newer.get(DELEGATIONS).get_json()["delegations"]
    assert [it["id"] for it in listed] == [desk.client.id]
    assert newer.delete(f"{DELEGATIONS}/{desk.client.id}").status_code == 204
    assert refusal(world.patient.get(DELEGATIONS)) == REFUSED


def test_a_delegates_forged_code_is_told_as_forged(world: World) -> None:
    _, handle = a_granted_delegate(world)

    told = show(world, world.stranger, handle)

    assert told["outcome"] == "bad-signature"
    assert told["person"] is None
