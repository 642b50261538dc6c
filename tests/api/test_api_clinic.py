"""The clinic's door: the short way and the long, and each refusal as a problem."""

import json
from datetime import timedelta
from typing import Any

import pytest
from api_desk import World, a_desk
from doors_table import DOORS
from werkzeug.test import TestResponse

from backend.api.limits import USUAL_BODY
from backend.credentials.presentation import make_presentation
from backend.domain.errors import UnavailableError
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.words import Words
from backend.storage.rows import ClientKind, Clinic
from backend.verifying.limits import MISSES_AN_HOUR, REPEATS_A_DAY
from tests.house_of_glass import CLINIC, OLD, OTHER_CLINIC

PATH = "/v1/clinic/checks"
(DOOR,) = [door for door in DOORS if door.rule == PATH]
WORKED = "98320567321"  # the ordinance's example of a My Number, without its last digit
SHORT, LONG = "application/json", "application/json; charset=utf-8"


def numbers(world: World, **bent: Any) -> dict[str, Any]:
    told = DOOR.body(world)["json"]["shown"]["numbers"]
    return {"shown": {"numbers": {**told, **bent}}}


def ask(
    world: World,
    body: Any,
    key: str | None = None,
    kind: str = SHORT,
    desk: Any = None,
) -> TestResponse:
    key = key or f"key-{next(world.house.numbers):08}"
    answer: TestResponse = (desk or world.clinic).call(
        "POST",
        PATH,
        headers={"Idempotency-Key": key},
        data=json.dumps(body),
        content_type=kind,
    )
    return answer


def wait(world: World, seconds: int) -> None:
    world.house.at += timedelta(seconds=seconds)
    assert world.clinic.get_token().status_code == 200


