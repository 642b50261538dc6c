"""The server's own code for somebody without a working key: five minutes, once."""

from datetime import timedelta
from typing import Any

import pytest
import segno
from api_desk import World, a_delegate, a_desk
from test_api_delegations import granted, protect, refusal
from test_api_patient import check, entries
from werkzeug.test import TestResponse

from backend.admitting.attempts import TRIES_A_CODE
from backend.admitting.minting import CODES_AN_HOUR, GOOD_FOR
from backend.credentials import transport
from backend.credentials.receipt import open_receipt
from backend.issuing.keys import key_set
from backend.storage.rows import ClientKind, Insurer
from tests.house_of_glass import OLD

BY_PHONE, BY_LETTER = "/v1/patient/one-time-codes", "/v1/one-time-codes"


def by_letter(world: World, code: str) -> TestResponse:
    return world.http.post(BY_LETTER, json={"code": code})


def by_phone(world: World, desk: Any = None) -> str:
    answer = (desk or world.patient).post(BY_PHONE)
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["code"])


@pytest.mark.parametrize("is_letter", [False, True])
def test_it_is_good_for_one_check_and_says_what_it_is(
    world: World, is_letter: bool
) -> None:
    letter = world.a_code(ClientKind.PATIENT, world.person_id)
    code = by_letter(world, letter).get_json()["code"] if is_letter else by_phone(world)

    told = check(world, {"code": f"{code.lower()}\n"})

    assert (told["outcome"], told["person"]["name"]) == ("valid", "見本　花子")
    assert told["document"]["presentation_kind"] == 4
    assert told["document"]["shown_by"] is None
    receipt = open_receipt(told["receipt"], key_set(world.house.store).find)
    assert receipt.presentation_kind == 4
    assert receipt.object_id
    assert receipt.object_id not in code
    again = check(world, {"code": code})
    assert (again["outcome"], again["person"]) == ("replayed", None)
    kinds = [it["kind"] for it in entries(world)]
    assert kinds[:3] == ["check-refused", "checked", "code-minted"]


def test_it_is_small_and_holds_no_personal_data(world: World) -> None:
    answer = world.patient.post(BY_PHONE).get_json()
    assert answer["expires_at"] == "2026-11-23T03:05:00Z"
    _, payload = transport.unpack(answer["code"])
    assert (payload[0], len(payload)) == (4, 17)
    symbol = segno.make(answer["code"], mode="alphanumeric", error="m", micro=False)
    assert int(symbol.version) <= 3
    with world.house.store.reading() as tx:
        kept = tx.run("SELECT digest FROM minted_codes").fetchone()[0]
        log = b"".join(stored for _, stored in tx.audit_entries())
    assert payload[1:] not in kept
    assert answer["code"].encode() not in log


@pytest.mark.parametrize(("seconds", "outcome"), [(299, "valid"), (300, "stale")])
def test_it_lives_five_minutes(world: World, seconds: int, outcome: str) -> None:
    code = by_phone(world)
    world.house.at += timedelta(seconds=seconds)
    world.clinic.get_token()

    assert check(world, {"code": code})["outcome"] == outcome


def test_a_made_up_one_is_of_an_unknown_issuer(world: World) -> None:
    code = transport.pack(transport.CodeKind.PHONE, b"\x04" + bytes(16))
    told = check(world, {"code": code})
    assert (told["outcome"], told["person"]) == ("unknown-issuer", None)
    for payload in (b"\x04" + bytes(15), b"\x04" + bytes(17), b"\x05" + bytes(16)):
        odd = transport.pack(transport.CodeKind.PHONE, payload)
        assert check(world, {"code": odd})["outcome"] == "unreadable"


def test_a_letter_is_spent_by_it(world: World) -> None:
    letter = world.a_code(ClientKind.PATIENT, world.person_id)
    first = by_letter(world, letter)
    assert first.status_code == 201

    world.house.at += GOOD_FOR - timedelta(seconds=1)
    again = by_letter(world, letter)
    assert (again.status_code, again.get_json()) == (201, first.get_json())
    world.house.at += timedelta(seconds=1)
    assert refusal(by_letter(world, letter)) == (403, "code-refused")
    world.patient.get_token()
    assert world.patient.get("/v1/patient/status").status_code == 200  # ends no phone


def test_no_other_code_is_taken_for_a_letter(world: World) -> None:
    enrolment = world.a_code(ClientKind.INSURER, OLD.digits)
    grant = granted(world).get_json()["code"]
    for code in (enrolment, grant, "0000-0000-0000", "x"):
        assert refusal(by_letter(world, code)) == (403, "code-refused")


def test_a_letters_code_dies_after_tries_as_in_enrolling(world: World) -> None:
    letter = world.a_code(ClientKind.PATIENT, world.person_id)
    world.house.at = world.house.at.replace(year=2028)
    for _ in range(TRIES_A_CODE):
        assert refusal(by_letter(world, letter)) == (403, "code-refused")
    world.house.at = world.house.at.replace(year=2026)
    fresh = world.a_code(ClientKind.PATIENT, world.person_id)
    assert by_letter(world, fresh).status_code == 201


def test_so_many_an_hour_and_a_letter_is_not_spent_beyond(world: World) -> None:
    for _ in range(CODES_AN_HOUR):
        by_phone(world)
    answer = world.patient.post(BY_PHONE)
    assert refusal(answer) == (429, "too-many-codes")
    assert answer.headers["Retry-After"] == "3600"
    letter = world.a_code(ClientKind.PATIENT, world.person_id)
    assert refusal(by_letter(world, letter)) == (429, "too-many-codes")
    world.house.at += timedelta(hours=1)
    assert by_letter(world, letter).status_code == 201


def test_it_dies_with_the_phone_that_asked_for_it(world: World) -> None:
    second = a_desk(world.http, world.house, ClientKind.PATIENT, world.person_id)
    code = by_phone(world, second)
    ended = world.patient.delete(f"/v1/patient/phones/{second.client.id}")
    assert ended.status_code == 204

    told = check(world, {"code": code})

    assert (told["outcome"], told["person"]) == ("revoked", None)


def test_a_delegates_is_told_as_a_delegates_and_dies_under_nondisclosure(
    world: World,
) -> None:
    desk = a_delegate(world)
    told = check(world, {"code": by_phone(world, desk)})
    assert told["document"]["shown_by"]["relation"] == "child"
    later = by_phone(world, desk)

    protect(world)

    assert check(world, {"code": later})["outcome"] == "revoked"


def test_it_is_made_online_where_that_is_demanded(world: World) -> None:
    with world.house.store.transaction() as tx:
        tx.put_insurer(Insurer(OLD.digits, "架空協会けんぽ", "03", None, True))

    assert check(world, {"code": by_phone(world)})["outcome"] == "valid"


def test_it_is_forgotten_in_time(world: World) -> None:
    code = by_phone(world)
    world.house.at += timedelta(minutes=21)
    before = world.house.at - timedelta(minutes=15)

    assert world.house.store.write(lambda tx: tx.forget_transients(before)) >= 1

    world.clinic.get_token()
    assert check(world, {"code": code})["outcome"] == "unknown-issuer"
