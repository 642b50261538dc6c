"""What a person says is wrong reaches the insurer, and the answer comes back (申出)."""

from datetime import timedelta
from typing import Any

import pytest
from api_desk import World, a_delegate, a_desk
from test_api_delegations import REFUSED, protect, refusal
from test_api_patient import check
from werkzeug.test import TestResponse

from backend.domain.report import REPORTS_A_DAY
from backend.registering.erasing import erase_ended
from backend.registering.reports import MOST_ANSWERS
from backend.storage.rows import ClientKind
from tests.house_of_glass import NEW, TODAY

OWN, TO_INSURER = "/v1/patient/reports", "/v1/insurer/reports"


def file(world: World, desk: Any = None, **told: Any) -> TestResponse:
    answer: TestResponse = (desk or world.patient).post(OWN, {"kind": "not-me", **told})
    return answer


def own(desk: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.get(OWN).get_json()["reports"]
    return found


def told(world: World, desk: Any = None, **query: Any) -> dict[str, Any]:
    answer = (desk or world.insurer).get(TO_INSURER, query_string=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def reply(world: World, report_id: str, desk: Any = None, **body: Any) -> TestResponse:
    told = {"text": "訂正しました。", "close": False, **body}
    answer: TestResponse = (desk or world.insurer).post(
        f"{TO_INSURER}/{report_id}/answer", told
    )
    return answer


def test_a_report_reaches_the_insurer_and_its_answer_the_person(world: World) -> None:
    filed = file(world, kind="wrong-name", text="漢字が違います")
    assert filed.status_code == 201
    report_id = filed.get_json()["report_id"]

    (seen,) = told(world)["reports"]
    assert (seen["report_id"], seen["person_id"]) == (report_id, world.person_id)
    assert (seen["kind"], seen["text"]) == ("wrong-name", "漢字が違います")
    assert seen["kind_words"]["ja"] == "氏名が違う"
    assert (seen["about"], seen["delegate"], seen["closed_at"]) == (None, None, None)

    world.house.at += timedelta(minutes=1)
    assert reply(world, report_id, text="調べます。").status_code == 204
    assert reply(world, report_id, close=True).status_code == 204

    (mine,) = own(world.patient)
    assert [it["text"] for it in mine["answers"]] == ["調べます。", "訂正しました。"]
    assert mine["closed_at"] == "2026-11-23T03:01:00Z"
    assert told(world)["reports"] == []
    (closed,) = told(world, state="closed")["reports"]
    assert closed["report_id"] == report_id
    assert reply(world, report_id).status_code == 409


def test_nobody_else_reads_or_answers_it(world: World) -> None:
    report_id = file(world).get_json()["report_id"]

    assert told(world, world.other_insurer)["reports"] == []
    for desk, wanted in ((world.other_insurer, report_id), (world.insurer, "rep-x")):
        assert reply(world, wanted, desk).status_code == 404
    assert own(world.stranger) == []
    assert own(world.patient)[0]["answers"] == []


def test_the_log_says_that_it_came_and_never_what_it_says(world: World) -> None:
    report_id = file(world, kind="other", text="別人の薬が見えます").get_json()[
        "report_id"
    ]
    reply(world, report_id, text="お調べします。", close=True)

    with world.house.store.reading() as tx:
        log = b"".join(stored for _, stored in tx.audit_entries()).decode()
    assert "report-filed" in log
    assert report_id in log
    assert "別人" not in log
    assert r"\u" not in log
    entries = world.patient.get("/v1/patient/history").get_json()["entries"]
    assert [it["kind"] for it in entries[:2]] == ["report-answered", "report-filed"]
    assert entries[0]["who"]["name"] == "架空協会けんぽ"


def test_a_report_not_me_changes_no_record(world: World) -> None:
    kept = world.everything_kept()
    before = world.patient.get("/v1/patient/status").get_json()

    assert file(world).status_code == 201

    assert world.patient.get("/v1/patient/status").get_json() == before
    now = world.everything_kept()
    changed = {name for name in now if now[name] != kept[name]}
    assert changed == {"reports", "audit_entries"}


def test_a_report_names_a_line_of_the_persons_own_history(world: World) -> None:
    check(world, {"certificate": world.issued()["qr"]})
    entries = world.patient.get("/v1/patient/history").get_json()["entries"]
    (seen,) = [it for it in entries if it["what"]]

    assert file(world, kind="unknown-check", about=seen["sequence"]).status_code == 201

    about = told(world)["reports"][0]["about"]
    assert (about["sequence"], about["at"]) == (seen["sequence"], seen["at"])
    assert (about["kind"], about["actor"]) == ("checked", "1312345678")
    assert own(world.patient)[0]["about"] == seen["sequence"]
    for desk, strange in ((world.stranger, seen["sequence"]), (None, 9_999)):
        answer = file(world, desk, about=strange)
        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["field"] == "about"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "other"}, "text"),
        ({"kind": "angry"}, "kind"),
        ({"text": "x" * 501}, "text"),
        ({"text": "a\nb"}, "text"),
        ({"text": "番号は123456789018"}, "text"),
        ({"about": -1}, "about"),
        ({"person_id": "per-2"}, "person_id"),
    ],
)
def test_what_is_wrong_with_a_report_is_named_and_nothing_is_kept(
    world: World, body: dict[str, Any], field: str
) -> None:
    answer = file(world, **body)

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == field
    assert "123456789018" not in answer.text
    assert own(world.patient) == []


