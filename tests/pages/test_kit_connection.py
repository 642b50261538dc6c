"""A browser's key calls the house: enrolment, proofs, a wrong clock, a lost network."""

import json

import pytest

TEN_MINUTES_MS = 600_000
ENROL = """async ([code, skew]) => {
  const { Connection } = await import('/pages/kit/connection.js');
  const { makeKey } = await import('/pages/kit/jose.js');
  if (skew) { const real = Date.now; Date.now = () => real() + skew; }
  const connection = new Connection(await makeKey(), null);
  globalThis.connection = connection;
  await connection.enrol('/v1/enrolments', code, { name: '窓口3' });
  return connection.ask('GET', '/v1/clinic/me');
}"""
SET_RIGHT = """(jump) => {
  const wrong = Date.now;
  Date.now = () => wrong() + jump;
  globalThis.connection.forget();
}"""
ASK = """async ([method, path, body]) => {
  const { troubleWords } = await import('/pages/kit/trouble.js');
  try {
    const headers = { 'Idempotency-Key': crypto.randomUUID() };
    const asked = [method, path, body ?? undefined, headers];
    return { answer: await globalThis.connection.ask(...asked) };
  } catch (error) {
    return { error: error.constructor.name, status: error.status, code: error.code,
      said: troubleWords(error) };
  }
}"""


@pytest.fixture
def page(visitor):
    return visitor.visit("/console/")


@pytest.fixture
def code(world):
    told = world.house.told("enrol", "clinic", world.clinic.clinic.code)
    return told["code"]


def ask(page, method, path, body=None):
    return page.evaluate(ASK, [method, path, body])


def test_a_terminal_enrols_and_asks_who_it_is(page, code, world):
    told = page.evaluate(ENROL, [code, 0])

    assert told["name"] == world.clinic.clinic.name
    assert told["terminal"] == "窓口3"


@pytest.mark.parametrize("skew", [TEN_MINUTES_MS, -TEN_MINUTES_MS])
def test_a_clock_ten_minutes_off_is_set_right_by_the_server_s(page, code, skew):
    assert page.evaluate(ENROL, [code, skew])["terminal"] == "窓口3"

    correction = page.evaluate("globalThis.connection.clock.correction")
    assert abs(correction + skew) < 5_000
    assert page.evaluate("globalThis.connection.clock.isOff")


def test_a_refusal_says_why_in_the_language_chosen(page, code):
    page.evaluate(ENROL, [code, 0])
    numbers = {"insurer_number": "01139998", "number": "1", "birth_on": "1990-01-01"}

    refused = ask(page, "POST", "/v1/clinic/checks", {"shown": {"numbers": numbers}})

    assert (refused["error"], refused["status"]) == ("ProblemError", 422)
    assert "検証番号" in refused["said"]


def test_a_revoked_terminal_is_told_so(page, code, world):
    page.evaluate(ENROL, [code, 0])
    client = page.evaluate("globalThis.connection.clientId")
    world.house.command("terminals", "revoke", client)

    refused = ask(page, "GET", "/v1/clinic/me")

    assert (refused["error"], refused["status"]) == ("ProblemError", 401)


def test_a_lost_network_and_a_broken_server_are_told_apart(page, code):
    page.evaluate(ENROL, [code, 0])

    page.route("**/v1/clinic/me", lambda route: route.abort())
    lost = ask(page, "GET", "/v1/clinic/me")
    page.unroute("**/v1/clinic/me")
    page.route(
        "**/v1/clinic/me", lambda route: route.fulfill(status=502, body="<html>")
    )
    broken = ask(page, "GET", "/v1/clinic/me")
    page.unroute("**/v1/clinic/me")

    assert lost["error"] == "UnreachableError"
    assert "つながりません" in lost["said"]
    assert (broken["error"], broken["status"]) == ("ProblemError", 502)
    assert "サーバーで問題が起きました" in broken["said"]
    assert "answer" in ask(page, "GET", "/v1/clinic/me")


def test_a_token_that_the_server_forgot_is_fetched_anew(page, code):
    page.evaluate(ENROL, [code, 0])
    refused = {"status": 401, "body": json.dumps({"code": "unauthenticated"})}
    page.route("**/v1/clinic/me", lambda route: route.fulfill(**refused), times=1)

    assert "answer" in ask(page, "GET", "/v1/clinic/me")


@pytest.mark.parametrize("jump", [TEN_MINUTES_MS, -TEN_MINUTES_MS])
def test_a_clock_that_jumps_while_the_page_is_open_costs_no_answer(page, code, jump):
    page.evaluate(ENROL, [code, -jump])
    page.evaluate(SET_RIGHT, jump)

    assert "answer" in ask(page, "GET", "/v1/clinic/me")
    assert not page.evaluate("globalThis.connection.clock.isOff")


def test_a_refusal_that_has_no_words_of_its_own_says_what_to_do(page, code):
    page.evaluate(ENROL, [code, 0])
    refused = {"status": 400, "body": json.dumps({"error": "invalid_request"})}
    page.route("**/v1/clinic/me", lambda route: route.fulfill(**refused))

    said = ask(page, "GET", "/v1/clinic/me")["said"]

    assert "もう一度" in said
    assert "invalid_request" in said
