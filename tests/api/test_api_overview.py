"""What waits for an insurer is told in one answer, and of its own members alone."""

from datetime import date, timedelta
from typing import Any

from api_desk import Desk, World, a_desk
from test_api_reports import file, reply, told

from backend.domain.reminder import DAYS_AHEAD
from backend.storage.rows import ClientKind
from tests.house_of_glass import NEW, TODAY


def overview(desk: Desk) -> dict[str, Any]:
    answer = desk.get("/v1/insurer/overview")
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def test_nothing_waits_for_a_quiet_insurer(world: World) -> None:
    other = a_desk(world.http, world.house, ClientKind.INSURER, NEW.digits)

    assert overview(other) == {
        "open_reports": 0,
        "oldest_report_at": None,
        "certificates_expiring": 0,
        "expiring_days": DAYS_AHEAD,
        "delivered_at": None,
        "has_signing_key": True,
    }


def test_reports_are_counted_until_they_are_closed(world: World) -> None:
    file(world)
    file(world, kind="wrong-name")
    first, second = told(world)["reports"]

    shown = overview(world.insurer)
    assert (shown["open_reports"], shown["oldest_report_at"]) == (2, first["filed_at"])

    reply(world, first["report_id"], close=True)
    assert overview(world.insurer)["open_reports"] == 1
    reply(world, second["report_id"], close=True)
    assert overview(world.insurer)["oldest_report_at"] is None


def test_certificates_are_counted_in_their_last_days(world: World) -> None:
    serial = world.issued()["serial"]
    paper = world.insurer.get(f"/v1/insurer/certificates/{serial}").get_json()
    expires_on = date.fromisoformat(paper["expires_on"])
    assert overview(world.insurer)["certificates_expiring"] == 0

    world.house.at += expires_on - TODAY - timedelta(days=DAYS_AHEAD)
    world.insurer.token = None  # it has run out long since

    assert overview(world.insurer)["certificates_expiring"] == 1


def test_a_delivery_is_remembered(world: World) -> None:
    told_at = world.insurer.post("/v1/insurer/confirmations").get_json()["delivered_at"]

    assert overview(world.insurer)["delivered_at"] == told_at
