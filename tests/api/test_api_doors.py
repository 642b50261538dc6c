"""Every door × every caller: who is let in, and what every answer bears."""

import pytest
from api_desk import Desk, World
from doors_table import CLINIC, DOORS, INSURER, PATIENT, Door
from flask import Flask
from werkzeug.test import TestResponse

from backend.storage.rows import ClientKind

OWNED = [door for door in DOORS if door.owner]
OPEN = [door for door in DOORS if door.owner is None]


def named(door: Door) -> str:
    return f"{door.method} {door.rule}"


def desk_of(world: World, kind: ClientKind) -> Desk:
    return {
        CLINIC: world.clinic,
        INSURER: world.insurer,
        PATIENT: world.patient,
    }[kind]


def knock(world: World, door: Door) -> TestResponse:
    method, path, told = door.knock(world)
    return world.http.open(path, method=method, **told)


def test_the_table_has_every_door_of_the_application(app: Flask) -> None:
    known = {(door.method, door.rule) for door in DOORS}
    there = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith("folders.")  # files: tests/pages
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert there == known


@pytest.mark.parametrize("door", OWNED, ids=named)
def test_a_door_opens_to_its_actor_only(world: World, door: Door) -> None:
    method, path, told = door.knock(world)
    for kind in (CLINIC, INSURER, PATIENT):
        if kind is not door.owner:
            answer = desk_of(world, kind).call(method, path, **told)
            assert (kind, answer.status_code) == (kind, 403)
            assert answer.get_json()["code"] == "wrong-actor"
            assert answer.headers["Cache-Control"] == "no-store"
    assert door.owner is not None
    answer = desk_of(world, door.owner).call(method, path, **told)
    assert answer.status_code == door.status, answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("door", OWNED, ids=named)
def test_nobody_comes_in_without_a_token(world: World, door: Door) -> None:
    answer = knock(world, door)
    assert answer.status_code == 401
    assert answer.get_json()["code"] == "unauthenticated"
    told = answer.headers["WWW-Authenticate"]
    assert told.startswith("DPoP ")
    assert "error=" not in told
    assert (
        'resource_metadata="https://shikaku.example/.well-known/'
        'oauth-protected-resource"' in told
    )
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("door", [it for it in OWNED if "<" in it.rule], ids=named)
def test_what_is_another_insurers_or_persons_is_not_found(
    world: World, door: Door
) -> None:
    """Every door to one thing: a new one is asked as soon as it is in the table."""
    assert door.owner is not None
    method, path, told = door.knock(world)
    stranger = {INSURER: world.other_insurer, PATIENT: world.stranger}[door.owner]
    kept = world.everything_kept()
    answer = stranger.call(method, path, **told)
    assert answer.status_code == 404, answer.text
    assert answer.get_json()["code"] == "not-found"
    assert answer.headers["Cache-Control"] == "no-store"
    assert world.everything_kept() == kept
    assert desk_of(world, door.owner).call(method, path, **told).status_code < 300


@pytest.mark.parametrize("door", OPEN, ids=named)
def test_an_open_door_needs_no_token(world: World, door: Door) -> None:
    answer = knock(world, door)
    assert answer.status_code == door.status, answer.text
    kept = answer.headers["Cache-Control"]
    assert kept.startswith("public") if door.is_public else kept == "no-store"


@pytest.mark.parametrize("door", DOORS, ids=named)
def test_every_answer_bears_the_headers_of_safety(world: World, door: Door) -> None:
    method, path, told = door.knock(world)
    answers = [world.http.open(path, method=method, **told)]
    if door.owner:
        answers.append(desk_of(world, door.owner).call(method, path, **told))
    for answer in answers:
        headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "Permissions-Policy" in headers
        assert "Strict-Transport-Security" in headers
        assert "Server" not in headers
        assert len(headers["X-Request-Id"]) == 36


@pytest.mark.parametrize("method", ["PUT", "PATCH", "TRACE", "FOO", "DELETE"])
def test_another_method_is_refused_as_a_problem(world: World, method: str) -> None:
    answer = world.http.open("/v1/clinic/checks", method=method)
    assert answer.status_code == 405
    assert answer.get_json()["code"] == "method-not-allowed"
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/v1",
        "/v1/insurer/members/%00",
        "/v1/insurer/members/" + "9" * 5000,
        "/v1/insurer/members/..%2f..%2fetc",
        "/status/01130012/" + "9" * 5000,
        "/problems/nothing",
        "/problems/%3Cscript%3E",
        "/static/x",
        "/pages/../docs/docs.js",
    ],
)
def test_what_is_nowhere_is_not_found(world: World, path: str) -> None:
    answer = world.http.get(path)
    assert answer.status_code == 404
    assert answer.get_json()["code"] == "not-found"
    assert "<" not in answer.get_json()["detail"]


def test_pages_have_no_inline_script_or_style_and_no_other_host(
    world: World,
) -> None:
    for path in ("/", "/docs", "/problems", "/problems/malformed"):
        text = world.http.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert "<script>" not in text
        assert "https://" not in text
        assert " on" + "click" not in text
        assert 'lang="ja"' in text
        assert 'lang="en"' in text


def test_every_address_on_the_first_page_is_there(world: World) -> None:
    text = world.http.get("/").text
    found = [part.partition('"')[0] for part in text.split('href="')[1:]]
    links = [link for link in found if not link.startswith("#")]  # not this page's own
    assert len(links) > 8
    for link in links:
        assert world.http.get(link).status_code == 200, link
