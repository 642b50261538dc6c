"""An insurer's numbers: counted as things happen, by the day in Japan, for it alone."""

from datetime import UTC, datetime
from typing import Any

from api_desk import Desk, World, a_key
from test_api_enrolment import show
from test_api_members_history import check, numbers_of

from backend.storage.rows import ClientKind

QUIET = {
    "checks": [],
    "certificates_issued": 0,
    "certificates_revoked": 0,
    "certificates_suspended": 0,
    "phones_activated": 0,
}


def figures(desk: Desk, days: int) -> list[dict[str, Any]]:
    answer = desk.get(f"/v1/insurer/figures?days={days}")
    assert answer.status_code == 200, answer.text
    return list(answer.get_json()["days"])


def test_a_quiet_insurer_has_a_row_for_every_day(world: World) -> None:
    rows = figures(world.insurer, 30)
    assert [rows[0]["on"], rows[-1]["on"], len(rows)] == [
        "2026-10-25",
        "2026-11-23",
        30,
    ]
    assert all(row == {"on": row["on"], **QUIET} for row in rows)


def test_what_happens_is_counted_for_its_insurer(world: World) -> None:
    paper = world.issued()
    path = f"/v1/insurer/certificates/{paper['serial']}"
    check(world, {"certificate": paper["qr"]})
    check(world, numbers_of(world.coverage))
    world.insurer.post(f"{path}/suspend", {"reason": "lost"})
    check(world, {"certificate": paper["qr"]})
    world.insurer.post(f"{path}/reinstate", {"reason": "found"})
    world.insurer.post(f"{path}/revoke", {"reason": "lost"})
    code = world.a_code(ClientKind.PATIENT, world.person_id)
    assert show(world, "activations", code, a_key()).status_code == 201

    (row,) = figures(world.insurer, 1)

    assert row == {
        "on": "2026-11-23",
        "checks": [
            {"outcome": "suspended", "count": 1},
            {"outcome": "valid", "count": 2},
        ],
        "certificates_issued": 1,
        "certificates_revoked": 1,
        "certificates_suspended": 1,
        "phones_activated": 1,
    }
    assert figures(world.other_insurer, 1) == [{"on": "2026-11-23", **QUIET}]


def test_a_delegates_phone_is_none_that_the_member_activated(world: World) -> None:
    code = world.a_code(ClientKind.PATIENT, world.person_id)
    offer = {"name": "見本　太郎", "relation": "child", "until": "2027-03-31"}
    let_in = show(world, "activations", code, a_key(), delegate=offer)
    assert let_in.status_code == 201, let_in.text
    (row,) = figures(world.insurer, 1)
    assert row["phones_activated"] == 0


def test_a_day_begins_at_midnight_in_japan(world: World) -> None:
    house = world.house
    house.at = datetime(2026, 11, 22, 14, 59, 59, tzinfo=UTC)
    world.issued()
    house.at = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    world.coverage = house.cover(house.person())
    world.person_id = world.coverage.person_id
    world.issued()
    check(world, numbers_of(world.coverage))
    rows = figures(world.insurer, 2)
    assert [it["on"] for it in rows] == ["2026-11-22", "2026-11-23"]
    assert [it["certificates_issued"] for it in rows] == [1, 1]
    assert [len(it["checks"]) for it in rows] == [0, 1]
