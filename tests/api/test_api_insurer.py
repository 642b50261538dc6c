"""An insurer's doors, and that each insurer has its own."""

from datetime import date
from typing import Any

import pytest
from api_desk import World
from doors_table import CSV, ROW

from backend.domain.coverage import Hold
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber
from backend.registering.erasing import erase_ended
from tests.house_of_glass import NEW, OLD


def upload(world: World, text: str = CSV, encoding: str = "utf-8") -> Any:
    answer = world.insurer.post(
        "/v1/insurer/lists",
        data=text.encode(encoding),
        content_type="text/csv; charset=x",
    )
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def qualification(world: World) -> dict[str, Any]:
    """What a clinic is told of the member today."""
    identity = world.coverage.identity
    return numbers_checked(world, OLD, identity, "1980-05-05")


def numbers_checked(
    world: World, insurer: InsurerNumber, identity: InsuredIdentity, birth_on: str
) -> dict[str, Any]:
    shown = {
        "insurer_number": insurer.digits,
        "symbol": identity.symbol,
        "number": identity.number,
        "branch": identity.branch,
        "birth_on": birth_on,
    }
    answer = world.clinic.post(
        "/v1/clinic/checks",
        {"shown": {"numbers": shown}},
        headers={"Idempotency-Key": f"key-{next(world.house.numbers):08}"},
    )
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_list_is_shown_before_it_is_committed(world: World, encoding: str) -> None:
    before = world.insurer.get("/v1/insurer/members").get_json()
    told = upload(world, encoding=encoding)
    assert told["counts"] | {"missing": 1} == {
        "rows": 1,
        "added": 1,
        "changed": 0,
        "ended": 0,
        "reopened": 0,
        "unchanged": 0,
        "missing": 1,
        "errors": 0,
        "warnings": 0,
    }
    (change,) = told["changes"]
    assert change == {
        "line": 2,
        "kind": "added",
        "numbers": "見本 9001 00",
        "fields": change["fields"],
    }
    assert told["missing"][0]["person_id"] == world.person_id
    assert world.insurer.get("/v1/insurer/members").get_json() == before
    commit = f"/v1/insurer/lists/{told['list_id']}/commit"
    first = world.insurer.post(commit)
    assert first.get_json()["committed"] is True
    kept = world.everything_kept()
    assert world.insurer.post(commit).get_json() == first.get_json()
    assert world.everything_kept() == kept
    found = world.insurer.get(
        "/v1/insurer/members", query_string={"number": "9001", "symbol": "見本"}
    ).get_json()
    assert [it["name"] for it in found["members"]] == ["架空　一郎"]
    assert upload(world)["counts"]["unchanged"] == 1


def test_a_list_with_errors_names_each_line_and_cannot_be_committed(
    world: World,
) -> None:
    bad = CSV.replace("NO_CARD", "??").replace("2024-04-01", "2024-02-30")
    told = upload(world, bad)
    assert {(it["line"], it["field"]) for it in told["errors"]} == {
        (2, "card_status"),
        (2, "acquired_on"),
    }
    answer = world.insurer.post(f"/v1/insurer/lists/{told['list_id']}/commit")
    assert answer.status_code == 409
    assert "直して" in answer.get_json()["detail"]


def test_a_list_of_another_insurer_is_an_error_of_every_line(world: World) -> None:
    told = upload(world, CSV.replace(OLD.digits, NEW.digits))
    assert told["counts"]["errors"] == 1
    assert told["errors"][0]["field"] == "insurer_number"


