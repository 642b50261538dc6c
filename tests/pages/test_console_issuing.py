"""A list at the console: looked at, begun, approved by a colleague, followed, taken."""

import csv
import io
import re
import zipfile

import pytest
from console_desk import enter, go, orders, paper_holders
from playwright.sync_api import expect
from visiting import barriers

AWAITED = re.compile("あなたの承認を待つ処理が[1-9][0-9]*件")  # others left theirs
RUN = re.compile(r"#/runs/run-")


@pytest.fixture
def page(world, visitor):
    shown = enter(world, visitor)
    go(shown, "issue")
    return shown


def choose(page, file):
    page.locator("#list").set_input_files(file)
    page.locator("#do-preview").click()
    expect(page.locator("#preview")).to_be_visible()


def counts(page):
    return page.locator(".counts b").all_text_contents()


def downloaded(page, button):
    with page.expect_download() as taken:
        page.locator(button).click()
    return taken.value.suggested_filename, taken.value.path().read_bytes()


def test_a_list_is_looked_at_line_by_line_before_anything_is_done(world, page):
    members = paper_holders(world, 0, 2)

    choose(page, orders(world, [*members, members[0]], strangers=1))

    expect(page.locator("#preview")).to_contain_text(
        "文字コード cp932、4行を読みました"
    )
    assert counts(page) == ["2", "1", "1"]
    told = page.locator("#preview tbody tr")
    expect(told).to_have_count(1)
    expect(told.first).to_contain_text("エラー")
    expect(told.first).to_contain_text("対処：")
    page.locator("#lines-skipped").click()
    expect(told.first).to_contain_text("対象外")
    page.locator("#lines-done").click()
    expect(told).to_have_count(2)
    name, content = downloaded(page, "#do-take-rejected")
    assert name == "一覧-rejected.csv"
    assert [line[:2] for line in content.decode("utf-8-sig").splitlines()[1:]] == ["5,"]
    _, content = downloaded(page, "#do-take-all")
    assert len(content.decode("utf-8-sig").splitlines()) == 5
    go(page, "runs")
    expect(page.locator("main")).not_to_contain_text("2 / 4")


def test_what_was_looked_at_is_issued_and_its_files_are_taken(world, page):
    choose(page, orders(world, paper_holders(world, 2, 2), strangers=1))

    page.get_by_role("button", name="2件を交付する").click()

    expect(page).to_have_url(RUN)
    expect(page.locator(".badge").first).to_have_text("完了", timeout=30_000)
    assert counts(page) == ["2", "0", "1"]
    name, content = downloaded(page, "#do-utf8")
    assert name.endswith("-result-utf-8.csv")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 4
    _, cp932 = downloaded(page, "#do-cp932")
    assert cp932.decode("cp932").count("\n") == 4
    _, printed = downloaded(page, "#do-part-1")
    with zipfile.ZipFile(io.BytesIO(printed)) as zipped:
        assert [it.rpartition(".")[2] for it in zipped.namelist()] == ["pdf", "csv"]
    page.reload()
    expect(page.locator(".badge").first).to_have_text("完了")


def test_the_same_list_again_is_the_same_run(world, page):
    file = orders(world, paper_holders(world, 4, 1), strangers=2)
    choose(page, file)
    page.locator("#do-begin").click()
    expect(page).to_have_url(RUN)
    first = page.url
    page.wait_for_timeout(4_000)  # a run this young might be our own second try

    go(page, "issue")
    choose(page, file)
    page.locator("#do-begin").click()
    known = page.get_by_role("dialog")
    expect(known).to_contain_text("二重には処理しません")
    known.get_by_role("button", name="その処理を見る").click()

    expect(page).to_have_url(first)


