"""A run's print files: parts of a bounded size, each with the index of its sheets."""

import csv
import io
import zipfile
from typing import Any

import pypdfium2
import pytest
from api_desk import World
from test_api_runs import RUNS, begin, carried, line_of, members

from backend.api import insurer_prints
from tests.house_of_glass import NEW, OLD


def opened(answer: Any) -> tuple[Any, list[list[str]]]:
    """The PDF, or None, and the rows of the index."""
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as held:
        files = {name.partition(".")[2]: held.read(name) for name in held.namelist()}
    text = files["index.csv"].decode("utf-8-sig")
    pdf = pypdfium2.PdfDocument(files["pdf"]) if "pdf" in files else None
    return pdf, list(csv.reader(io.StringIO(text)))[1:]


def test_a_part_holds_the_papers_and_says_where_each_stands(world: World) -> None:
    run = begin(world.insurer, members(world, 3), f"{RUNS}?form=card")
    carried(world)
    path = f"{RUNS}/{run['run_id']}/prints"
    told = world.insurer.get(path).get_json()
    assert told == {"papers": 3, "papers_a_part": 250, "parts": 1}
    pdf, rows = opened(world.insurer.get(f"{path}/1"))
    assert len(pdf) == 2  # one sheet: fronts and backs
    pdf.close()
    assert [row[:2] for row in rows] == [["1", "1"], ["1", "2"], ["1", "3"]]
    single, _ = opened(world.insurer.get(f"{path}/1?layout=pages"))
    assert len(single) == 6
    single.close()


def test_parts_follow_one_another(world: World) -> None:
    text = members(world, 1)
    text += "".join(line_of(world.house.cover(world.house.person())) for _ in range(25))
    run = begin(world.insurer, text)
    path = f"{RUNS}/{run['run_id']}"
    with world.house.store.transaction() as tx:  # a second is not asked here
        tx.run("UPDATE runs SET state = 'ready'")
    carried(world)
    assert world.insurer.get(f"{path}/prints").get_json()["parts"] == 2
    serials = []
    for part in (1, 2):
        pdf, rows = opened(world.insurer.get(f"{path}/prints/{part}"))
        pdf.close()
        assert rows[0][:2] == ["1", "1"]
        serials.append([row[2] for row in rows])
    assert [len(it) for it in serials] == [25, 1]
    assert len({*serials[0], *serials[1]}) == 26
    for part in (0, 3):
        assert world.insurer.get(f"{path}/prints/{part}").status_code == 404


def test_what_was_withdrawn_is_left_out_and_named(world: World) -> None:
    path = f"{RUNS}/{world.printable_run()}/prints/1"
    pdf, ((_, _, serial),) = opened(world.insurer.get(path))
    pdf.close()
    step = f"/v1/insurer/certificates/{serial}/revoke"
    world.insurer.post(step, {"reason": "lost"})
    nothing, rows = opened(world.insurer.get(path))
    assert nothing is None
    assert rows == [["除外 left out", "", serial]]


def test_a_run_that_is_under_way_or_empty_has_no_prints(world: World) -> None:
    run = begin(world.insurer, members(world, 1))
    path = f"{RUNS}/{run['run_id']}/prints"
    assert world.insurer.get(path).status_code == 409
    nobody = "保険者番号,番号,生年月日\r\n01130012,9,1980-05-05\r\n"
    empty = begin(world.insurer, nobody)
    carried(world)
    assert world.insurer.get(path).status_code == 200
    refused = world.insurer.get(f"{RUNS}/{empty['run_id']}/prints/1")
    assert refused.status_code == 409
    assert "印刷する資格確認書" in refused.get_json()["detail"]


def test_a_huge_run_is_for_the_terminal(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"{RUNS}/{world.printable_run()}/prints"
    monkeypatch.setattr(insurer_prints, "MOST_PAPERS", 0)
    refused = world.insurer.get(path)
    assert refused.status_code == 409
    assert "shikaku runs print" in refused.get_json()["detail"]


def test_one_part_is_made_at_a_time(world: World) -> None:
    path = f"{RUNS}/{world.printable_run()}/prints/1"
    with insurer_prints._PRESS:
        answer = world.insurer.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"
    assert world.insurer.get(path).status_code == 200


def test_another_insurers_prints_are_not_found(world: World) -> None:
    path = f"{RUNS}/{world.printable_run()}/prints"
    assert (OLD.digits, NEW.digits) == (
        world.insurer.client.party,
        world.other_insurer.client.party,
    )
    assert world.other_insurer.get(path).status_code == 404
    assert world.other_insurer.get(f"{path}/1").status_code == 404