def test_so_many_a_day_and_then_the_next_day(world: World) -> None:
    for number in range(REPORTS_A_DAY):
        file(world, text=f"申出{number}")  # once more is not one more
        assert file(world, text=f"申出{number}").status_code == 201

    refused = file(world)

    assert refusal(refused) == (429, "too-many-reports")
    assert refused.headers["Retry-After"] == str(21 * 3600)
    assert file(world, world.stranger).status_code == 201
    world.house.at += timedelta(hours=21)
    world.patient.get_token()
    assert file(world).status_code == 201


def test_a_report_sent_again_within_ten_minutes_is_filed_once(world: World) -> None:
    first = file(world, kind="other", text="住所が違います")
    before = world.everything_kept()
    later(world, 9)

    again = file(world, kind="other", text="住所が違います")

    assert (again.status_code, again.get_json()) == (201, first.get_json())
    assert world.everything_kept() == before
    later(world, 1)
    file(world, kind="other", text="住所が違います")
    assert len(own(world.patient)) == 2


def test_another_kind_text_check_or_phone_makes_another_report(world: World) -> None:
    check(world, {"certificate": world.issued()["qr"]})
    entries = world.patient.get("/v1/patient/history").get_json()["entries"]
    others = (
        {"kind": "wrong-name"},
        {"text": "別の話"},
        {"about": entries[0]["sequence"]},
    )
    first = file(world).get_json()["report_id"]

    ids = {file(world, **other).get_json()["report_id"] for other in others}
    ids.add(file(world, a_delegate(world)).get_json()["report_id"])

    assert len(ids - {first}) == 4


def test_so_many_answers_and_no_more(world: World) -> None:
    report_id = file(world).get_json()["report_id"]
    for number in range(MOST_ANSWERS):
        assert reply(world, report_id, text=f"調査{number}").status_code == 204
    assert reply(world, report_id).status_code == 409


def later(world: World, minutes: int) -> None:
    world.house.at += timedelta(minutes=minutes)
    world.insurer.get_token()
    world.patient.get_token()


def test_an_answer_sent_again_is_given_once(world: World) -> None:
    report_id = file(world).get_json()["report_id"]
    for _ in range(2):
        assert reply(world, report_id, text="調べます。").status_code == 204
    later(world, 9)
    for _ in range(2):
        again = reply(world, report_id, text="調べます。", close=True)
        assert again.status_code == 204
    (mine,) = own(world.patient)
    assert (len(mine["answers"]), mine["closed_at"]) == (1, "2026-11-23T03:09:00Z")


def test_the_same_words_another_day_are_another_answer(world: World) -> None:
    report_id = file(world).get_json()["report_id"]
    assert reply(world, report_id, text="調査中です。").status_code == 204
    later(world, 11)
    assert reply(world, report_id, text="調査中です。").status_code == 204
    (mine,) = own(world.patient)
    assert len(mine["answers"]) == 2


def test_the_insurer_pages(world: World) -> None:
    ids = [file(world, text=it).get_json()["report_id"] for it in "一二三"]

    first = told(world, limit=2)
    second = told(world, limit=2, after=first["next"])

    assert [it["report_id"] for it in first["reports"]] == ids[:2]
    assert [it["report_id"] for it in second["reports"]] == ids[2:]
    assert second["next"] is None
    assert world.insurer.get(f"{TO_INSURER}?state=any").status_code == 422


def test_it_reaches_the_insurer_of_today_or_the_last_one(world: World) -> None:
    moved = f"/v1/insurer/coverages/{world.coverage.id}/end"
    lost = {"lost_on": "2026-11-01", "loss_reason": "03"}
    assert world.insurer.post(moved, lost).status_code == 200
    file(world)
    assert len(told(world)["reports"]) == 1

    world.house.cover(world.person_id, insurer=NEW)
    file(world)
    assert len(told(world, world.other_insurer)["reports"]) == 1
    nobody = world.house.person()
    desk = a_desk(world.http, world.house, ClientKind.PATIENT, nobody)
    assert refusal(file(world, desk)) == (409, "conflict")


def test_a_delegate_reports_for_the_person_and_reads_their_own_reports(
    world: World,
) -> None:
    desk = a_delegate(world)
    file(world, kind="other", text="本人の申出")

    assert file(world, desk, kind="wrong-copay").status_code == 201

    assert [it["kind"] for it in own(desk)] == ["wrong-copay"]
    assert [it["kind"] for it in own(world.patient)] == ["wrong-copay", "other"]
    by = [
        it["delegate"] and it["delegate"]["relation"] for it in told(world)["reports"]
    ]
    assert by == [None, "child"]
    assert refusal(file(world, desk, about=0)) == REFUSED


def test_under_nondisclosure_an_older_phone_files_and_reads_none(world: World) -> None:
    file(world)
    protect(world)

    assert refusal(file(world)) == REFUSED
    assert refusal(world.patient.get(OWN)) == REFUSED
    newer = a_desk(world.http, world.house, ClientKind.PATIENT, world.person_id)
    assert file(world, newer).status_code == 201


def test_with_the_person_what_they_said_is_gone(world: World) -> None:
    report_id = file(world, text="消える文章").get_json()["report_id"]
    end = f"/v1/insurer/coverages/{world.coverage.id}/end"
    world.insurer.post(end, {"lost_on": "2020-05-01", "loss_reason": "99"})

    assert erase_ended(world.house.store, TODAY, world.house.at) == 1

    with world.house.store.reading() as tx:
        assert tx.report(report_id).text == ""
    assert told(world)["reports"] == []
