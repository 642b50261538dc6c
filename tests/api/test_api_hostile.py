"""No input makes a door fail, and what is refused leaves nothing behind."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import quote

import pytest
from api_desk import Desk, World
from described import path_of
from doors_table import CLINIC, CSV, DOORS, INSURER, PATIENT, Door
from naughty import BODIES, TEXTS, VALUES
from werkzeug.test import TestResponse

JSON_DOORS = [door for door in DOORS if door.takes_json]
Place = tuple[str, ...]
_JSON = "application/json"
_NOTED = {403, 429}  # a refused check is noted, for the person to read


def named(door: Door) -> str:
    return f"{door.method} {door.rule}"


def owner_of(world: World, door: Door) -> Desk | None:
    owners = {CLINIC: world.clinic, INSURER: world.insurer, PATIENT: world.patient}
    return owners[door.owner] if door.owner else None


class Attack:
    """Sends to one door, and holds what is kept after an answer against before."""

    def __init__(self, world: World, door: Door) -> None:
        self.world = world
        self.desk = owner_of(world, door)
        self.method, self.path, told = door.knock(world)
        self.body = told.get("json")
        self.kept = world.everything_kept()
        self.answers: list[int] = []

    def send(self, what: object, **told: Any) -> TestResponse:
        number = next(self.world.house.numbers)
        headers = {"Idempotency-Key": f"key-{number:08}", **told.pop("headers", {})}
        place = {"REMOTE_ADDR": f"192.0.{number // 256}.{number % 256}"}
        place |= told.pop("environ", {})
        if self.desk is not None:
            headers = {**self.desk.headers(self.method, self.path), **headers}
        if "json" in told:  # spelled here: half a surrogate pair needs an escape
            told |= {"data": json.dumps(told.pop("json")), "content_type": _JSON}
        answer = self.world.http.open(
            self.path,
            method=self.method,
            headers=headers,
            environ_overrides=place,
            **told,
        )
        self._hold(answer, what)
        return answer

    def _hold(self, answer: TestResponse, what: object) -> None:
        self.answers.append(answer.status_code)
        assert answer.status_code < 500, (what, answer.text)
        now = self.world.everything_kept()
        if answer.status_code >= 400:
            assert_is_plain(answer)
            assert answer.status_code in _NOTED or now == self.kept, what
        self.kept = now


def assert_is_plain(answer: TestResponse) -> None:
    """A refusal says what is wrong in both languages, or in OAuth's own way."""
    told = answer.get_json()
    if answer.content_type == "application/json":
        assert told["error"]
        return
    assert " / " in told["title"]
    for found in told.get("errors", ()):
        for sentence in (found["reason"], found["fix"]):
            assert sentence["ja"]
            assert sentence["en"]


def places(body: Any, place: Place = ()) -> Iterator[Place]:
    """Where something stands in a body; the body itself first."""
    yield place
    if isinstance(body, dict):
        for name, below in body.items():
            yield from places(below, (*place, name))


def bent(body: Any, place: Place, value: Any) -> Any:
    """The body with another value at one place."""
    if not place:
        return value
    copy = deepcopy(body)
    inner = copy
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = value
    return copy


def is_text(body: Any, place: Place) -> bool:
    for name in place:
        body = body[name]
    return isinstance(body, str)


