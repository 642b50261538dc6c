"""Access tokens and DPoP proofs, over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from api_desk import ASSERTION_TYPE, BASE, World, a_jti, a_key
from werkzeug.test import TestResponse

from backend.credentials.making_proofs import make_client_assertion, make_dpop

ME = "/v1/clinic/me"


def call(world: World, **bent: Any) -> TestResponse:
    """GET /v1/clinic/me with one header bent."""
    headers = world.clinic.headers("GET", ME) | bent
    told = {name: value for name, value in headers.items() if value is not None}
    return world.http.get(ME, headers=told)


def refused_proof(answer: TestResponse) -> None:
    assert answer.status_code == 401
    assert answer.get_json()["code"] == "bad-proof"
    assert 'error="invalid_dpop_proof"' in answer.headers["WWW-Authenticate"]


def test_a_token_is_a_dpop_token_of_five_minutes(world: World) -> None:
    answer = world.clinic.get_token()
    assert answer.status_code == 200
    told = answer.get_json()
    assert told["token_type"] == "DPoP"
    assert told["expires_in"] == 300
    assert answer.headers["Cache-Control"] == "no-store"
    assert call(world).status_code == 200


def test_a_proof_is_good_for_one_request(world: World) -> None:
    headers = world.clinic.headers("GET", ME)
    assert world.http.get(ME, headers=headers).status_code == 200
    refused_proof(world.http.get(ME, headers=headers))


def test_a_proof_for_another_address_method_token_key_or_time(world: World) -> None:
    desk, token = world.clinic, world.clinic.token or ""
    desk.headers("GET", ME)
    token = desk.token or ""
    late, early = timedelta(seconds=-61), timedelta(seconds=61)
    stranger = make_dpop(a_key(), "GET", BASE + ME, world.house.at, a_jti(), token)
    for proof in (
        desk.proof("GET", "/v1/clinic/checks", token),
        desk.proof("POST", ME, token),
        desk.proof("GET", ME, token + "x"),
        desk.proof("GET", ME, None),
        desk.proof("GET", ME, token, world.house.at + late),
        desk.proof("GET", ME, token, world.house.at + early),
        stranger,
        make_dpop(
            desk.signer, "GET", "http://other" + ME, world.house.at, a_jti(), token
        ),
        None,
    ):
        refused_proof(call(world, DPoP=proof))


def test_an_unknown_or_expired_token(world: World) -> None:
    answer = call(world, Authorization="DPoP " + "x" * 43)
    refused_proof(answer)  # its proof names another token
    desk = world.clinic
    proof = desk.proof("GET", ME, "x" * 43)
    answer = call(world, Authorization="DPoP " + "x" * 43, DPoP=proof)
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    world.house.at += timedelta(minutes=5)
    answer = call(world)
    assert answer.get_json()["code"] == "unauthenticated"


def test_a_revoked_key_is_out_at_once(world: World) -> None:
    assert call(world).status_code == 200
    with world.house.store.transaction() as tx:
        tx.revoke_client(world.clinic.client.id, world.house.at)
    assert call(world).get_json()["code"] == "unauthenticated"
    answer = world.clinic.get_token()
    assert (answer.status_code, answer.get_json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("scheme", ["Bearer", "Basic", "MAC"])
def test_a_token_without_its_scheme(world: World, scheme: str) -> None:
    world.clinic.get_token()
    answer = call(world, Authorization=f"{scheme} {world.clinic.token}")
    assert answer.status_code == 401
    assert "error=" not in answer.headers["WWW-Authenticate"]


def test_a_token_in_the_address_is_not_looked_at(world: World) -> None:
    world.clinic.get_token()
    answer = world.http.get(f"{ME}?access_token={world.clinic.token}")
    assert answer.status_code == 401


def form(world: World, **bent: str | None) -> dict[str, str]:
    assertion = make_client_assertion(
        world.clinic.signer, world.clinic.client.id, BASE, world.house.at, a_jti()
    )
    told = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    } | bent
    return {name: value for name, value in told.items() if value is not None}


@pytest.mark.parametrize(
    ("bent", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": None}, 400, "invalid_request"),
        ({"client_assertion_type": "x"}, 400, "invalid_request"),
        ({"client_assertion": None}, 400, "invalid_request"),
        ({"client_assertion": "x"}, 401, "invalid_client"),
        ({"scope": "all", "resource": "x"}, 200, None),
    ],
)
def test_the_token_door_answers_as_oauth_does(
    world: World, bent: dict[str, str | None], status: int, error: str | None
) -> None:
    proof = world.clinic.proof("POST", "/oauth/token")
    answer = world.http.post(
        "/oauth/token", data=form(world, **bent), headers={"DPoP": proof}
    )
    assert answer.status_code == status, answer.text
    assert answer.get_json().get("error") == error
    assert answer.content_type == "application/json"


@pytest.mark.parametrize("name", ["grant_type", "client_assertion", "scope"])
def test_a_parameter_said_twice_means_nothing(world: World, name: str) -> None:
    """RFC 6749 §3.2: parameters are not repeated, not even unknown ones."""
    told = {"scope": "all"} | form(world)
    repeated = {name: [told[name], told[name]]}
    proof = world.clinic.proof("POST", "/oauth/token")
    answer = world.http.post(
        "/oauth/token", data=told | repeated, headers={"DPoP": proof}
    )
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_request")


def test_no_token_without_a_proof_by_the_clients_own_key(world: World) -> None:
    url = BASE + "/oauth/token"
    other = make_dpop(a_key(), "POST", url, world.house.at, a_jti())
    for headers in ({}, {"DPoP": other}, {"DPoP": "x"}):
        answer = world.http.post("/oauth/token", data=form(world), headers=headers)
        assert answer.status_code == 400
        assert answer.get_json()["error"] == "invalid_dpop_proof"


def test_an_assertion_is_good_once(world: World) -> None:
    told = form(world)
    statuses = []
    for _ in range(2):
        proof = world.clinic.proof("POST", "/oauth/token")
        answer = world.http.post("/oauth/token", data=told, headers={"DPoP": proof})
        statuses.append(answer.status_code)
    assert statuses == [200, 401]


def test_the_metadata_name_each_other(world: World) -> None:
    server = world.http.get("/.well-known/oauth-authorization-server").get_json()
    resource = world.http.get("/.well-known/oauth-protected-resource").get_json()
    assert server["issuer"] == BASE
    assert resource["resource"] == BASE
    assert resource["authorization_servers"] == [BASE]
    assert server["token_endpoint"] == BASE + "/oauth/token"
    assert server["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    assert resource["dpop_bound_access_tokens_required"] is True
    lists = server["status_list_aggregation_endpoint"].removeprefix(BASE)
    assert world.http.get(lists).status_code == 200
    assert world.http.get("/oauth/nothing").get_json()["error"] == "invalid_request"
    answer = world.http.get("/oauth/token")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
