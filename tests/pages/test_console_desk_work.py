"""Lists, reports, numbers and reminders at the console."""

import csv
import io

import pytest
from console_desk import LOST, enter, go, paper_holders, phone_of
from playwright.sync_api import expect

from mobile_sim.list_files import list_file


@pytest.fixture
def page(world, visitor):
    return enter(world, visitor)


@pytest.fixture
def phone(world):
    with phone_of(world, paper_holders(world, 30, 1)[0], "申出のスマホ") as made:
        yield made


def in_dialog(page, button):
    page.get_by_role("dialog").get_by_role("button", name=button).click()


def how_many(page):
    """The open reports that the menu counts."""
    told = page.locator("#ways .waiting")
    return int(told.inner_text().partition("件")[0]) if told.count() else 0


def test_a_report_is_answered_and_closed(page, phone):
    asked = {"kind": "wrong-copay", "text": "2割のはずです"}
    phone.post("/v1/patient/reports", asked)
    page.reload()
    waiting = page.locator("#waiting li").filter(has_text="本人からの申出")
    expect(waiting).to_contain_text("いちばん古いものは")
    expect(page.locator("#ways .waiting")).to_contain_text("件が未対応")
    count = how_many(page)
    waiting.get_by_role("link", name="申出に答える").click()
    report = page.get_by_role("article").filter(has_text="2割のはずです")
    expect(report).to_contain_text("負担割合が違う")

    report.get_by_role("textbox").fill("確認しました。\n訂正します。")
    go(page, "runs")
    page.go_back()
    expect(report.get_by_role("textbox")).to_have_value("確認しました。\n訂正します。")
    report.get_by_role("button", name="回答して対応を終える").click()

    expect(report).to_have_count(0)
    assert how_many(page) == count - 1
    page.get_by_role("button", name="対応済み").click()
    expect(report).to_contain_text("確認しました。 訂正します。")
    told = phone.get("/v1/patient/reports")["reports"]
    [closed] = [it for it in told if it["closed_at"]]
    assert closed["text"] == "2割のはずです"


def test_an_empty_answer_says_what_is_missing(page, phone):
    phone.post("/v1/patient/reports", {"kind": "other", "text": "無回答の試し"})
    go(page, "reports")
    report = page.get_by_role("article").filter(has_text="無回答の試し")

    report.get_by_role("button", name="回答して続ける").click()

    expect(page.get_by_role("alert").locator(".field")).to_have_text("文章")
    expect(report).to_be_visible()


def test_numbers_are_charts_with_a_table_and_a_file(world, page):
    made_up = paper_holders(world, 31, 1)[0]
    paper = world.paper_of(world.residents, made_up)
    assert world.clinic.check(paper["qr"])["outcome"] == "valid"

    go(page, "figures")

    charts = page.get_by_role("img")
    expect(charts.first).to_be_visible()
    expect(charts.first.locator("desc")).to_contain_text("有効")
    page.locator("summary").first.click()
    table = page.locator("details table").first
    expect(table.locator("tbody tr")).to_have_count(30)
    page.locator("#days-90").click()
    expect(page.locator("details table").first.locator("tbody tr")).to_have_count(13)
    with page.expect_download() as taken:
        page.locator("#csv").click()
    rows = list(csv.reader(io.StringIO(taken.value.path().read_text("utf-8-sig"))))
    assert len(rows) == 91
    assert int(rows[-1][rows[0].index("checks:valid")]) >= 1


def test_a_member_list_is_looked_at_and_committed(world, page):
    insurer = world.residents.insurer
    moved = list_file(insurer).decode(insurer.encoding)
    line = moved.splitlines()[-1]
    address = line.split(",")[8]
    content = moved.replace(line, line.replace(address, "架空県見本市新町9番9号"))
    file = {
        "name": "加入者.csv",
        "mimeType": "text/csv",
        "buffer": content.encode(insurer.encoding),
    }
    go(page, "list")
    page.locator("#list").set_input_files(file)
    page.locator("#do-preview").click()
    expect(page.locator("#preview")).to_contain_text("変わる行を見る（1件）")

    page.locator("#do-commit").click()
    expect(page.get_by_role("dialog")).to_contain_text("変更 1件")
    in_dialog(page, "確定する")

    expect(page.locator(".note.good")).to_contain_text("変更1件")


def test_reminders_are_a_file_for_letters(page):
    go(page, "reminders")
    page.locator("#days").select_option("60")

    with page.expect_download() as taken:
        page.locator("#do-reminders-cp932").click()

    assert taken.value.suggested_filename == "reminders-60-cp932.csv"
    assert taken.value.path().read_bytes().decode("cp932")


def test_unsent_work_is_warned_of_before_the_tab_closes(world, page):
    go(page, "issue")
    content = f"番号\r\n{LOST}\r\n".encode()
    file = {"name": "一覧.csv", "mimeType": "text/csv", "buffer": content}
    page.locator("#list").set_input_files(file)
    expect(page.locator("#do-preview")).to_be_visible()
    warned = []
    page.on("dialog", lambda it: (warned.append(it.type), it.accept()))

    page.reload()

    assert warned == ["beforeunload"]