def whole(schema: dict[str, Any], document: dict[str, Any]) -> Any:
    """A body with every member that the description knows, each a text."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return whole(document["components"]["schemas"][name], document)
    if "properties" in schema:
        members = schema["properties"].items()
        return {name: whole(below, document) for name, below in members}
    return "x"


def bodies(attack: Attack, door: Door) -> list[Any]:
    """One that opens the door, and one with every field that it describes."""
    document = attack.world.http.get("/openapi.json").get_json()
    operation = document["paths"][path_of(door.rule)]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    return [attack.body, whole(schema, document)]


def test_every_door_that_takes_json_is_attacked(world: World) -> None:
    document = world.http.get("/openapi.json").get_json()
    described = {
        path
        for path, item in document["paths"].items()
        if "application/json"
        in item.get("post", {}).get("requestBody", {}).get("content", {})
    }
    assert {path_of(door.rule) for door in JSON_DOORS} == described


@pytest.mark.parametrize("door", JSON_DOORS, ids=named)
def test_wrong_types_for_every_field(world: World, door: Door) -> None:
    attack = Attack(world, door)
    for body in bodies(attack, door):
        for place in places(body):
            for value in VALUES:
                attack.send((place, value), json=bent(body, place, value))
    assert 422 in attack.answers


@pytest.mark.parametrize("door", JSON_DOORS, ids=named)
def test_naughty_texts_in_every_field(world: World, door: Door) -> None:
    attack = Attack(world, door)
    texts = [*TEXTS, "\ud800"]
    fields = [it for it in places(attack.body) if is_text(attack.body, it)]
    for number, text in enumerate(texts):
        everywhere = attack.body
        for place in fields:
            everywhere = bent(everywhere, place, text)
        attack.send(text, json=everywhere)
        # each alone, so that one refusal does not hide another
        for place in fields[number % 3 :: 3]:
            attack.send((place, text), json=bent(attack.body, place, text))
    assert attack.answers


@pytest.mark.parametrize("door", JSON_DOORS, ids=named)
def test_bodies_that_are_no_json(world: World, door: Door) -> None:
    attack = Attack(world, door)
    for what, body in BODIES.items():
        answer = attack.send(what, data=body, content_type=_JSON)
        assert answer.status_code == 400, what
        assert answer.get_json()["code"] == "malformed-json"
        assert " / " in answer.get_json()["detail"]


@pytest.mark.parametrize("door", JSON_DOORS, ids=named)
def test_wrong_content_types(world: World, door: Door) -> None:
    attack = Attack(world, door)
    for kind in (
        None,
        "",
        "text/plain",
        "text/csv",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/merge-patch+json",
        "; charset",
    ):
        answer = attack.send(kind, data=b"{}", content_type=kind)
        assert answer.status_code == 415, kind
        assert "application/json" in answer.get_json()["detail"]
    told = attack.send(
        "charset", data=b"{}", content_type="application/json; charset=shift_jis"
    )
    assert told.status_code in (200, 422)  # it is JSON, and JSON is UTF-8


@pytest.mark.parametrize("door", JSON_DOORS, ids=named)
def test_oversize_bodies(world: World, door: Door) -> None:
    attack = Attack(world, door)
    body = b'{"a": "' + b"x" * 600 * 1024 + b'"}'
    answer = attack.send("oversize", data=body, content_type="application/json")
    assert answer.status_code == 413
    assert answer.get_json()["code"] == "too-large"


@pytest.mark.parametrize("door", JSON_DOORS, ids=named)
def test_bodies_of_unknown_length(world: World, door: Door) -> None:
    attack = Attack(world, door)
    chunked = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    answer = attack.send(
        "chunked", data=b"{}", content_type="application/json", environ=chunked
    )
    assert answer.status_code == 411
    assert answer.get_json()["code"] == "length-required"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n\n",
        b"\x00",
        CSV.encode("utf-16"),
        CSV.encode() + b"\xff\xfe",
        CSV.encode()[:-40],
        CSV.encode().replace("見本".encode(), b"\xed\xa0\x80"),
        CSV.encode().replace("見本".encode(), b"a\x00b"),
        b'"' + CSV.encode(),
        b"a,b\n" * 1_000,
        b"," * 100_000,
        b"PK\x03\x04" + bytes(1_000),
        CSV.replace("保険者番号", "番号").encode(),
        CSV.replace("NO_CARD", "=cmd|' /C calc'!A0").encode(),
        CSV.replace("昭和55年1月2日", "昭和99年99月99日").encode(),
        CSV.replace("9001", "9" * 5_000).encode(),
        b"\xef\xbb\xbf",
    ],
)
def test_lists_that_are_none(world: World, body: bytes) -> None:
    (door,) = [it for it in DOORS if it.rule == "/v1/insurer/lists"]
    attack = Attack(world, door)
    answer = attack.send(body[:40], data=body, content_type="text/csv")
    told = answer.get_json()
    assert answer.status_code == 422 or told["errors"], told
    for found in told["errors"]:
        assert found["reason"]["ja"]
        assert found["fix"]["en"]


def test_a_list_of_another_content_type(world: World) -> None:
    (door,) = [it for it in DOORS if it.rule == "/v1/insurer/lists"]
    attack = Attack(world, door)
    for kind in (None, "application/json", "application/octet-stream"):
        answer = attack.send(kind, data=CSV.encode(), content_type=kind)
        assert answer.status_code == 415


@pytest.mark.parametrize(
    "path",
    [
        "/v1/insurer/members?number=",
        "/v1/insurer/members?symbol=",
        "/v1/insurer/members?limit=",
        "/v1/insurer/members?other=",
        "/v1/patient/history?before=",
        "/v1/patient/history?limit=",
    ],
)
def test_naughty_texts_in_queries(world: World, path: str) -> None:
    desk = world.patient if "patient" in path else world.insurer
    plain = path.partition("?")[0]
    for text in [*TEXTS, "9" * 5_000]:
        for query in (quote(text), quote(text) + "&" + path.partition("?")[2]):
            answer = world.http.get(
                f"{path}{query}", headers=desk.headers("GET", plain)
            )
            assert answer.status_code in (200, 422), (text, answer.text)
    for raw in ("%00", "%ff%fe", "%ed%a0%80", "%", "%zz"):
        answer = world.http.get(path + raw, headers=desk.headers("GET", plain))
        assert answer.status_code in (200, 422), raw


def test_naughty_names_in_addresses(world: World) -> None:
    for text in TEXTS:
        name = quote(text, safe="")
        for desk, path in (
            (world.insurer, f"/v1/insurer/members/{name}"),
            (world.insurer, f"/v1/insurer/certificates/{name}"),
            (world.clinic, f"/status/{name}/0"),
            (world.clinic, f"/status/01130012/{name}"),
            (world.clinic, f"/problems/{name}"),
        ):
            answer = world.http.get(path, headers=desk.headers("GET", path))
            assert answer.status_code in (200, 308, 401, 404), (path, answer.text)


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "DPoP " + "x" * 10_000},
        {"Authorization": "DPoP a\x80b"},
        {"Authorization": "DPoP"},
        {"Authorization": "\xff"},
        {"DPoP": "x" * 20_000},
        {"DPoP": "a.b.c"},
        {"DPoP": ".."},
        {"DPoP": "\xe3\x81\x82"},
        {"DPoP": "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6Im5vbmUifQ.e30."},
        {"Idempotency-Key": "x" * 10_000},
        {"Idempotency-Key": "\xff\xfe"},
        {"Idempotency-Key": ""},
        {"Content-Length": "-1"},
        {"Content-Length": "9" * 400},
        {"Content-Length": "x"},
        {"Accept": "\x80"},
        {"Cookie": "session=" + "x" * 5_000},
        {"X-Forwarded-For": "' OR 1=1"},
        {"Content-Encoding": "gzip"},
        {"Range": "bytes=0-"},
    ],
)
def test_naughty_headers(world: World, headers: dict[str, str]) -> None:
    (door,) = [it for it in DOORS if it.rule == "/v1/clinic/checks"]
    _, path, told = door.knock(world)
    told["headers"] = {
        **world.clinic.headers("POST", path),
        **told["headers"],
        **headers,
    }
    answer = world.http.post(path, **told)
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "form",
    [
        "",
        "grant_type=client_credentials",
        "grant_type=%00&client_assertion_type=%ff&client_assertion=%ed%a0%80",
        "grant_type=a&grant_type=b",
        "=&=&=",
        "&" * 1_000,
        "client_assertion=" + "x" * 3_000,
        "client_assertion=" + "x" * 100_000,
        "a" * 10_000 + "=1",
    ],
)
@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
    ],
)
def test_the_token_door_keeps_its_shape(world: World, form: str, kind: str) -> None:
    before = world.everything_kept()
    answer = world.http.post("/oauth/token", data=form.encode(), content_type=kind)
    assert answer.status_code in (400, 413)
    told = answer.get_json()
    assert told["error"] == "invalid_request"
    assert set(told["error_description"]).isdisjoint('"\\')
    assert told["error_description"].isascii()
    assert answer.headers["Cache-Control"] == "no-store"
    assert world.everything_kept() == before
