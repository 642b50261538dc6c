"""The front: bodies that come slowly, in parts, or never; checks answered together."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from api_desk import World, a_world, rooms_of
from at_the_front import Headers, Protocol, Scope, ask
from doors_table import DOORS
from flask import Flask

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
def bare(app: Flask) -> Callable[..., Any]:
    """The application, with nothing before it."""
    return partial(Flask.wsgi_app, app)


@pytest.fixture
def front(bare: Callable[..., Any], house: House) -> Front:
    return Front(bare, rooms_of(house), Bodies(0.05, 0.1))


@pytest.fixture
def world(app: Flask, house: House) -> Iterator[World]:
    return a_world(app.test_client(), house)


def scope(method: str, path: str, **headers: str) -> Scope:
    said = [(name.lower().replace("_", "-"), it) for name, it in headers.items()]
    return Scope(method, path, "", Headers(said))


def knock(front: Front, asked: Scope, body: bytes | Protocol) -> Any:
    return asyncio.run(ask(front, asked, body))


def check_scope(world: World, key: str) -> Scope:
    headers = world.clinic.headers("POST", CHECKS)
    return scope(
        "POST",
        CHECKS,
        Idempotency_Key=key,
        Content_Type="application/json",
        **headers,
    )


@pytest.mark.parametrize("path", [CHECKS, "/v1/enrolments"])
@pytest.mark.parametrize("length", [1, USUAL_BODY])
def test_a_body_that_does_not_come_is_not_waited_for(
    front: Front, path: str, length: int
) -> None:
    asked = scope("POST", path, Content_Length=str(length))

    answer = knock(front, asked, Protocol(comes=False))

    assert answer.status_code == 408
    assert answer.get_json()["code"] == "slow-body"


def test_many_bodies_that_do_not_come_keep_nobody_waiting(front: Front) -> None:
    async def rush() -> tuple[Any, list[Any]]:
        slow = [
            asyncio.create_task(
                ask(
                    front,
                    scope("POST", CHECKS, Content_Length="2"),
                    Protocol(comes=False),
                )
            )
            for _ in range(200)
        ]
        answer = await ask(front, scope("GET", "/healthz"), b"")
        held = [task for task in slow if not task.done()]
        await asyncio.gather(*slow)
        return answer, held

    answer, held = asyncio.run(rush())

    assert answer.status_code == 200
    assert len(held) == 200


def upload(authorization: str) -> Scope:
    length = str(USUAL_BODY + 1)
    path = "/v1/insurer/lists"
    return scope("POST", path, Authorization=authorization, Content_Length=length)


def test_more_large_bodies_than_we_take_at_once_wait_and_end(
    front: Front, world: World
) -> None:
    known = world.insurer.headers("POST", "/v1/insurer/lists")["Authorization"]

    async def rush() -> list[Any]:
        slow = [Protocol(comes=False) for _ in range(LARGE_AT_ONCE * 3)]
        return await asyncio.gather(*(ask(front, upload(known), it) for it in slow))

    assert {answer.status_code for answer in asyncio.run(rush())} == {408}


def test_no_more_large_bodies_are_taken_at_once_than_fit(
    front: Front, world: World
) -> None:
    known = world.insurer.headers("POST", "/v1/insurer/lists")["Authorization"]
    held: list[int] = [0]

    class Large(Protocol):
        async def __call__(self) -> bytes:
            held.append(held[-1] + 1)
            await asyncio.sleep(0.001)
            held.append(held[-1] - 1)
            return b"x" * (USUAL_BODY + 1)

    async def rush() -> None:
        large = [Large() for _ in range(20)]
        await asyncio.gather(*(ask(front, upload(known), it) for it in large))

    asyncio.run(rush())

    assert max(held) == LARGE_AT_ONCE


@pytest.mark.parametrize("said", ["", "DPoP", "DPoP unknown", "Bearer x", "DPoP あ"])
def test_a_strangers_large_body_is_not_waited_for(
    bare: Callable[..., Any], house: House, said: str
) -> None:
    patient = Front(bare, rooms_of(house), Bodies(3600, 3600))

    answer = knock(patient, upload(said), Protocol(comes=False))

    assert answer.status_code == 401


@pytest.mark.parametrize("length", [LARGEST_BODY + 1, 2**64 - 1])
def test_a_body_larger_than_any_door_takes_is_not_waited_for(
    front: Front, length: int
) -> None:
    asked = scope("POST", "/v1/insurer/lists", Content_Length=str(length))

    answer = knock(front, asked, Protocol(comes=False))

    assert (answer.status_code, answer.get_json()["code"]) == (413, "too-large")


def test_a_body_of_unknown_length_is_refused_unread(front: Front) -> None:
    asked = scope("POST", CHECKS, Transfer_Encoding="chunked", Content_Length="2")

    answer = knock(front, asked, Protocol(comes=False))

    assert (answer.status_code, answer.get_json()["code"]) == (411, "length-required")


def test_a_body_that_was_cut_off_is_not_taken_for_a_whole_one(front: Front) -> None:
    asked = scope("POST", CHECKS, Content_Length="2")

    answer = knock(front, asked, Protocol(is_cut_off=True))

    assert (answer.status_code, answer.get_json()["code"]) == (400, "bad-request")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "GET"])
def test_a_check_by_another_method_is_none(
    front: Front, world: World, method: str
) -> None:
    asked = check_scope(world, "same-key")
    asked.method = method

    answer = knock(front, asked, json.dumps(DOOR.body(world)["json"]).encode())

    assert (answer.status_code, answer.get_json()["code"]) == (
        405,
        "method-not-allowed",
    )


def test_a_check_has_its_line_in_the_log_whichever_way_it_went(
    front: Front, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    body = json.dumps(DOOR.body(world)["json"]).encode()
    short, long = check_scope(world, "short-way"), check_scope(world, "long-way")
    long.headers.said = [
        (name, f"{value}; charset=utf-8" if name == "content-type" else value)
        for name, value in long.headers.said
    ]
    caplog.set_level(logging.INFO, "shikaku.access")

    answers = [knock(front, asked, body) for asked in (short, long)]

    lines = [it.getMessage().split() for it in caplog.records][-2:]
    told = [(method, rule, status, name) for method, rule, status, _, name in lines]
    assert told == [
        ("POST", CHECKS, "200", answer.headers["X-Request-Id"]) for answer in answers
    ]


def test_a_header_said_twice_is_believed_neither_time(
    front: Front, world: World
) -> None:
    asked = check_scope(world, "said-twice")
    asked.headers.said.append(("dpop", asked.headers.get("dpop")))

    answer = knock(front, asked, json.dumps(DOOR.body(world)["json"]).encode())

    assert (answer.status_code, answer.get_json()["code"]) == (401, "bad-proof")


@pytest.mark.parametrize("kind", ["application/json", "application/json; a=b"])
def test_a_header_with_an_underscore_stands_for_no_other(
    front: Front, world: World, kind: str
) -> None:
    asked = check_scope(world, "underscore")
    told = dict(asked.headers.said) | {"content-type": kind}
    told["idempotency_key"] = told.pop("idempotency-key")
    asked.headers.said = list(told.items())

    answer = knock(front, asked, json.dumps(DOOR.body(world)["json"]).encode())

    assert answer.status_code == 422


def test_an_address_that_is_not_ascii_is_answered(front: Front) -> None:
    asked = scope("GET", "/healthz")
    asked.query_string = "%FF=資\ufffd \x01"
    asked.path = "/資\ufffd\x00"

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
    asked[7].headers = Headers(
        asked[6].headers.items()
    )  # its proof and key are used already

    async def rush() -> list[Any]:
        bodies = [json.dumps({"shown": {"code": code}}).encode() for code in codes]
        pairs = zip(asked, bodies, strict=True)
        return await asyncio.gather(*(ask(front, it, body) for it, body in pairs))

    answers = [answer.get_json() for answer in asyncio.run(rush())]

    told = [answer.get("outcome") or answer["code"] for answer in answers]
    assert told == [
        *("valid", "valid", "valid", "replayed"),
        *("valid", "unreadable", "valid", "bad-proof"),
    ]
    assert len({answer["check_id"] for answer in answers[:7]}) == 7


def test_a_caller_who_has_gone_keeps_no_answer_from_those_beside_them(
    front: Front, world: World, house: House
) -> None:
    handle = world.patient.post("/v1/patient/tokens").get_json()["handle"]
    questions = []
    for n in range(3):
        made_at = house.at - timedelta(seconds=n)
        code = make_presentation(handle, made_at, world.patient.signer.sign)
        body = json.dumps({"shown": {"code": code}}).encode()
        questions.append((check_scope(world, f"one-has-gone-{n}"), body))

    async def rush() -> list[Any]:
        asked = [asyncio.create_task(ask(front, *it)) for it in questions]
        await asyncio.sleep(0.001)  # all are before the desk
        asked[1].cancel()
        return await asyncio.gather(*asked, return_exceptions=True)

    first, gone, last = asyncio.run(asyncio.wait_for(rush(), 10))

    assert isinstance(gone, asyncio.CancelledError)
    assert first.get_json()["outcome"] == last.get_json()["outcome"] == "valid"


def test_a_key_said_twice_at_once_has_one_answer(
    front: Front, world: World, house: House
) -> None:
    handle = world.patient.post("/v1/patient/tokens").get_json()["handle"]
    code = make_presentation(handle, house.at, world.patient.signer.sign)
    body = json.dumps({"shown": {"code": code}}).encode()
    other = json.dumps({"shown": {"code": code}, "agreed": ["limit"]}).encode()
    asked = [(check_scope(world, "one-key-for-all"), it) for it in (body, body, other)]

    async def rush() -> list[Any]:
        return await asyncio.gather(*(ask(front, it, octets) for it, octets in asked))

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

    def asked(n: int, on: date) -> tuple[Scope, bytes]:
        made_at = house.at - timedelta(seconds=n)
        code = make_presentation(handle, made_at, world.patient.signer.sign)
        body = {"shown": {"code": code}, "on": on.isoformat()}
        return check_scope(world, f"fragile-{n}"), json.dumps(body).encode()

    days = [today, today - timedelta(days=1), today]
    questions = [asked(n, on) for n, on in enumerate(days)]

    async def rush() -> list[Any]:
        return await asyncio.gather(*(ask(front, it, body) for it, body in questions))

    first, broken, last = asyncio.run(rush())

    assert first.get_json()["outcome"] == last.get_json()["outcome"] == "valid"
    assert (broken.status_code, broken.get_json()["code"]) == (500, "internal")
    with house.store.reading() as tx:
        told = [read_entry(it) for _, it in tx.audit_entries()]
    assert len([it for it in told if it.outcome == "valid"]) == 2
