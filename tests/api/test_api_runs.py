"""Bulk runs through the door: begun, followed, approved by another, told by line."""

import csv
import io
import zipfile
from contextlib import nullcontext
from datetime import timedelta

import pytest
from api_desk import APPROVAL_ABOVE, World, a_desk, rooms_of

from backend.api.insurer_runs import A_PAGE
from backend.issuing.bulk.carrying import alone
from backend.issuing.bulk.runs import carry_on_ready
from backend.storage.rows import ClientKind
from tests.house_of_glass import NEW, OLD

HEAD = "保険者番号,記号,番号,枝番,生年月日\r\n"
RUNS = "/v1/insurer/runs"


def line_of(coverage, birth_on="1980-05-05"):
    it = coverage.identity
    return f"{OLD.digits},{it.symbol},{it.number},{it.branch},{birth_on}\r\n"


def members(world: World, count: int) -> str:
    house = world.house
    return HEAD + "".join(line_of(house.cover(house.person())) for _ in range(count))


def begin(desk, text, path=f"{RUNS}?form=a4", content_type="text/csv", status=202):
    content = text if isinstance(text, bytes) else text.encode()
    answer = desk.post(path, data=content, content_type=content_type)
    assert answer.status_code == status, answer.text
    return answer.get_json()


def carried(world: World):
    house = rooms_of(world.house)
    crew = alone(house.bulk, house.clock)
    return list(carry_on_ready(house.bulk, lambda run: nullcontext(crew), house.clock))


@pytest.fixture
def other(world: World):
    """Another system of the same insurer."""
    return a_desk(world.http, world.house, ClientKind.INSURER, OLD.digits, "別端末")


def test_a_run_is_begun_followed_and_told(world: World) -> None:
    text = members(world, 2) + "01130012,見本,99999,,1980-05-05\r\n"
    run = begin(world.insurer, text)
    assert (run["state"], run["lines"], run["seconds_left"]) == ("ready", 3, None)
    assert run["state_words"]["ja"]

    carried(world)

    told = world.insurer.get(f"{RUNS}/{run['run_id']}").get_json()
    assert told["state"] == "finished"
    assert told["counts"] == {"decided": 3, "done": 2, "skipped": 0, "rejected": 1}
    assert told["ended_at"]
    assert told["made_by"] == world.insurer.client.id
    listed = world.insurer.get(RUNS).get_json()["runs"]
    assert listed == [told]


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_the_result_is_a_file_in_the_encoding_asked(
    world: World, encoding: str
) -> None:
    run = begin(world.insurer, members(world, 1))
    carried(world)

    path = f"{RUNS}/{run['run_id']}/result?encoding={encoding}"
    answer = world.insurer.get(path)

    assert answer.mimetype == "text/csv"
    text = answer.data.decode(encoding).lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][:2] == ["2", "交付 issued"]
    paper = world.insurer.get(f"/v1/insurer/certificates/{rows[1][2]}")
    assert paper.get_json()["state"] == "valid"


def test_the_same_list_is_the_same_run(world: World) -> None:
    text = members(world, 1)
    first = begin(world.insurer, text)
    carried(world)

    again = begin(world.insurer, text)
    renamed = begin(world.insurer, text, f"{RUNS}?form=a4&key=again")
    carried(world)

    assert (again["run_id"], again["state"]) == (first["run_id"], "finished")
    assert renamed["run_id"] != first["run_id"]
    told = world.insurer.get(f"{RUNS}/{renamed['run_id']}").get_json()
    assert told["counts"]["skipped"] == 1


def test_a_name_given_before_makes_another_list_another_run(world: World) -> None:
    named = f"{RUNS}?form=a4&key=again"
    first = begin(world.insurer, members(world, 1), named)
    text = members(world, 2)

    other_list = begin(world.insurer, text, named)

    assert (other_list["run_id"] != first["run_id"], other_list["lines"]) == (True, 2)
    assert begin(world.insurer, text, named)["run_id"] == other_list["run_id"]


