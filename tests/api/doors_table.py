"""Every door: how it is knocked at, by whom it is opened, and with what answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api_desk import World, a_delegate, a_key, possession
from operators_desk import a_person

from backend.storage.rows import ClientKind
from tests.house_of_glass import OLD

CLINIC, INSURER, PATIENT = ClientKind.CLINIC, ClientKind.INSURER, ClientKind.PATIENT
_HEADING = (
    "保険者番号,記号,番号,枝番,氏名,氏名カナ,生年月日,性別,資格取得日,マイナ保険証"
)
_LINE = "01130012,見本,9001,00,架空　一郎,ｶｸｳ ｲﾁﾛｳ,昭和55年1月2日,1,2024-04-01,NO_CARD"
CSV = f"{_HEADING}\n{_LINE}\n"
ROW = {
    "symbol": "見本",
    "number": "8001",
    "branch": "00",
    "name": "架空　二郎",
    "kana": "ｶｸｳ ｼﾞﾛｳ",
    "birth_on": "1981-02-03",
    "sex": "1",
    "acquired_on": "2024-04-01",
    "card_status": "NO_CARD",
}

Told = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Door:
    """A knock that its owner's answer is known of; `owner` None: open to anyone."""

    method: str
    rule: str
    owner: ClientKind | None
    status: int
    path: Callable[[World], str] | None = None
    body: Told = lambda world: {}
    is_public: bool = False
    takes_json: bool = False

    def knock(self, world: World) -> tuple[str, str, dict[str, Any]]:
        """What to send: method, path, and the test client's arguments."""
        path = self.path(world) if self.path else self.rule
        return self.method, path, self.body(world)


def _json(**told: Any) -> Told:
    return lambda world: {"json": told}


def _enrolment(kind: ClientKind) -> Told:
    def body(world: World) -> dict[str, Any]:
        party = world.person_id if kind is PATIENT else OLD.digits
        code, key = world.a_code(kind, party), a_key()
        proof = possession(key, code, world.house.at)
        return {"json": {"code": code, "name": "端末", "possession": proof}}

    return body


def _sign_in(world: World) -> dict[str, Any]:
    person = a_person(world)
    person.registers()
    return {"json": person.sign_in(a_key())}


def _a_delegate(world: World) -> str:
    return f"/v1/patient/delegations/{a_delegate(world).client.id}"


def _reported(world: World) -> str:
    filed = world.patient.post("/v1/patient/reports", {"kind": "not-me"})
    return f"/v1/insurer/reports/{filed.get_json()['report_id']}/answer"


def _letter(world: World) -> dict[str, Any]:
    return {"json": {"code": world.a_code(PATIENT, world.person_id)}}


def _question(world: World) -> dict[str, Any]:
    numbers = {
        "insurer_number": OLD.digits,
        "symbol": world.coverage.identity.symbol,
        "number": world.coverage.identity.number,
        "branch": world.coverage.identity.branch,
        "birth_on": "1980-05-05",
    }
    key = f"key-{next(world.house.numbers):08}"
    return {
        "json": {"shown": {"numbers": numbers}},
        "headers": {"Idempotency-Key": key},
    }


def _uploaded(world: World) -> str:
    answer = world.insurer.post(
        "/v1/insurer/lists", data=CSV.encode(), content_type="text/csv"
    )
    assert answer.status_code == 201, answer.text
    return f"/v1/insurer/lists/{answer.get_json()['list_id']}/commit"


def _orders(text: str = "保険者番号,番号,生年月日\n01130012,1,1980-05-05\n") -> Told:
    return lambda world: {"data": text.encode(), "content_type": "text/csv"}


def _run(step: str = "") -> Callable[[World], str]:
    def path(world: World) -> str:
        begun = world.insurer.post("/v1/insurer/runs?form=a4", **_orders()(world))
        return f"/v1/insurer/runs/{begun.get_json()['run_id']}{step}"

    return path


