"""A phone is told in time what lapses (お知らせ)."""

from datetime import date, timedelta

from api_desk import Desk, World, a_delegate


def reminded(desk: Desk) -> list[tuple[str, str]]:
    told = desk.get("/v1/patient/status").get_json()["reminders"]
    assert all(it["words"]["ja"] and it["words"]["en"] for it in told)
    return [(it["kind"], it["on"]) for it in told]


def test_nothing_is_near(world: World) -> None:
    world.issued()
    world.patient.post("/v1/patient/tokens")

    assert reminded(world.patient) == []


def test_a_coverage_that_ends_is_told_with_its_first_day_uncovered(
    world: World,
) -> None:
    path = f"/v1/insurer/coverages/{world.coverage.id}/end"
    world.insurer.post(path, {"lost_on": "2026-12-01", "loss_reason": "03"})

    assert reminded(world.patient) == [("coverage-ends", "2026-12-01")]
    world.house.at += timedelta(days=8)
    world.patient.get_token()
    assert reminded(world.patient) == []  # it is over: the verdict says so


def test_a_token_that_nobody_renewed_is_told_on_its_own_phone(world: World) -> None:
    world.patient.post("/v1/patient/tokens")
    desk = a_delegate(world)
    world.house.at += timedelta(days=11)
    for each in (world.patient, desk):
        each.get_token()

    assert reminded(world.patient) == [("token-expires", "2026-12-07")]
    assert reminded(desk) == []


def test_a_certificate_is_told_until_it_is_withdrawn(world: World) -> None:
    paper = world.issued()
    last_on = date.fromisoformat(paper["expires_on"])
    world.house.at += last_on - world.house.at.date() - timedelta(days=30)
    for each in (world.patient, world.insurer):
        each.get_token()

    assert reminded(world.patient) == [("certificate-expires", paper["expires_on"])]

    revoke = f"/v1/insurer/certificates/{paper['serial']}/revoke"
    assert world.insurer.post(revoke, {"reason": "lost"}).status_code == 200
    assert reminded(world.patient) == []


def test_a_delegate_is_told_of_the_delegations_end(world: World) -> None:
    desk = a_delegate(world, until_on=date(2026, 12, 23))

    assert reminded(desk) == [("delegation-ends", "2026-12-23")]
    assert reminded(world.patient) == []


FILE = "/v1/insurer/reminders"


def lines(world: World, desk: Desk | None = None, **asked: str) -> list[str]:
    answer = (desk or world.insurer).get(FILE, query_string=asked)
    assert answer.status_code == 200, answer.text
    text = answer.data.decode("cp932" if "encoding" in asked else "utf-8-sig")
    return text.splitlines()[1:]


def ends_soon(world: World) -> None:
    path = f"/v1/insurer/coverages/{world.coverage.id}/end"
    told = {"lost_on": "2026-12-01", "loss_reason": "03"}
    assert world.insurer.post(path, told).status_code == 200


def test_the_insurer_reminds_by_letter_whoever_has_no_phone(world: World) -> None:
    ends_soon(world)
    assert lines(world) == []  # the member's phone says so
    a_delegate(world)
    own = f"/v1/patient/phones/{world.patient.client.id}"
    assert world.patient.delete(own).status_code == 204

    for asked in ({}, {"encoding": "cp932"}):
        (line,) = lines(world, **asked)
        for part in ("郵送", "架空県見本市", "見本　花子 様", "coverage-ends"):
            assert part in line
        assert "2026-12-01" in line
    assert lines(world, days="7") == []
    assert lines(world, world.other_insurer) == []


def test_under_nondisclosure_a_letter_bears_no_address(world: World) -> None:
    ends_soon(world)
    world.patient.delete(f"/v1/patient/phones/{world.patient.client.id}")
    path = f"/v1/insurer/coverages/{world.coverage.id}/change"
    assert world.insurer.post(path, {"is_undisclosed": True}).status_code == 200

    (line,) = lines(world)

    assert "手渡し" in line
    assert "架空県" not in line


def test_a_span_or_encoding_that_cannot_be_is_refused(world: World) -> None:
    for asked in ("days=367", "days=-1", "encoding=shift_jis", "who=all"):
        assert world.insurer.get(f"{FILE}?{asked}").status_code == 422