def code_of(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["code"]


def test_both_ways_give_the_same_answer_and_bear_the_same_headers(
    world: World,
) -> None:
    body = numbers(world)
    short = ask(world, body, "same-key")
    long = ask(world, body, "same-key", LONG)
    assert short.status_code == long.status_code == 200
    assert short.data == long.data
    assert short.get_json()["outcome"] == "valid"
    own = {"x-request-id"}
    assert {name: it for name, it in short.headers if name not in own} == {
        name: it for name, it in long.headers if name not in own
    }


@pytest.mark.parametrize("kind", [SHORT, LONG])
def test_the_same_key_for_another_question(world: World, kind: str) -> None:
    assert ask(world, numbers(world), "same-key", kind).status_code == 200
    answer = ask(world, numbers(world, birth_on="1980-05-06"), "same-key", kind)
    assert code_of(answer) == (409, "idempotency-conflict")


@pytest.mark.parametrize("kind", [SHORT, LONG])
def test_the_same_key_of_another_clinic_is_another_key(world: World, kind: str) -> None:
    body = numbers(world)
    ours = ask(world, body, "same-key", kind)
    other = a_desk(world.http, world.house, ClientKind.CLINIC, OTHER_CLINIC)
    theirs = ask(world, body, "same-key", kind, other)
    assert ours.status_code == theirs.status_code == 200
    assert ours.get_json()["check_id"] != theirs.get_json()["check_id"]
    beside = a_desk(world.http, world.house, ClientKind.CLINIC, CLINIC, "会計")
    assert ask(world, body, "same-key", kind, beside).data == ours.data


@pytest.mark.parametrize("kind", [SHORT, LONG])
@pytest.mark.parametrize("key", ["", "short", "x" * 65, "a b c d e", "あ" * 8])
def test_a_key_that_is_none(world: World, kind: str, key: str) -> None:
    headers = {"Idempotency-Key": key.encode().decode("latin-1")}
    answer = world.clinic.call(
        "POST",
        PATH,
        headers=headers,
        data=json.dumps(numbers(world)),
        content_type=kind,
    )
    assert code_of(answer) == (422, "malformed")
    assert answer.get_json()["errors"][0]["field"] == "Idempotency-Key"


@pytest.mark.parametrize("kind", [SHORT, LONG])
def test_a_question_larger_than_the_door_takes(world: World, kind: str) -> None:
    whole = json.dumps(numbers(world))
    for size, status in ((USUAL_BODY, 200), (USUAL_BODY + 1, 413)):
        key = {"Idempotency-Key": f"key-{next(world.house.numbers):08}"}
        sent = {"headers": key, "data": whole.ljust(size), "content_type": kind}
        assert world.clinic.call("POST", PATH, **sent).status_code == status


@pytest.mark.parametrize("kind", [SHORT, LONG])
def test_a_day_far_away_needs_a_claim_reason(world: World, kind: str) -> None:
    body = numbers(world) | {"on": "2026-09-01"}
    assert code_of(ask(world, body, kind=kind)) == (403, "day-out-of-range")
    body |= {"claim_reason": "late-claim"}
    assert ask(world, body, kind=kind).status_code == 200


@pytest.mark.parametrize("kind", [SHORT, LONG])
def test_a_refused_day_is_told_only_to_who_may_ask_and_uses_the_proof_up(
    world: World, kind: str
) -> None:
    asked = {"data": json.dumps(numbers(world) | {"on": "2026-09-01"})}
    asked |= {"content_type": kind}
    key = {"Idempotency-Key": "key-of-mine"}
    stranger = world.http.post(PATH, headers=key, **asked)
    headers = world.clinic.headers("POST", PATH) | key
    first, again = (world.http.post(PATH, headers=headers, **asked) for _ in range(2))
    assert code_of(stranger) == (401, "unauthenticated")
    assert code_of(first) == (403, "day-out-of-range")
    assert code_of(again) == (401, "bad-proof")


@pytest.mark.parametrize("kind", [SHORT, LONG])
def test_a_clinic_may_want_online_codes_only(world: World, kind: str) -> None:
    with world.house.store.transaction() as tx:
        tx.put_clinic(Clinic(CLINIC, "見本内科", requires_challenge=True))
    handle = world.patient.post("/v1/patient/tokens").get_json()["handle"]
    code = make_presentation(handle, world.house.at, world.patient.signer.sign)
    answer = ask(world, {"shown": {"code": code}}, kind=kind)
    assert code_of(answer) == (403, "challenge-required")


@pytest.mark.parametrize("kind", [SHORT, LONG])
def test_a_clinic_that_guesses_is_stopped(world: World, kind: str) -> None:
    for number in range(MISSES_AN_HOUR):
        answer = ask(world, numbers(world, number=f"miss{number}"), kind=kind)
        assert answer.get_json()["outcome"] == "none-found"
    world.house.at += timedelta(minutes=4, seconds=0.5)
    answer = ask(world, numbers(world, number="miss"), kind=kind)
    assert code_of(answer) == (429, "too-many-misses")
    assert answer.headers["Retry-After"] == "3360"  # until 13:00 in Japan, rounded up
    assert "での確認は次の13:00（日本時間）に再開" in answer.get_json()["detail"]
    wait(world, 3360)
    answer = ask(world, numbers(world, number="miss"), kind=kind)
    assert answer.get_json()["outcome"] == "none-found"


@pytest.mark.parametrize("kind", [SHORT, LONG])
def test_a_clinic_that_asks_for_one_person_again_and_again_is_told_until_when(
    world: World, kind: str
) -> None:
    for _ in range(REPEATS_A_DAY):
        assert ask(world, numbers(world), kind=kind).status_code == 200
    answer = ask(world, numbers(world), kind=kind)
    assert code_of(answer) == (429, "too-many-repeats")
    seconds = int(answer.headers["Retry-After"])
    assert (
        seconds == 21 * 3600
    )  # until 09:00 in Japan, where the window of the day ends
    wait(world, seconds - 1)
    assert ask(world, numbers(world), kind=kind).status_code == 429
    wait(world, 1)
    assert ask(world, numbers(world), kind=kind).status_code == 200


def test_who_asked_too_often_is_pointed_to_the_phone_which_still_works(
    world: World,
) -> None:
    paper = {"shown": {"certificate": world.issued()["qr"]}}
    for _ in range(REPEATS_A_DAY):
        ask(world, numbers(world))
    for refused in (ask(world, numbers(world)), ask(world, paper)):
        assert code_of(refused) == (429, "too-many-repeats")
        detail = refused.get_json()["detail"]
        assert "この方の番号・資格確認書での確認は次の09:00" in detail
        assert "スマホのコードなら確認できます" in detail
    handle = world.patient.post("/v1/patient/tokens").get_json()["handle"]
    code = make_presentation(handle, world.house.at, world.patient.signer.sign)
    assert ask(world, {"shown": {"code": code}}).get_json()["outcome"] == "valid"


@pytest.mark.parametrize("kind", [SHORT, LONG])
def test_only_a_clinics_fresh_proof_gets_an_answer(world: World, kind: str) -> None:
    answer = ask(world, numbers(world), kind=kind, desk=world.insurer)
    assert code_of(answer) == (403, "wrong-actor")
    headers = world.clinic.headers("POST", PATH)
    told = {"headers": {**headers, "Idempotency-Key": "key-of-mine"}}
    told |= {"data": json.dumps(numbers(world)), "content_type": kind}
    assert world.http.post(PATH, **told).status_code == 200
    answer = world.http.post(PATH, **told)
    assert code_of(answer) == (401, "bad-proof")
    assert "invalid_dpop_proof" in answer.headers["WWW-Authenticate"]
    world.house.at += timedelta(minutes=6)
    headers = world.clinic.headers("POST", PATH)
    told["headers"] = {**headers, "Idempotency-Key": "key-of-mine"}
    assert code_of(world.http.post(PATH, **told)) == (401, "unauthenticated")


@pytest.mark.parametrize("kind", [SHORT, LONG])
def test_without_an_entry_in_the_log_there_is_no_answer(
    world: World, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = numbers(world)
    headers = world.clinic.headers("POST", PATH) | {"Idempotency-Key": "same-key"}
    with world.house.store.transaction() as tx:
        transaction = type(tx)

    def full(*_: Any) -> None:
        raise UnavailableError(Words("満杯です", "it is full"))

    with monkeypatch.context() as bent:
        bent.setattr(transaction, "append_audit", full)
        answer = world.http.post(
            PATH, data=json.dumps(body), content_type=kind, headers=headers
        )
    assert code_of(answer) == (503, "unavailable")
    assert "見本" not in answer.text
    assert ask(world, body, "same-key", kind).status_code == 200


def test_one_of_three_things_is_shown(world: World) -> None:
    both = numbers(world)
    both["shown"]["code"] = "SK1P"
    for body in (both, {"shown": {}}, {"shown": {"numbers": {}}}, {}):
        assert code_of(ask(world, body)) == (422, "malformed")


@pytest.mark.parametrize("kind", [SHORT, LONG])
@pytest.mark.parametrize("field", ["symbol", "number"])
@pytest.mark.parametrize("written", [WORKED + "4", "９８３２－０５６７－３２１" + "４"])
def test_a_my_number_is_refused_and_neither_kept_nor_repeated(
    world: World, kind: str, field: str, written: str
) -> None:
    body = numbers(world, **{field: written})
    kept = world.everything_kept()
    answer = ask(world, body, kind=kind)
    assert code_of(answer) == (422, "malformed")
    assert answer.get_json()["errors"][0]["field"] == field
    assert "個人番号" in answer.text
    assert written not in answer.text
    assert world.everything_kept() == kept


@pytest.mark.parametrize("number", [WORKED + "5", WORKED])
def test_other_numbers_of_about_twelve_digits_are_looked_up(
    world: World, number: str
) -> None:
    answer = ask(world, numbers(world, number=number))
    assert answer.get_json()["outcome"] == "none-found"


@pytest.mark.parametrize("nothing", ["", " ", "　", None])
def test_an_empty_symbol_or_branch_is_an_absent_one(
    world: World, nothing: str | None
) -> None:
    person = world.house.person(insurers=(OLD,))
    identity = InsuredIdentity(None, "5150", None)
    world.house.cover(person, identity=identity)
    told = numbers(world, symbol=nothing, branch=nothing, number="5150")
    assert ask(world, told).get_json()["outcome"] == "valid"


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("01", "死亡による喪失"),
        ("02", "医療券"),
        ("03", "新しい保険に加入済みか"),
        ("99", "新しい保険に加入済みか"),
    ],
)
def test_lapsed_coverage_tells_what_to_do_by_the_reason_of_its_loss(
    world: World, reason: str, sentence: str
) -> None:
    loss = {"lost_on": "2026-11-20", "loss_reason": reason}
    end = f"/v1/insurer/coverages/{world.coverage.id}/end"
    assert world.insurer.post(end, loss).status_code == 200

    told = ask(world, numbers(world)).get_json()

    assert told["outcome"] == "lapsed"
    assert sentence in told["next_step"]["ja"]


def test_the_answer_has_no_address_and_limits_only_if_agreed(world: World) -> None:
    told = ask(world, numbers(world)).get_json()
    assert "address" not in str(told)
    assert told["charge"]["limit_category"] is None
    agreed = ask(world, numbers(world) | {"agreed": ["limit"]}).get_json()
    assert agreed["charge"]["limit_category"] == {"code": "A03", "label": "ウ"}