def _coverage(step: str) -> Callable[[World], str]:
    return lambda world: f"/v1/insurer/coverages/{world.coverage.id}/{step}"


def _filing() -> Callable[[World], str]:
    told = {"symbol": "見本", "number": "78", "birth_on": "1980-05-05"}

    def path(world: World) -> str:
        filed = world.insurer.post("/v1/insurer/filings", told).get_json()
        return f"/v1/insurer/filings/{filed['filing_id']}"

    return path


def _certificate(step: str = "") -> Callable[[World], str]:
    return lambda world: f"/v1/insurer/certificates/{world.issued()['serial']}{step}"


_COVERAGES = "/v1/insurer/coverages/<name:coverage_id>"
_PAPERS = "/v1/insurer/certificates/<name:serial>"
_STEP = f"{_PAPERS}/<any(revoke, suspend, reinstate):step>"

DOORS = (
    Door("GET", "/", None, 200, is_public=True),
    Door("GET", "/docs", None, 200, is_public=True),
    Door("GET", "/pages/page.css", None, 200, is_public=True),
    Door("GET", "/pages/docs.js", None, 200, is_public=True),
    Door("GET", "/pages/examples.json", None, 200, is_public=True),
    Door("GET", "/pages/icon.svg", None, 200, is_public=True),
    Door("GET", "/openapi.json", None, 200, is_public=True),
    Door("GET", "/problems", None, 200, is_public=True),
    Door(
        "GET",
        "/problems/<name:code>",
        None,
        200,
        lambda world: "/problems/malformed",
        is_public=True,
    ),
    Door("GET", "/healthz", None, 200),
    Door("GET", "/.well-known/jwks.json", None, 200, is_public=True),
    Door("GET", "/.well-known/oauth-authorization-server", None, 200, is_public=True),
    Door("GET", "/.well-known/oauth-protected-resource", None, 200, is_public=True),
    Door("GET", "/status", None, 200, is_public=True),
    Door(
        "GET",
        "/status/<name:insurer>/<int(max=1000000):number>",
        None,
        200,
        lambda world: f"/status/{OLD.digits}/{world.issued() and 0}",
        is_public=True,
    ),
    Door("POST", "/oauth/token", None, 400),
    Door(
        "POST",
        "/v1/enrolments",
        None,
        201,
        body=_enrolment(INSURER),
        takes_json=True,
    ),
    Door(
        "POST",
        "/v1/activations",
        None,
        201,
        body=_enrolment(PATIENT),
        takes_json=True,
    ),
    Door(
        "POST",
        "/v1/operators/passkeys/options",
        None,
        200,
        body=lambda world: {"json": {"code": a_person(world).enrolled.code.code}},
        takes_json=True,
    ),
    Door(
        "POST",
        "/v1/operators/passkeys",
        None,
        201,
        body=lambda world: {"json": a_person(world).new_passkey()},
        takes_json=True,
    ),
    Door(
        "POST",
        "/v1/operators/sign-ins/options",
        None,
        200,
        body=_json(jkt="x" * 43),
        takes_json=True,
    ),
    Door(
        "POST",
        "/v1/operators/sign-ins",
        None,
        201,
        body=_sign_in,
        takes_json=True,
    ),
    Door("DELETE", "/v1/operators/sign-ins/current", INSURER, 404),
    Door("GET", "/v1/insurer/me", INSURER, 200),
    Door("GET", "/v1/insurer/figures", INSURER, 200),
    Door("GET", "/v1/insurer/overview", INSURER, 200),
    Door("POST", "/v1/one-time-codes", None, 201, body=_letter, takes_json=True),
    Door("POST", "/v1/patient/one-time-codes", PATIENT, 201),
    Door("GET", "/v1/clinic/me", CLINIC, 200),
    Door("POST", "/v1/clinic/checks", CLINIC, 200, body=_question, takes_json=True),
    Door("GET", "/v1/patient/status", PATIENT, 200),
    Door("POST", "/v1/patient/tokens", PATIENT, 201),
    Door("POST", "/v1/patient/challenges", PATIENT, 200),
    Door("GET", "/v1/patient/history", PATIENT, 200),
    Door("GET", "/v1/patient/phones", PATIENT, 200),
    Door(
        "DELETE",
        "/v1/patient/phones/<name:phone_id>",
        PATIENT,
        204,
        lambda world: f"/v1/patient/phones/{world.patient.client.id}",
    ),
    Door(
        "GET",
        "/v1/patient/certificates/<name:serial>",
        PATIENT,
        200,
        lambda world: f"/v1/patient/certificates/{world.issued()['serial']}",
    ),
    Door("GET", "/v1/patient/delegations", PATIENT, 200),
    Door(
        "POST",
        "/v1/patient/delegations",
        PATIENT,
        201,
        body=_json(relation="child", until="2027-03-31"),
        takes_json=True,
    ),
    Door(
        "DELETE",
        "/v1/patient/delegations/<name:delegate_id>",
        PATIENT,
        204,
        _a_delegate,
    ),
    Door("GET", "/v1/patient/reports", PATIENT, 200),
    Door(
        "POST",
        "/v1/patient/reports",
        PATIENT,
        201,
        body=_json(kind="not-me"),
        takes_json=True,
    ),
    Door("GET", "/v1/insurer/reports", INSURER, 200),
    Door("GET", "/v1/insurer/reminders", INSURER, 200),
    Door(
        "POST",
        "/v1/insurer/reports/<name:report_id>/answer",
        INSURER,
        204,
        _reported,
        _json(text="確認します。", close=False),
        takes_json=True,
    ),
    Door(
        "POST",
        "/v1/insurer/lists",
        INSURER,
        201,
        body=lambda world: {"data": CSV.encode("cp932"), "content_type": "text/csv"},
    ),
    Door("POST", "/v1/insurer/lists/<name:list_id>/commit", INSURER, 200, _uploaded),
    Door("GET", "/v1/insurer/runs", INSURER, 200),
    Door(
        "POST",
        "/v1/insurer/runs",
        INSURER,
        202,
        lambda world: "/v1/insurer/runs?form=a4",
        _orders(),
    ),
    Door(
        "POST",
        "/v1/insurer/runs/preview",
        INSURER,
        200,
        lambda world: "/v1/insurer/runs/preview?form=card",
        _orders(),
    ),
    Door(
        "POST",
        "/v1/insurer/runs/preview/lines",
        INSURER,
        200,
        lambda world: "/v1/insurer/runs/preview/lines?form=card&result=rejected",
        _orders(),
    ),
    Door(
        "POST",
        "/v1/insurer/withdrawals/preview",
        INSURER,
        200,
        lambda world: "/v1/insurer/withdrawals/preview?step=revoked&reason=lost",
        _orders("発行番号\nAAAA-AAAA-AAAA-AAAD\n"),
    ),
    Door(
        "POST",
        "/v1/insurer/withdrawals/preview/lines",
        INSURER,
        200,
        lambda world: "/v1/insurer/withdrawals/preview/lines?step=revoked&reason=lost",
        _orders("発行番号\nAAAA-AAAA-AAAA-AAAD\n"),
    ),
    Door(
        "POST",
        "/v1/insurer/withdrawals",
        INSURER,
        202,
        lambda world: "/v1/insurer/withdrawals?step=revoked&reason=lost",
        _orders("発行番号\nAAAA-AAAA-AAAA-AAAD\n"),
    ),
    Door("GET", "/v1/insurer/runs/<name:run_id>", INSURER, 200, _run()),
    Door("GET", "/v1/insurer/runs/<name:run_id>/result", INSURER, 200, _run("/result")),
    Door(
        "GET", "/v1/insurer/runs/<name:run_id>/preview", INSURER, 200, _run("/preview")
    ),
    Door(
        "GET",
        "/v1/insurer/runs/<name:run_id>/preview/lines",
        INSURER,
        200,
        _run("/preview/lines?result=skipped"),
    ),
    Door(
        "POST",
        "/v1/insurer/runs/<name:run_id>/<any(approve, cancel, resume):step>",
        INSURER,
        200,
        _run("/cancel"),
    ),
    Door(
        "GET",
        "/v1/insurer/runs/<name:run_id>/prints",
        INSURER,
        200,
        lambda world: f"/v1/insurer/runs/{world.printable_run()}/prints",
    ),
    Door(
        "GET",
        "/v1/insurer/runs/<name:run_id>/prints/<int(max=50000):part>",
        INSURER,
        200,
        lambda world: f"/v1/insurer/runs/{world.printable_run()}/prints/1",
    ),
    Door("POST", "/v1/insurer/confirmations", INSURER, 200),
    Door("GET", "/v1/insurer/members", INSURER, 200),
    Door(
        "GET",
        "/v1/insurer/members/<name:person_id>/phones",
        INSURER,
        200,
        lambda world: f"/v1/insurer/members/{world.person_id}/phones",
    ),
    Door(
        "GET",
        "/v1/insurer/members/<name:person_id>/history",
        INSURER,
        200,
        lambda world: f"/v1/insurer/members/{world.person_id}/history",
    ),
    Door(
        "POST",
        "/v1/insurer/members/search",
        INSURER,
        200,
        body=_json(name="見本", birth_on="1980-05-05"),
        takes_json=True,
    ),
    Door(
        "DELETE",
        "/v1/insurer/members/<name:person_id>/phones",
        INSURER,
        204,
        lambda world: f"/v1/insurer/members/{world.person_id}/phones",
    ),
    Door(
        "GET",
        "/v1/insurer/members/<name:person_id>",
        INSURER,
        200,
        lambda world: f"/v1/insurer/members/{world.person_id}",
    ),
    Door(
        "POST",
        "/v1/insurer/coverages",
        INSURER,
        201,
        body=_json(**ROW),
        takes_json=True,
    ),
    Door(
        "POST",
        f"{_COVERAGES}/end",
        INSURER,
        200,
        _coverage("end"),
        _json(lost_on="2026-11-01", loss_reason="03"),
        takes_json=True,
    ),
    Door(
        "POST",
        f"{_COVERAGES}/change",
        INSURER,
        200,
        _coverage("change"),
        _json(copay_ratio="020", copay_from_on="2026-08-01"),
        takes_json=True,
    ),
    Door(
        "POST",
        f"{_COVERAGES}/correct",
        INSURER,
        200,
        _coverage("correct"),
        _json(acquired_on="2020-05-01"),
        takes_json=True,
    ),
    Door(
        "POST",
        "/v1/insurer/filings",
        INSURER,
        201,
        body=_json(symbol="見本", number="77", birth_on="1980-05-05"),
        takes_json=True,
    ),
    Door("DELETE", "/v1/insurer/filings/<name:filing_id>", INSURER, 204, _filing()),
    Door("POST", f"{_COVERAGES}/reopen", INSURER, 200, _coverage("reopen")),
    Door("POST", f"{_COVERAGES}/release", INSURER, 200, _coverage("release")),
    Door(
        "POST",
        "/v1/insurer/certificates",
        INSURER,
        201,
        body=_json(whom="entitled", form="a4"),
        takes_json=True,
    ),
    Door("GET", _PAPERS, INSURER, 200, _certificate()),
    Door(
        "POST",
        _STEP,
        INSURER,
        200,
        _certificate("/revoke"),
        _json(reason="lost"),
        takes_json=True,
    ),
    Door(
        "POST",
        "/v1/insurer/activations",
        INSURER,
        201,
        body=_json(all=True),
        takes_json=True,
    ),
)
