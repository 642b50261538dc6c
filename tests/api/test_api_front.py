"""The front: bodies that come slowly, in parts, or never; checks answered together."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from api_desk import World, a_world, rooms_of
from at_the_front import ask, scope_of
from doors_table import DOORS
from flask import Flask
from werkzeug.test import EnvironBuilder

from backend.api.bodies import LARGE_AT_ONCE, Bodies
from backend.api.front import Front
from backend.api.limits import LARGEST_BODY, USUAL_BODY
from backend.app import create_app
from backend.audit.events import read_entry
from backend.credentials.presentation import make_presentation
from backend.domain.japan_time import japan_day
from backend.verifying.answer import Answer
from tests.house_of_glass import House

CHECKS = "/v1/clinic/checks"
(DOOR,) = [door for door in DOORS if door.rule == CHECKS]


@pytest.fixture
def front(house: House) -> Front:
    rooms = rooms_of(house)
    return Front(create_app(rooms).wsgi_app, rooms, Bodies(0.05, 0.1))


@pytest.fixture
def world(app: Flask, house: House) -> Iterator[World]:
    return a_world(app.test_client(), house)


def scope(method: str, path: str, **headers: str) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return scope_of(EnvironBuilder(path, method=method, headers=named).get_environ())


def knock(front: Front, asked: dict[str, Any], *parts: bytes | None) -> Any:
    return asyncio.run(ask(front, asked, list(parts)))


def check_scope(world: World, key: str) -> dict[str, Any]:
    headers = world.clinic.headers("POST", CHECKS)
    return scope(
        "POST",
        CHECKS,
        Idempotency_Key=key,
        Content_Type="application/json",
        **headers,
    )


@pytest.mark.parametrize("path", [CHECKS, "/v1/enrolments"])
@pytest.mark.parametrize("parts", [[None], [b"{", None], [b"x" * 40_000, None]])
def test_a_body_that_does_not_come_is_not_waited_for(
    front: Front, path: str, parts: list[bytes | None]
) -> None:
    answer = knock(front, scope("POST", path), *parts)

    assert answer.status_code == 408
    assert answer.get_json()["code"] == "slow-body"


def test_many_bodies_that_do_not_come_keep_nobody_waiting(front: Front) -> None:
    async def rush() -> tuple[Any, list[Any]]:
        slow = [
            asyncio.create_task(ask(front, scope("POST", CHECKS), [b"{", None]))
            for _ in range(200)
        ]
        answer = await ask(front, scope("GET", "/healthz"), [b""])
        held = [task for task in slow if not task.done()]
        await asyncio.gather(*slow)
        return answer, held

    answer, held = asyncio.run(rush())

    assert answer.status_code == 200
    assert len(held) == 200


def test_more_large_bodies_than_we_take_at_once_wait_and_end(front: Front) -> None:
    async def rush() -> list[Any]:
        large = [b"x" * (USUAL_BODY + 1), None]
        asked = scope("POST", "/v1/insurer/lists")
        return await asyncio.gather(
            *(ask(front, asked, large) for _ in range(LARGE_AT_ONCE * 3))
        )

    assert {answer.status_code for answer in asyncio.run(rush())} == {408}


def test_a_body_in_parts_is_read_whole(front: Front, world: World) -> None:
    body = json.dumps(DOOR.body(world)["json"]).encode()

    answer = knock(front, check_scope(world, "in-parts"), body[:1], b"", body[1:])

    assert answer.get_json()["outcome"] == "valid"


def test_a_body_larger_than_any_door_takes_is_not_read_to_its_end(
    front: Front,
) -> None:
    chunk = b"x" * (8 * 1024 * 1024)

    answer = knock(front, scope("POST", "/v1/insurer/lists"), *[chunk] * 5, None)

    assert len(chunk) * 5 > LARGEST_BODY
    assert answer.status_code in (401, 413)


def test_who_hangs_up_gets_no_answer(front: Front) -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        raise AssertionError(message)

    asyncio.run(front(scope("POST", CHECKS), receive, send))


def test_a_header_said_twice_is_believed_neither_time(
    front: Front, world: World
) -> None:
    asked = check_scope(world, "said-twice")
    proof = dict(asked["headers"])[b"dpop"]
    asked["headers"].append((b"dpop", proof))

    answer = knock(front, asked, json.dumps(DOOR.body(world)["json"]).encode())

    assert (answer.status_code, answer.get_json()["code"]) == (401, "bad-proof")


def test_a_header_with_an_underscore_stands_for_no_other(
    front: Front, world: World
) -> None:
    asked = check_scope(world, "underscore")
    asked["headers"] = [
        (b"idempotency_key" if name == b"idempotency-key" else name, value)
        for name, value in asked["headers"]
    ]

    answer = knock(front, asked, json.dumps(DOOR.body(world)["json"]).encode())

    assert answer.status_code == 422


def test_an_address_that_is_not_ascii_is_answered(front: Front) -> None:
    asked = scope("GET", "/healthz") | {"query_string": b"\xff=\xe8\xb3\x87 \x01"}

    assert knock(front, asked, b"").status_code < 500


def test_checks_that_come_together_get_each_their_own_answer(
    front: Front, world: World, house: House
) -> None:
    handle = world.patient.post("/v1/patient/tokens").get_json()["handle"]
    codes = [
        make_presentation(
            handle, house.at - timedelta(seconds=n), world.patient.signer.sign
        )
        for n in range(8)
    ]
    codes[3] = codes[2]  # shown twice
    codes[5] = "SK1P"
    asked = [check_scope(world, f"together-{n}") for n in range(8)]
    asked[7]["headers"] = asked[6]["headers"]  # its proof and key are used already

    async def rush() -> list[Any]:
        bodies = [json.dumps({"shown": {"code": code}}).encode() for code in codes]
        pairs = zip(asked, bodies, strict=True)
        return await asyncio.gather(*(ask(front, it, [body]) for it, body in pairs))

    answers = [answer.get_json() for answer in asyncio.run(rush())]

    told = [answer.get("outcome") or answer["code"] for answer in answers]
    assert told == [
        *("valid", "valid", "valid", "replayed"),
        *("valid", "unreadable", "valid", "bad-proof"),
    ]
    assert len({answer["check_id"] for answer in answers[:7]}) == 7


def test_a_key_said_twice_at_once_has_one_answer(
    front: Front, world: World, house: House
) -> None:
    handle = world.patient.post("/v1/patient/tokens").get_json()["handle"]
    code = make_presentation(handle, house.at, world.patient.signer.sign)
    body = json.dumps({"shown": {"code": code}}).encode()
    other = json.dumps({"shown": {"code": code}, "agreed": ["limit"]}).encode()
    asked = [(check_scope(world, "one-key-for-all"), it) for it in (body, body, other)]

    async def rush() -> list[Any]:
        return await asyncio.gather(*(ask(front, it, [octets]) for it, octets in asked))

    first, again, another = asyncio.run(rush())

    assert first.get_json()["outcome"] == "valid"
    assert again.data == first.data
    assert another.get_json()["code"] == "idempotency-conflict"


def test_a_check_that_breaks_something_breaks_no_other(
    world: World, house: House
) -> None:
    today = japan_day(house.at)
    rooms = rooms_of(house)

    def fragile(answer: Answer, receipt: str) -> bytes:
        if answer.on != today:
            raise ZeroDivisionError
        return house.online.render(answer, receipt)

    rooms = replace(rooms, online=replace(house.online, render=fragile))
    front = Front(create_app(rooms).wsgi_app, rooms)
    handle = world.patient.post("/v1/patient/tokens").get_json()["handle"]

    def asked(n: int, on: date) -> tuple[dict[str, Any], bytes]:
        made_at = house.at - timedelta(seconds=n)
        code = make_presentation(handle, made_at, world.patient.signer.sign)
        body = {"shown": {"code": code}, "on": on.isoformat()}
        return check_scope(world, f"fragile-{n}"), json.dumps(body).encode()

    days = [today, today - timedelta(days=1), today]
    questions = [asked(n, on) for n, on in enumerate(days)]

    async def rush() -> list[Any]:
        return await asyncio.gather(*(ask(front, it, [body]) for it, body in questions))

    first, broken, last = asyncio.run(rush())

    assert first.get_json()["outcome"] == last.get_json()["outcome"] == "valid"
    assert (broken.status_code, broken.get_json()["code"]) == (500, "internal")
    with house.store.reading() as tx:
        told = [read_entry(it) for _, it in tx.audit_entries()]
    assert len([it for it in told if it.outcome == "valid"]) == 2