def test_a_member_is_registered_changed_ended_corrected_and_reopened(
    world: World,
) -> None:
    desk = world.insurer
    answer = desk.post("/v1/insurer/coverages", ROW)
    assert answer.status_code == 201
    made = answer.get_json()
    assert desk.post("/v1/insurer/coverages", ROW).get_json() == made
    base = f"/v1/insurer/coverages/{made['coverage_id']}"
    identity = InsuredIdentity("見本", "8001", "00")

    def outcome() -> str:
        told = numbers_checked(world, OLD, identity, "1981-02-03")
        return str(told["outcome"])

    assert outcome() == "valid"
    ended = desk.post(f"{base}/end", {"lost_on": "2026-11-23", "loss_reason": "03"})
    assert ended.get_json()["lost_on"] == "2026-11-23"
    assert outcome() == "lapsed"
    again = desk.post(f"{base}/end", {"lost_on": "2026-11-22", "loss_reason": "03"})
    assert again.status_code == 409
    assert desk.post(f"{base}/reopen").get_json()["lost_on"] is None
    assert outcome() == "valid"
    changed = desk.post(
        f"{base}/change",
        {
            "copay_ratio": "020",
            "copay_from_on": "2026-08-01",
            "name": "架空　次郎",
            "kana": "カクウ ジロウ",
            "diseases": ["1"],
            "diseases_from_on": "2026-04-01",
            "limit_category": "A03",
            "limit_from_on": "2026-08-01",
            "limit_until_on": "2027-07-31",
        },
    )
    told = changed.get_json()
    assert told["copay"] == [
        {"value": "020", "from_on": "2026-08-01", "until_on": None}
    ]
    assert told["limits"][0]["until_on"] == "2027-07-31"
    ended = {"diseases_from_on": "2026-04-01", "diseases_until_on": "2026-10-31"}
    told = desk.post(f"{base}/change", {"diseases": ["1"], **ended}).get_json()
    assert told["diseases"] == [
        {"value": "1", "from_on": "2026-04-01", "until_on": "2026-10-31"}
    ]
    corrected = desk.post(f"{base}/correct", {"acquired_on": "2024-05-01"})
    assert corrected.get_json()["acquired_on"] == "2024-05-01"
    member = desk.get(f"/v1/insurer/members/{made['person_id']}").get_json()
    assert (member["name"], member["kana"]) == ("架空　次郎", "ｶｸｳ ｼﾞﾛｳ")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"copay_ratio": "020"}, "copay_from_on"),
        ({"copay_from_on": "2026-08-01"}, "copay_ratio"),
        ({"limit_until_on": "2026-08-01"}, "limit_from_on"),
        (
            {
                "limit_category": "A03",
                "limit_from_on": "2026-08-02",
                "limit_until_on": "2026-07-31",
            },
            "limit_until_on",
        ),
        ({"diseases": ["1"]}, "diseases_from_on"),
        ({"diseases_from_on": "2026-08-01"}, "diseases"),
        ({"diseases_until_on": "2026-08-01"}, "diseases_from_on"),
        (
            {
                "diseases": ["1"],
                "diseases_from_on": "2026-08-02",
                "diseases_until_on": "2026-07-31",
            },
            "diseases_until_on",
        ),
        ({"name": "架空"}, "kana"),
        ({"kana": "ｶｸｳ"}, "name"),
        ({"name": "架空", "kana": "漢字"}, "name_kana"),
        ({"symbol": "1"}, "number"),
        ({"number": "1", "branch": "x1"}, "branch"),
        ({"address": "a\u202eb"}, "address"),
        ({"copay_ratio": "040", "copay_from_on": "2026-08-01"}, "copay_ratio"),
        ({"lost_on": "2026-08-01"}, "lost_on"),
    ],
)
def test_a_change_that_says_half_names_the_field(
    world: World, told: dict[str, Any], field: str
) -> None:
    answer = world.insurer.post(
        f"/v1/insurer/coverages/{world.coverage.id}/change", told
    )
    assert answer.status_code == 422
    assert [it["field"] for it in answer.get_json()["errors"]] == [field]


def test_a_row_says_all_that_is_wrong_with_it(world: World) -> None:
    bad = ROW | {"sex": "x", "birth_on": "昭和99年1月1日", "kana": "漢字"}
    answer = world.insurer.post("/v1/insurer/coverages", bad)
    assert answer.status_code == 422
    fields = {it["field"] for it in answer.get_json()["errors"]}
    assert fields == {"sex", "birth_on", "kana"}


def test_whose_row_it_is_cannot_be_said(world: World) -> None:
    answer = world.insurer.post(
        "/v1/insurer/coverages", ROW | {"insurer_number": NEW.digits}
    )
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "insurer_number"


def test_a_hold_is_released(world: World) -> None:
    with world.house.store.transaction() as tx:
        tx.open_hold(Hold(world.coverage.id, world.house.at), "test")
    member = f"/v1/insurer/members/{world.person_id}"
    hidden = world.insurer.get(member).get_json()["coverages"][0]["is_hidden"]
    assert hidden is True
    assert qualification(world)["outcome"] == "hidden"
    path = f"/v1/insurer/coverages/{world.coverage.id}/release"
    assert world.insurer.post(path).get_json()["is_hidden"] is False
    assert qualification(world)["outcome"] == "valid"