def test_a_large_run_waits_for_a_colleague(world, page, another_visitor):
    choose(page, orders(world, paper_holders(world, 5, 1), strangers=1_001))
    page.get_by_role("button", name="承認待ちになります").click()
    expect(page).to_have_url(RUN)
    expect(page.locator("main")).to_contain_text("あなたが作成した処理です")
    expect(page.locator("#approve")).to_have_count(0)
    run = page.url.partition("#/")[2]

    colleague = enter(world, another_visitor(), "試谷　承認")
    waiting = colleague.locator("#waiting li").filter(has_text="1,002行")
    expect(waiting).to_contain_text(["見本　担当"])
    go(colleague, "runs")
    expect(colleague.locator("main")).to_contain_text(AWAITED)
    expect(colleague.locator(f'a[href="#/{run}"]')).to_be_visible()
    go(colleague, run)
    colleague.locator("#do-look").click()
    expect(colleague.locator("#preview")).to_contain_text("1,002行を読みました")
    assert counts(colleague) == ["1", "0", "1,001"]
    assert barriers(colleague) == []
    expect(colleague.locator("#preview tbody tr")).to_have_count(100)
    _, content = downloaded(colleague, "#do-take-rejected")
    assert len(content.decode("utf-8-sig").splitlines()) == 1_002
    colleague.locator("#approve").click()
    expect(colleague.get_by_role("dialog")).to_contain_text("見本　担当")
    colleague.get_by_role("dialog").get_by_role("button", name="承認する").click()

    expect(page.locator(".badge").first).to_have_text("完了", timeout=30_000)
    assert counts(page) == ["1", "0", "1,001"]
    expect(page.locator(".facts")).to_contain_text("試谷　承認")
    expect(page.locator("#do-part-1")).to_be_visible()


def test_a_run_that_waits_is_cancelled_and_goes_on(world, page):
    choose(page, orders(world, [], strangers=1_002) | {"name": "x.csv"})
    expect(page.locator("#do-begin")).to_have_count(0)

    choose(page, orders(world, paper_holders(world, 6, 1), strangers=1_002))
    page.locator("#do-begin").click()
    page.locator("#cancel").click()
    page.get_by_role("dialog").get_by_role("button", name="取り消す").click()
    expect(page.locator(".badge").first).to_have_text("取消し")
    page.locator("#do-resume").click()

    expect(page.locator(".badge").first).to_have_text("承認待ち")


def test_a_network_lost_in_the_upload_is_tried_again_without_doing_it_twice(
    world, page
):
    choose(page, orders(world, paper_holders(world, 7, 1), strangers=3))
    lost = []

    def lose(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch().json()["run_id"])  # it arrived, its answer does not
        return route.abort("connectionreset")

    page.route("**/v1/insurer/runs?*", lose)
    page.locator("#do-begin").click()
    expect(page.get_by_role("alert")).to_contain_text("サーバーにつながりません")
    expect(page.locator(".drop")).to_contain_text("一覧.csv")
    page.locator("#do-begin").click()

    expect(page).to_have_url(RUN)
    assert page.url.endswith(lost[0])


def test_back_during_an_upload_loses_nothing(world, page):
    choose(page, orders(world, paper_holders(world, 8, 1), strangers=4))
    held = []
    page.route("**/v1/insurer/runs?*", lambda route: held.append(route))
    page.locator("#do-begin").click()
    expect(page.locator("#sending")).to_contain_text("交付を始めています")

    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text("きょうの仕事")
    expect(page.locator("#upload-note")).to_contain_text("一覧.csv")
    page.locator("#upload-note a").click()
    expect(page.locator("#sending")).to_contain_text("交付を始めています")
    held[0].continue_()
    expect(page).to_have_url(RUN)


def test_an_upload_is_stopped_and_the_list_is_still_there(world, page):
    file = orders(world, [], strangers=5)
    page.route("**/v1/insurer/runs/preview?*", lambda route: None)
    page.locator("#list").set_input_files(file)
    page.locator("#do-preview").click()

    page.locator("#sending-stop").click()

    expect(page.locator("#sending-stop")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".drop")).to_contain_text("一覧.csv")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("一覧.xls", b"\xd0\xcf\x11\xe0", "古い形式の Excel"),
        ("一覧.pdf", b"%PDF-", "この種類のファイルは受け付けません"),
        ("一覧.csv", b"", "ファイルが空です"),
    ],
)
def test_a_file_that_is_no_list_is_refused_before_it_is_sent(page, name, content, said):
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}

    page.locator("#list").set_input_files(file)

    expect(page.get_by_role("alert")).to_contain_text(said)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ("氏名,年齢\r\n見本　花子,41\r\n".encode(), "見出し行"),
        ("保険者番号,番号,生年月日\r\n".encode(), "ファイル"),
    ],
)
def test_a_list_that_cannot_be_read_names_field_reason_and_cure(page, content, field):
    file = {"name": "一覧.csv", "mimeType": "text/csv", "buffer": content}
    page.locator("#list").set_input_files(file)

    page.locator("#do-preview").click()

    trouble = page.get_by_role("alert")
    expect(trouble.locator(".field")).to_contain_text(field)
    expect(trouble).to_contain_text("対処：")
