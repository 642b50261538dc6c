"""What surrounds the doors: the log, our own faults, limits, strict JSON, problems."""

import logging
from typing import Any

import pytest
from api_desk import BASE, World
from doors_table import CSV
from flask import Flask

from backend.api.json_body import DEEPEST, MalformedJsonError, read_json
from backend.api.problem_answers import words
from backend.api.problems import PROBLEMS
from backend.domain.errors import UnavailableError
from backend.domain.words import Words
from backend.keyring.errors import KeyringError

SECRET = "架空　太郎"


def test_one_line_a_request_without_ids_or_bodies(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "shikaku")
    answer = world.insurer.get(
        f"/v1/insurer/members/{world.person_id}", query_string={"secret": SECRET}
    )
    lines = [it.getMessage() for it in caplog.records if it.name == "shikaku.access"]
    method, rule, status, micros, request_id = lines[-1].split()
    assert (method, rule) == ("GET", "/v1/insurer/members/<name:person_id>")
    assert status == "200"
    assert 0 < int(micros) < 60_000_000
    assert request_id == answer.headers["X-Request-Id"]
    everything = "\n".join(it.getMessage() for it in caplog.records)
    assert world.person_id not in everything
    assert SECRET not in everything


def test_what_is_nowhere_is_logged_without_its_address(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "shikaku")
    world.http.get("/v1/members/12345678?name=x")
    (line,) = [it.getMessage() for it in caplog.records]
    assert line.startswith("GET - 404 ")


@pytest.mark.parametrize("method", ["GE7", "X-Y", "A_B"])
def test_a_method_that_is_no_word_is_not_logged(
    world: World, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    caplog.set_level(logging.INFO, "shikaku.access")
    world.http.open("/healthz", method=method)
    (line,) = [it.getMessage() for it in caplog.records]
    assert line.startswith("? ")


def test_our_own_fault_is_a_bare_500(
    app: Flask, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    headers = world.clinic.headers("GET", "/v1/clinic/me")

    def fail() -> Any:
        raise KeyError(SECRET)

    app.view_functions["clinic.who_am_i"] = fail
    answer = world.http.get("/v1/clinic/me", headers=headers)
    assert answer.status_code == 500
    told = answer.get_json()
    assert told["code"] == "internal"
    assert SECRET not in answer.text
    assert "KeyError" not in answer.text
    faults = [it for it in caplog.records if it.name == "shikaku.fault"]
    (line,) = [it.getMessage() for it in faults]
    assert told["instance"].removeprefix("urn:uuid:") in line
    assert "KeyError" in line
    assert "test_api_edges.py" in line
    assert SECRET not in caplog.text
    assert faults[0].exc_info is None  # a traceback would quote values


def test_an_error_that_was_not_meant_for_callers_tells_nothing(
    app: Flask, world: World
) -> None:
    def fail() -> Any:
        path = Words("鍵ファイル /etc/keys がありません", "no key file /etc/keys")
        raise KeyringError(path, path)

    for view, path in (("clinic.who_am_i", "/v1/clinic/me"), ("oauth.give_token", "")):
        app.view_functions[view] = fail
        method = "GET" if path else "POST"
        answer = world.http.open(path or "/oauth/token", method=method)
        assert answer.status_code == 500
        assert "/etc/keys" not in answer.text


def test_what_cannot_be_had_now_is_503(app: Flask, world: World) -> None:
    def fail() -> Any:
        raise UnavailableError(Words("満杯です", "it is full"))

    app.view_functions["clinic.who_am_i"] = fail
    answer = world.http.get("/v1/clinic/me")
    assert answer.status_code == 503
    told = answer.get_json()
    assert told["detail"] == "満杯です / it is full"
    assert told["said"] == {"ja": "満杯です", "en": "it is full"}
    assert told["remedy"] == words(PROBLEMS["unavailable"].remedy)
    assert answer.headers["Retry-After"] == "1"
    app.view_functions["oauth.give_token"] = fail
    answer = world.http.post("/oauth/token")
    assert (answer.status_code, answer.get_json()["error"]) == (
        503,
        "temporarily_unavailable",
    )


def test_every_problem_has_its_page_in_both_languages(world: World) -> None:
    for problem in PROBLEMS.values():
        page = world.http.get(f"/problems/{problem.code}")
        assert page.status_code == 200
        assert page.content_type == "text/html; charset=utf-8"
        for sentence in (problem.title, problem.meaning, problem.remedy):
            assert sentence.ja in page.text
            assert sentence.en.replace("'", "&#39;") in page.text


def test_a_problem_points_to_its_page(world: World) -> None:
    told = world.http.get("/v1/clinic/me").get_json()
    assert told["type"] == f"{BASE}/problems/unauthenticated"
    path = told["type"].removeprefix(BASE)
    assert world.http.get(path).status_code == 200
    assert told["title"] == str(PROBLEMS["unauthenticated"].title)


def test_a_list_may_be_larger_than_a_question(world: World) -> None:
    lines = CSV.splitlines()
    long = "\n".join([lines[0], *(lines[1] for _ in range(1_000))])
    assert len(long.encode()) > 64 * 1024
    answer = world.insurer.post(
        "/v1/insurer/lists", data=long.encode(), content_type="text/csv"
    )
    assert answer.status_code == 201
    assert answer.get_json()["counts"]["errors"] >= 1_000  # all the same person


def test_a_list_too_large_is_refused_whole(world: World) -> None:
    path = "/v1/insurer/lists"
    answer = world.http.post(
        path,
        data=CSV.encode() + b"\n" * (32 * 1024 * 1024),
        content_type="text/csv",
        headers=world.insurer.headers("POST", path),
    )
    assert answer.status_code == 413


def test_json_may_nest_and_count_as_far_as_it_says() -> None:
    deepest = b"[" * DEEPEST + b"]" * DEEPEST
    assert read_json(deepest) is not None
    with pytest.raises(MalformedJsonError, match="deeper"):
        read_json(b"[" + deepest + b"]")
    assert read_json(b'"' + b"[" * 100 + b'"') == "[" * 100
    assert read_json(b"9007199254740992") == 2**53
    with pytest.raises(MalformedJsonError, match="too large"):
        read_json(b"9007199254740993")
    for digits in (17, 5_000, 500_000):
        with pytest.raises(MalformedJsonError, match="integer is too large"):
            read_json(b"-" + b"9" * digits)
    assert read_json(b'"\\ud83d\\ude00"') == "😀"
    with pytest.raises(MalformedJsonError, match="twice"):
        read_json(b'[{"a": {"b": 1, "b": 1}}]')
    with pytest.raises(MalformedJsonError, match="surrogate"):
        read_json(b'[{"a": ["\\ud83d"]}]')
    with pytest.raises(MalformedJsonError, match="NUL"):
        read_json(b'{"a\\u0000": 1}')


def test_a_refusal_never_repeats_what_was_sent(world: World) -> None:
    told = {"lost_on": SECRET, "loss_reason": SECRET, SECRET: 1}
    answer = world.insurer.post(f"/v1/insurer/coverages/{world.coverage.id}/end", told)
    assert answer.status_code == 422
    assert SECRET not in answer.text
    fields = {it["field"] for it in answer.get_json()["errors"]}
    assert fields == {"lost_on", "loss_reason", "?"}
