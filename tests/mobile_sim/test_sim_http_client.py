"""The connection proves each request afresh and retries no more than it may."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sim_desk import Desk

from backend.credentials.proofs import (
    read_client_assertion,
    read_dpop,
    read_possession,
)
from backend.credentials.signing import LocalSigner
from mobile_sim.http_client import Connection, ProblemError, UnreachableError


@pytest.fixture
def key() -> LocalSigner:
    return LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))


@pytest.fixture
def connect(desk: Desk, key: LocalSigner) -> Iterator[Callable[..., Connection]]:
    made = []

    def open_one(**more: Any) -> Connection:
        made.append(Connection(desk.url, key, **({"client_id": "c-1"} | more)))
        return made[-1]

    yield open_one
    for connection in made:
        connection.close()


def test_each_request_bears_a_fresh_proof_for_itself(
    desk: Desk, connect: Callable[..., Connection], key: LocalSigner
) -> None:
    connection = connect()
    connection.get("/v1/thing", {"limit": 2})
    connection.post("/v1/other", {"a": 1})
    first, second = desk.calls("/v1/thing")[0], desk.calls("/v1/other")[0]
    proofs = [
        read_dpop(h.headers["DPoP"], h.method, desk.url + h.path, "token-1")
        for h in (first, second)
    ]
    assert proofs[0].jti != proofs[1].jti
    assert {p.key for p in proofs} == {key.public}
    assert first.headers["Authorization"] == "DPoP token-1"


def test_the_token_is_fetched_once_with_an_assertion_for_the_issuer(
    desk: Desk, connect: Callable[..., Connection], key: LocalSigner
) -> None:
    connection = connect()
    connection.get("/v1/a")
    connection.get("/v1/b")
    (asked,) = desk.calls("/oauth/token")
    form = dict(part.split("=", 1) for part in asked.body.split("&"))
    assertion = read_client_assertion(
        form["client_assertion"], desk.url, {"c-1": key.public}.get
    )
    assert assertion.client_id == "c-1"
    read_dpop(asked.headers["DPoP"], "POST", desk.url + "/oauth/token", None)


def test_the_token_is_renewed_before_it_runs_out(
    desk: Desk, connect: Callable[..., Connection]
) -> None:
    now = [datetime(2026, 11, 23, tzinfo=UTC)]
    connection = connect(clock=lambda: now[0])
    connection.get("/v1/a")
    now[0] += timedelta(seconds=269)
    connection.get("/v1/a")
    assert len(desk.calls("/oauth/token")) == 1
    now[0] += timedelta(seconds=2)
    connection.get("/v1/a")
    assert len(desk.calls("/oauth/token")) == 2


def test_a_forgotten_token_is_renewed_once(
    desk: Desk, connect: Callable[..., Connection]
) -> None:
    desk.answers = [(401, {"code": "unauthenticated"}), (200, {"fine": True})]
    assert connect().post("/v1/a", {"x": 1}) == {"fine": True}
    assert len(desk.calls("/oauth/token")) == 2
    assert [h.body for h in desk.calls("/v1/a")] == ['{"x": 1}', '{"x": 1}']


def test_a_second_refusal_is_told(
    desk: Desk, connect: Callable[..., Connection]
) -> None:
    desk.answers = [(401, {"code": "unauthenticated"})] * 3
    with pytest.raises(ProblemError) as refused:
        connect().get("/v1/a")
    assert refused.value.status == 401
    assert len(desk.calls("/v1/a")) == 2


def test_a_problem_is_an_error_with_code_and_detail(
    desk: Desk, connect: Callable[..., Connection]
) -> None:
    errors = [{"field": "on", "reason": {"ja": "", "en": ""}}]
    problem = {"code": "malformed", "detail": "a field", "errors": errors}
    desk.answers = [(422, problem)]
    with pytest.raises(ProblemError) as refused:
        connect().post("/v1/a", {})
    told = refused.value
    assert (told.status, told.code, told.detail) == (422, "malformed", "a field")
    assert told.errors == errors


def test_unavailable_is_asked_again_with_a_new_proof(
    desk: Desk, connect: Callable[..., Connection]
) -> None:
    desk.answers = [(503, {}), (200, {"fine": True})]
    assert connect().post("/v1/a", {}) == {"fine": True}
    first, second = desk.calls("/v1/a")
    assert first.headers["DPoP"] != second.headers["DPoP"]


def test_retries_end(desk: Desk, connect: Callable[..., Connection]) -> None:
    desk.answers = [(503, {"code": "unavailable"})] * 5
    with pytest.raises(ProblemError, match="503 unavailable"):
        connect().get("/v1/a")
    assert len(desk.calls("/v1/a")) == 3


def test_only_what_may_be_repeated_is_sent_again_after_silence(
    desk: Desk, connect: Callable[..., Connection]
) -> None:
    connection = connect()
    connection.get("/v1/before")
    desk.answers = [None, (200, {"fine": True})]
    assert connection.post("/v1/a", {}, can_repeat=True) == {"fine": True}
    desk.answers = [None]
    with pytest.raises(UnreachableError):
        connection.post("/v1/once", {})
    assert len(desk.calls("/v1/once")) == 1


def test_enrolment_proves_the_key_for_this_code(
    desk: Desk, connect: Callable[..., Connection], key: LocalSigner
) -> None:
    desk.answers = [(201, {"client_id": "c-9"})]
    connection = connect(client_id=None)
    connection.enrol("ABCD-EFGH", "窓口1")
    sent = json.loads(desk.calls("/v1/enrolments")[0].body)
    assert read_possession(sent["possession"], desk.url, "ABCD-EFGH") == key.public
    assert connection.client_id == "c-9"


def test_a_key_that_is_not_enrolled_asks_nothing(
    desk: Desk, connect: Callable[..., Connection]
) -> None:
    with pytest.raises(UnreachableError):
        connect(client_id=None).get("/v1/a")
    assert desk.heard == []
