"""A list of serials at the console: looked at line by line, then withdrawn."""

import re

import pytest
from console_desk import enter, go, paper_holders, serials_file
from playwright.sync_api import expect
from visiting import barriers

RUN = re.compile(r"#/runs/run-")


@pytest.fixture
def page(world, visitor):
    shown = enter(world, visitor)
    go(shown, "withdraw")
    return shown


def serials(world, members):
    return [world.paper_of(world.residents, it)["serial"] for it in members]


def look(page, step, file):
    page.locator(f"#step-{step}").check()
    page.locator("#reason").select_option("lost")
    page.locator("#list").set_input_files(file)
    page.locator("#do-preview").click()


def states(world, members):
    papers = [world.residents.member(it)["certificates"] for it in members]
    return {paper["state"] for of_member in papers for paper in of_member}


def counts(page):
    return page.locator(".counts b").all_text_contents()


def test_every_line_is_told_before_anything_is_withdrawn(world, page):
    members = paper_holders(world, 50, 2)
    mine = serials(world, members)
    foreign = world.paper_of(world.employees, world.cast.retired)["serial"]
    file = serials_file([*mine, mine[0], foreign, "AAAA-AAAA-AAAA-AAAD", "12"])

    look(page, "suspended", file)

    expect(page.locator("#preview")).to_contain_text("6行を読みました")
    assert counts(page) == ["2", "1", "3"]
    told = page.locator("#preview tbody tr")
    expect(told).to_have_count(3)
    for line in told.all():
        expect(line).to_contain_text("発行番号")
        expect(line).to_contain_text("対処：")
    page.locator("#lines-skipped").click()
    expect(told).to_contain_text(["既にその状態です"])
    assert barriers(page) == []
    with page.expect_download() as taken:
        page.locator("#do-take-rejected").click()
    rows = taken.value.path().read_bytes().decode("utf-8-sig").splitlines()
    assert [row.partition(",")[0] for row in rows[1:]] == ["5", "6", "7"]
    assert states(world, members) == {"valid"}


def test_what_was_looked_at_is_withdrawn_when_it_is_said_twice(world, page):
    members = paper_holders(world, 52, 2)
    look(page, "revoked", serials_file(serials(world, members)))

    page.get_by_role("button", name="2件を失効させる").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("取り消せません")
    dialog.get_by_role("button", name="やめる").click()
    assert states(world, members) == {"valid"}
    page.locator("#do-begin").click()
    dialog.get_by_role("button", name="2件を失効させる").click()

    expect(page).to_have_url(RUN)
    expect(page.locator(".badge").first).to_have_text("完了", timeout=30_000)
    assert states(world, members) == {"revoked"}


def test_those_suspended_by_a_list_are_refused_at_the_desk(world, page):
    made_up = paper_holders(world, 32, 1)[0]
    paper = world.paper_of(world.residents, made_up)
    expect(page.locator("main")).to_contain_text("理由と一覧を選ぶと")

    look(page, "suspended", serials_file([paper["serial"]]))
    page.locator("#do-begin").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("あとで解除できます")
    dialog.get_by_role("button", name="1件を停止する").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("一括使用停止")
    expect(page.locator(".badge").first).to_have_text("完了", timeout=30_000)
    assert world.clinic.check(paper["qr"])["outcome"] == "suspended"


def test_another_step_is_looked_at_anew(world, page):
    look(page, "suspended", serials_file(serials(world, paper_holders(world, 54, 1))))
    expect(page.locator("#preview")).to_contain_text("停止する")

    page.locator("#step-reinstated").check()

    expect(page.locator("#preview")).to_have_count(0)
    page.locator("#do-preview").click()
    expect(page.locator("#preview tbody tr")).to_contain_text(["停止されていない"])
    expect(page.locator("#do-begin")).to_have_count(0)
    expect(page.locator("#preview")).to_contain_text("一覧を直して選び直して")


def test_a_list_without_serials_names_heading_reason_and_cure(page):
    look(page, "suspended", serials_file(["1"], heading="番号"))

    trouble = page.get_by_role("alert")
    expect(trouble.locator(".field")).to_have_text("見出し行")
    expect(trouble).to_contain_text("「発行番号」の列が1つではありません")
    expect(trouble).to_contain_text("対処：")