def test_runs_are_paged_and_none_that_waits_is_out_of_sight(world: World) -> None:
    text = members(world, 1)
    waiting = begin(world.insurer, text, f"{RUNS}?form=a4&key=waits")["run_id"]
    at_rest = begin(world.insurer, text)["run_id"]
    assert world.insurer.post(f"{RUNS}/{at_rest}/cancel").status_code == 200
    for number in range(A_PAGE):
        world.house.at += timedelta(seconds=1)
        run = begin(world.insurer, text, f"{RUNS}?form=a4&key=n{number}")
        world.insurer.post(f"{RUNS}/{run['run_id']}/cancel")

    first = world.insurer.get(RUNS).get_json()
    second = world.insurer.get(f"{RUNS}?before={first['next']}").get_json()

    seen = [it["run_id"] for it in first["runs"]]
    assert (len(seen), seen[-1]) == (A_PAGE + 1, waiting)
    assert first["next"] == seen[A_PAGE - 1]
    assert {it["run_id"] for it in second["runs"]} == {waiting, at_rest}
    assert second["next"] is None
    for unknown in ("run-none", begun_by(world, NEW)):
        told = world.insurer.get(f"{RUNS}?before={unknown}").get_json()
        assert told["runs"] == []


def begun_by(world: World, insurer) -> str:
    """A run of another insurer, younger than all others."""
    desk = a_desk(world.http, world.house, ClientKind.INSURER, insurer.digits)
    row = f"{insurer.digits},見本,1,,1980-05-05\r\n"
    return begin(desk, HEAD + row)["run_id"]


def test_a_preview_tells_and_writes_nothing(world: World) -> None:
    text = members(world, 2)
    text += text.splitlines(keepends=True)[1] + "01130012,見本,1,,昨日\r\n"

    told = begin(world.insurer, text, f"{RUNS}/preview?form=card", status=200)

    assert told["counts"] == {"decided": 4, "done": 2, "skipped": 1, "rejected": 1}
    assert {it["reason"]: it["lines"] for it in told["reasons"]} == {
        "twice": 1,
        "birth_on": 1,
    }
    assert [it["result"] for it in told["shown"]] == [
        "done",
        "done",
        "skipped",
        "rejected",
    ]
    assert {it["serial"] for it in told["shown"]} == {None}
    assert told["shown"][2]["reason"]["ja"]
    assert told["shown"][3]["errors"][0]["fix"]["ja"]
    assert told["awaits_approval"] is True
    assert world.insurer.get(RUNS).get_json() == {"runs": [], "next": None}


def test_a_withdrawal_is_previewed_and_writes_nothing(world: World) -> None:
    begin(world.insurer, members(world, 1))
    carried(world)
    (run,) = world.insurer.get(RUNS).get_json()["runs"]
    rows = world.insurer.get(f"{RUNS}/{run['run_id']}/result").data.decode()
    serial = rows.splitlines()[1].split(",")[2]
    text = f"発行番号\r\n{serial}\r\n{serial}\r\nAAAA-AAAA-AAAA-AAAD\r\n"
    asked = "step=revoked&reason=lost"

    told = begin(
        world.insurer, text, f"/v1/insurer/withdrawals/preview?{asked}", status=200
    )

    assert told["counts"] == {"decided": 3, "done": 1, "skipped": 1, "rejected": 1}
    assert [it["serial"] for it in told["shown"]] == [serial, serial, None]
    assert [it["code"] for it in told["shown"]] == [None, "already", None]
    paper = world.insurer.get(f"/v1/insurer/certificates/{serial}").get_json()
    assert paper["state"] == "valid"
    assert world.insurer.get(RUNS).get_json() == {"runs": [run], "next": None}


def test_the_lines_that_a_run_would_reject_are_a_file(world: World) -> None:
    text = members(world, 1) + "01130012,見本,1,,昨日\r\n"
    path = f"{RUNS}/preview/lines?form=card&result=rejected&encoding=cp932"

    answer = world.insurer.post(path, data=text.encode(), content_type="text/csv")

    assert answer.content_type == "text/csv; charset=Windows-31J"
    rows = list(csv.reader(io.StringIO(answer.data.decode("cp932"))))
    assert [row[0] for row in rows[1:]] == ["3"]
    assert rows[1][1:5] == ["誤り rejected", "", "", "birth_on"]