def test_certificates_are_issued_once_withdrawn_and_reinstated(world: World) -> None:
    paper = world.issued()
    again = world.insurer.post(
        "/v1/insurer/certificates",
        {"whom": {"person_ids": [world.person_id]}, "form": "card"},
    ).get_json()
    assert again["issued"] == []
    assert again["skipped"][0]["person_id"] == world.person_id
    assert again["skipped"][0]["reason"]["ja"]
    path = f"/v1/insurer/certificates/{paper['serial']}"
    assert world.insurer.get(path).get_json()["state"] == "valid"

    def step(name: str, reason: str = "lost") -> tuple[int, str | None]:
        answer = world.insurer.post(f"{path}/{name}", {"reason": reason})
        return answer.status_code, answer.get_json().get("state")

    assert step("reinstate") == (409, None)
    assert step("suspend") == (200, "suspended")
    assert step("suspend") == (200, "suspended")
    assert step("reinstate") == (200, "valid")
    assert step("revoke", "stolen") == (200, "revoked")
    assert step("reinstate") == (409, None)
    told = world.insurer.get(path.lower()).get_json()
    assert (told["state"], told["reason"]) == ("revoked", "stolen")
    answer = world.insurer.post(f"{path}/forget", {"reason": "lost"})
    assert answer.status_code == 404


def test_a_stolen_phone_is_ended_by_its_persons_insurer_alone(world: World) -> None:
    path = f"/v1/insurer/members/{world.person_id}/phones"
    assert world.other_insurer.delete(path).status_code == 404
    assert world.patient.get("/v1/patient/status").status_code == 200

    assert world.insurer.delete(path).status_code == 204
    assert world.insurer.delete(path).status_code == 204

    assert world.patient.get("/v1/patient/status").status_code == 401


def test_of_an_erased_persons_certificate_only_days_and_serial_are_told(
    world: World,
) -> None:
    paper = world.issued()
    path = f"/v1/insurer/certificates/{paper['serial']}"
    before = world.insurer.get(path).get_json()
    world.insurer.post(
        f"/v1/insurer/coverages/{world.coverage.id}/end",
        {"lost_on": "2026-11-20", "loss_reason": "99"},
    )
    at = world.house.at
    assert erase_ended(world.house.store, date(2026, 11, 21), at) == 1

    told = world.insurer.get(path)

    assert told.status_code == 200
    assert told.get_json() == {
        name: value for name, value in before.items() if name not in ("qr", "jwt")
    }
    assert world.insurer.post(f"{path}/revoke", {"reason": "death"}).status_code == 200


def test_an_address_withheld_since_is_in_no_certificate_that_is_shown(
    world: World,
) -> None:
    paper = world.issued()
    path = f"/v1/insurer/certificates/{paper['serial']}"
    change = f"/v1/insurer/coverages/{world.coverage.id}/change"
    assert world.insurer.get(path).get_json()["jwt"] == paper["jwt"]

    assert world.insurer.post(change, {"is_undisclosed": True}).status_code == 200

    assert {"qr", "jwt"}.isdisjoint(world.insurer.get(path).get_json())
    world.insurer.post(f"{path}/revoke", {"reason": "replaced"})
    newer = world.issued()
    path = f"/v1/insurer/certificates/{newer['serial']}"
    assert world.insurer.get(path).get_json()["qr"] == newer["qr"]


def test_issuing_to_everyone_or_to_a_stranger(world: World) -> None:
    told = world.insurer.post(
        "/v1/insurer/certificates", {"whom": "entitled", "form": "postcard"}
    ).get_json()
    assert [it["person_id"] for it in told["issued"]] == [world.person_id]
    answer = world.insurer.post(
        "/v1/insurer/certificates",
        {"whom": {"person_ids": ["per-nobody"]}, "form": "a4"},
    )
    assert answer.status_code == 404
    for whom in ("all", [], {"person_ids": [1]}, {"people": []}, None):
        answer = world.insurer.post(
            "/v1/insurer/certificates", {"whom": whom, "form": "a4"}
        )
        assert answer.status_code == 422, whom


def test_activation_codes_for_all_or_for_some(world: World) -> None:
    path = "/v1/insurer/activations"
    made = world.insurer.post(path, {"all": True}).get_json()["codes"]
    assert [it["person_id"] for it in made] == [world.person_id]
    assert len(made[0]["code"]) == 14
    for told in ({}, {"all": False}, {"all": True, "person_ids": []}):
        assert world.insurer.post(path, told).status_code == 422, told


