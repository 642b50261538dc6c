"""届出受付中: from an insurer's filing to the clinic's answer, gone when settled."""

from datetime import timedelta
from typing import Any

import pytest
from api_desk import World

from backend.audit.events import AuditKind, read_entry
from tests.house_of_glass import OLD

NUMBERS = {"symbol": "見本", "number": "4649"}
FILED = {**NUMBERS, "birth_on": "1999-12-31", "expected_on": "2026-12-01"}


def ask(world: World, **changes: str) -> dict[str, Any]:
    shown = {"insurer_number": OLD.digits, **NUMBERS, "birth_on": "1999-12-31"}
    answer = world.clinic.post(
        "/v1/clinic/checks",
        {"shown": {"numbers": shown | changes}},
        headers={"Idempotency-Key": f"key-{next(world.house.numbers):08}"},
    )
    return dict(answer.get_json())


def file(world: World) -> str:
    answer = world.insurer.post("/v1/insurer/filings", FILED)
    assert answer.status_code == 201
    return str(answer.get_json()["filing_id"])


def test_a_clinic_reads_that_a_registration_is_in_progress_and_until_when(
    world: World,
) -> None:
    assert ask(world)["outcome"] == "none-found"
    file(world)

    answer = ask(world)

    assert answer["outcome"] == "registration-in-progress"
    told = answer["qualification"]
    assert (told["validity"], told["expected_on"]) == ("4", "2026-12-01")
    assert "申立書" in answer["next_step"]["ja"]
    assert answer["person"] is None
    assert ask(world, birth_on="1999-12-30")["outcome"] == "none-found"
    assert ask(world, symbol="別")["outcome"] == "none-found"


def test_what_is_registered_waits_no_more(world: World) -> None:
    file(world)
    row = {
        **NUMBERS,
        "name": "見本　新人",
        "kana": "ﾐﾎﾝ ｼﾝｼﾞﾝ",
        "birth_on": "1999-12-31",
        "sex": "1",
        "acquired_on": "2026-11-01",
        "card_status": "NO_CARD",
    }
    made = world.insurer.post("/v1/insurer/coverages", row).get_json()
    assert ask(world)["outcome"] == "valid"
    loss = {"lost_on": "2026-11-01", "loss_reason": "99"}
    end = f"/v1/insurer/coverages/{made['coverage_id']}/end"
    assert world.insurer.post(end, loss).status_code == 200

    assert ask(world)["outcome"] == "registration-undone"


def test_a_filing_is_taken_back_by_its_own_insurer_alone(world: World) -> None:
    path = f"/v1/insurer/filings/{file(world)}"
    assert world.other_insurer.call("DELETE", path).status_code == 404
    assert ask(world)["outcome"] == "registration-in-progress"

    assert world.insurer.call("DELETE", path).status_code == 204
    assert world.insurer.call("DELETE", path).status_code == 404
    world.house.at += timedelta(seconds=1)
    assert ask(world)["outcome"] == "none-found"


def test_a_filing_is_logged_without_its_numbers(world: World) -> None:
    filing_id = file(world)
    world.insurer.call("DELETE", f"/v1/insurer/filings/{filing_id}")

    with world.house.store.reading() as tx:
        told = [read_entry(it) for _, it in tx.audit_entries()][-2:]
    assert [(it.kind, it.object, it.subject) for it in told] == [
        (AuditKind.FILING_NOTED, filing_id, ""),
        (AuditKind.FILING_ENDED, filing_id, ""),
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"number": ""}, "number"), ({"branch": "x"}, "branch"), ({"x": "1"}, "x")],
)
def test_a_bad_filing_names_its_field(
    world: World, changes: dict[str, str], field: str
) -> None:
    answer = world.insurer.post("/v1/insurer/filings", FILED | changes)

    assert answer.status_code == 422
    assert [it["field"] for it in answer.get_json()["errors"]] == [field]