def test_a_large_run_waits_for_another_system(world: World, other) -> None:
    run = begin(world.insurer, members(world, APPROVAL_ABOVE + 1))
    path = f"{RUNS}/{run['run_id']}"
    assert run["state"] == "awaiting-approval"
    assert carried(world) == []
    assert world.insurer.post(f"{path}/approve").status_code == 409
    seen = other.get(f"{path}/preview").get_json()
    assert seen["counts"]["done"] == APPROVAL_ABOVE + 1
    assert seen["awaits_approval"] is True
    lines = other.get(f"{path}/preview/lines?result=done").data.decode().splitlines()
    assert len(lines) == APPROVAL_ABOVE + 2

    told = other.post(f"{path}/approve").get_json()

    assert (told["state"], told["approved_by"]) == ("ready", other.client.id)
    assert [it.state.value for it in carried(world)] == ["finished"]


def test_the_door_for_everyone_is_no_way_around_the_second(world: World) -> None:
    members(world, APPROVAL_ABOVE)

    answer = world.insurer.post(
        "/v1/insurer/certificates", {"whom": "entitled", "form": "a4"}
    )

    assert answer.status_code == 409
    assert "承認" in answer.get_json()["detail"]


def test_a_cancelled_run_rests_until_it_is_resumed(world: World) -> None:
    run = begin(world.insurer, members(world, 2))
    path = f"{RUNS}/{run['run_id']}"

    assert world.insurer.post(f"{path}/cancel").get_json()["state"] == "cancelled"
    assert carried(world) == []
    assert world.insurer.post(f"{path}/resume").get_json()["state"] == "ready"
    assert len(carried(world)) == 1
    assert world.insurer.post(f"{path}/cancel").status_code == 409


def test_the_time_left_follows_the_pace(world: World) -> None:
    run = begin(world.insurer, members(world, 3))
    with world.house.store.transaction() as tx:
        tx.run(
            "INSERT INTO run_chunks (run, number, lines, done, skipped, rejected,"
            " decided_at, outcomes) VALUES (?, 7, 2, 2, 0, 0, ?, X'5B5D')",
            (run["run_id"], int(world.house.at.timestamp() * 1e6) - 10_000_000),
        )

    told = world.insurer.get(f"{RUNS}/{run['run_id']}").get_json()

    assert told["seconds_left"] == 5


def test_papers_are_withdrawn_by_list(world: World) -> None:
    serial = world.issued()["serial"]
    path = "/v1/insurer/withdrawals?step=suspended&reason=stolen"

    run = begin(world.insurer, f"発行番号\r\n{serial}\r\n", path)
    carried(world)

    assert run["kind"] == "withdraw"
    told = world.insurer.get(f"/v1/insurer/certificates/{serial}").get_json()
    assert (told["state"], told["reason"]) == ("suspended", "stolen")
    key = {"Idempotency-Key": "key-after-withdrawal"}
    shown = {"shown": {"certificate": told["qr"]}}
    checked = world.clinic.post("/v1/clinic/checks", shown, headers=key).get_json()
    assert checked["outcome"] == "suspended"


def test_another_insurers_run_is_not_found(world: World) -> None:
    run = begin(world.insurer, members(world, 1))
    stranger = a_desk(world.http, world.house, ClientKind.INSURER, NEW.digits)

    for path in ("", "/result"):
        assert stranger.get(f"{RUNS}/{run['run_id']}{path}").status_code == 404
    for step in ("approve", "cancel", "resume"):
        assert stranger.post(f"{RUNS}/{run['run_id']}/{step}").status_code == 404


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"", "text/csv", 422, "malformed"),
        (b"a,b\r\n", "text/csv", 422, "malformed"),
        (HEAD.encode(), "text/csv", 422, "malformed"),
        (b"PK\x03\x04", "application/zip", 422, "malformed"),
        (b"{}", "application/json", 415, "wrong-media-type"),
    ],
)
def test_what_is_no_list_is_refused(
    world: World, content: bytes, content_type: str, status: int, code: str
) -> None:
    answer = begin(world.insurer, content, content_type=content_type, status=status)

    assert answer["code"] == code
    assert world.insurer.get(RUNS).get_json() == {"runs": [], "next": None}


def test_a_zip_is_taken(world: World) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("list.csv", members(world, 1))

    run = begin(world.insurer, packed.getvalue(), content_type="application/zip")

    assert run["lines"] == 1