def test_a_confirmation_makes_the_data_younger(world: World) -> None:
    assert qualification(world)["data_as_of"] is None
    told = world.insurer.post("/v1/insurer/confirmations").get_json()
    assert told["delivered_at"] == "2026-11-23T03:00:00Z"
    assert qualification(world)["data_as_of"] == "2026-11-23T03:00:00Z"


def test_members_are_found_by_number_once_each(world: World) -> None:
    identity = world.coverage.identity
    world.house.cover(
        world.person_id,
        id="cov-before",
        identity=identity,
        acquired_on=date(2010, 4, 1),
        lost_on=date(2015, 4, 1),
    )

    def found(**query: str) -> list[str]:
        answer = world.insurer.get("/v1/insurer/members", query_string=query)
        return [it["person_id"] for it in answer.get_json()["members"]]

    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in identity.number)
    assert found(number=identity.number, symbol="見本") == [world.person_id]
    assert found(number=wide, symbol="見本") == [world.person_id]
    assert found(number=identity.number) == []  # no symbol is not any symbol
    assert found(number="1", symbol="見本") == []
    assert found() == [world.person_id]
    twice = world.insurer.get("/v1/insurer/members", query_string="number=1&number=2")
    assert twice.status_code == 422
    assert twice.get_json()["errors"][0]["field"] == "number"
    for bad in ({"limit": "0"}, {"limit": "101"}, {"limit": "1.5"}, {"x": "1"}):
        answer = world.insurer.get("/v1/insurer/members", query_string=bad)
        assert answer.status_code == 422, bad


def test_another_insurers_things_are_not_found(world: World) -> None:
    paper = world.issued()
    list_id = upload(world)["list_id"]
    stranger = world.other_insurer
    coverage = f"/v1/insurer/coverages/{world.coverage.id}"
    serial = f"/v1/insurer/certificates/{paper['serial']}"
    kept = world.everything_kept()
    knocks: list[tuple[str, str, Any]] = [
        ("GET", f"/v1/insurer/members/{world.person_id}", None),
        ("GET", serial, None),
        ("POST", f"/v1/insurer/lists/{list_id}/commit", None),
        ("POST", f"{coverage}/end", {"lost_on": "2026-11-01", "loss_reason": "03"}),
        ("POST", f"{coverage}/change", {"relation": "2"}),
        ("POST", f"{coverage}/correct", {"acquired_on": "2021-01-01"}),
        ("POST", f"{coverage}/reopen", None),
        ("POST", f"{coverage}/release", None),
        ("POST", "/v1/insurer/activations", {"person_ids": [world.person_id]}),
        (
            "POST",
            "/v1/insurer/certificates",
            {"whom": {"person_ids": [world.person_id]}, "form": "a4"},
        ),
        *(
            ("POST", f"{serial}/{step}", {"reason": "lost"})
            for step in ("revoke", "suspend", "reinstate")
        ),
    ]
    for method, path, body in knocks:
        told = {} if body is None else {"json": body}
        answer = stranger.call(method, path, **told)
        assert answer.status_code == 404, (path, answer.text)
        assert answer.get_json()["code"] == "not-found"
    assert world.everything_kept() == kept
    found = stranger.get(
        "/v1/insurer/members",
        query_string={"number": world.coverage.identity.number, "symbol": "見本"},
    )
    assert found.get_json()["members"] == []


def test_of_a_shared_person_each_insurer_sees_its_own_side(world: World) -> None:
    person_id = world.house.person()  # whom both insurers describe
    old = world.house.cover(person_id, lost_on=date(2026, 4, 1))
    new = world.house.cover(person_id, insurer=NEW, acquired_on=date(2026, 4, 1))
    order = {"whom": {"person_ids": [person_id]}, "form": "a4"}
    answer = world.other_insurer.post("/v1/insurer/certificates", order)
    (paper,) = answer.get_json()["issued"]
    for desk, coverage, serials in (
        (world.insurer, old, []),
        (world.other_insurer, new, [paper["serial"]]),
    ):
        told = desk.get(f"/v1/insurer/members/{person_id}").get_json()
        assert [it["coverage_id"] for it in told["coverages"]] == [coverage.id]
        assert [it["serial"] for it in told["certificates"]] == serials
