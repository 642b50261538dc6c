"""A list on its way: what comes back counts for exactly what was asked."""

import re

import pytest
from console_desk import enter, go, orders, paper_holders, serials_file
from playwright.sync_api import expect
from slow_line import SlowLine
from test_console_signing_in import end_sessions
from visiting import barriers, the_first

RUN = re.compile(r"#/runs/run-")
LOOK_AT_ISSUE = "**/v1/insurer/runs/preview?*"
BEGIN_TO_ISSUE = "**/v1/insurer/runs?*"
LOOK_AT_WITHDRAWAL = "**/v1/insurer/withdrawals/preview?*"
READ_LATE = """() => {
  const read = File.prototype.arrayBuffer;
  File.prototype.arrayBuffer = async function () {
    if (this.name === "遅い.csv") await new Promise((go) => (globalThis.readNow = go));
    return read.call(this);
  };
}"""  # as from a drive on a slow network


@pytest.fixture
def page(world, visitor):
    return enter(world, visitor)


@pytest.fixture
def line(world):
    """Between the page and the house; it hands nothing on while it is silent."""
    with SlowLine(world.house.base_url).open() as made:
        yield made


def hold(page, doors):
    """The next request to these doors, kept until it is told to go on."""
    held = []
    page.route(doors, lambda route: held.append(route), times=1)
    return held


def by_line(page, doors, line):
    """The requests to these doors go by the line."""

    def turn(route):
        path = route.request.url.partition("/v1/")[2]
        route.continue_(url=f"{line.address}/v1/{path}")

    page.route(doors, turn)


def serials(world, skip, count):
    members = paper_holders(world, skip, count)
    return [world.paper_of(world.residents, it)["serial"] for it in members]


def look_at_issue(page, file):
    go(page, "issue")
    page.locator("#list").set_input_files(file)
    page.locator("#do-preview").click()


def look_at_withdrawal(page, file, step="suspended"):
    go(page, "withdraw")
    page.locator(f"#step-{step}").check()
    page.locator("#reason").select_option("lost")
    page.locator("#list").set_input_files(file)
    page.locator("#do-preview").click()


def test_while_a_list_is_looked_at_nothing_else_can_be_asked_of_it(world, page):
    held = hold(page, LOOK_AT_WITHDRAWAL)

    look_at_withdrawal(page, serials_file(serials(world, 60, 1)))

    expect(page.locator("#step-revoked")).to_be_disabled()
    expect(page.locator("#reason")).to_be_disabled()
    expect(page.locator("#list")).to_be_disabled()
    the_first(page, held).continue_()
    expect(page.get_by_role("button", name="1件を停止する")).to_be_visible()
    expect(page.locator("#step-revoked")).to_be_enabled()


def test_the_paper_is_chosen_before_a_list_is_looked_at(world, page):
    held = hold(page, LOOK_AT_ISSUE)
    go(page, "issue")
    page.locator("#list").set_input_files(orders(world, paper_holders(world, 60, 1)))

    page.locator("#do-preview").click()

    expect(page.locator("#form-card")).to_be_disabled()
    the_first(page, held).continue_()
    expect(page.locator("#preview")).to_contain_text("1行を読みました")
    expect(page.locator("#form-card")).to_be_enabled()


def test_the_preview_of_one_list_is_never_shown_as_that_of_another(world, page):
    page.evaluate(READ_LATE)
    held = hold(page, LOOK_AT_WITHDRAWAL)
    one, two = serials(world, 60, 2)
    go(page, "withdraw")
    page.locator("#list").set_input_files(
        serials_file([one, two]) | {"name": "遅い.csv"}
    )
    look_at_withdrawal(page, serials_file([one]))
    expect(page.locator("#sending")).to_contain_text("内容を確かめています")

    page.evaluate("readNow()")
    expect(page.locator(".drop")).to_contain_text("遅い.csv")
    the_first(page, held).continue_()

    expect(page.locator("#sending-stop")).to_have_count(0)
    expect(page.locator("#do-preview")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#preview")).to_have_count(0)
    page.locator("#do-preview").click()
    expect(page.get_by_role("button", name="2件を停止する")).to_be_visible()


def test_a_list_that_is_read_while_it_is_asked_once_more_is_not_sent(world, page):
    page.evaluate(READ_LATE)
    begun = hold(page, "**/v1/insurer/withdrawals?*")
    one, two = serials(world, 60, 2)
    go(page, "withdraw")
    page.locator("#list").set_input_files(
        serials_file([one, two]) | {"name": "遅い.csv"}
    )
    look_at_withdrawal(page, serials_file([one]), "revoked")
    page.locator("#do-begin").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("1件の資格確認書を失効させますか")

    page.evaluate("readNow()")
    expect(page.locator(".drop")).to_contain_text("遅い.csv")
    asked.get_by_role("button", name="1件を失効させる").click()

    expect(asked).to_have_count(0)
    expect(page.locator("#do-preview")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#preview")).to_have_count(0)
    assert begun == []


def test_what_was_sent_whole_may_have_begun_though_it_is_stopped(world, page, line):
    look_at_issue(page, orders(world, paper_holders(world, 62, 1), strangers=6))
    expect(page.locator("#do-begin")).to_be_visible()
    line.speaks.clear()
    by_line(page, BEGIN_TO_ISSUE, line)
    page.locator("#do-begin").click()
    expect(page.locator("#sending")).to_contain_text("送信しました")

    page.locator("#sending-stop").click()

    expect(page.get_by_role("alert")).to_contain_text(
        "サーバーに届いているかもしれません。「一括処理の状況」で確かめてください"
    )
    line.speaks.set()
    page.locator("#do-begin").click()
    expect(page).to_have_url(RUN)  # without asking: it is the run that was begun


def test_a_preview_is_stopped_at_any_time(world, page, line):
    line.speaks.clear()
    by_line(page, LOOK_AT_ISSUE, line)
    look_at_issue(page, orders(world, paper_holders(world, 62, 1), strangers=7))
    expect(page.locator("#sending")).to_contain_text("送信しました")

    page.locator("#sending-stop").click()

    expect(page.locator("#sending-stop")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".drop")).to_contain_text("一覧.csv")


def test_one_list_is_sent_at_a_time_and_each_is_stopped_by_its_own_button(world, page):
    first = hold(page, LOOK_AT_ISSUE)
    second = hold(page, LOOK_AT_WITHDRAWAL)
    look_at_issue(page, orders(world, paper_holders(world, 63, 1)) | {"name": "先.csv"})
    look_at_withdrawal(page, serials_file(serials(world, 63, 1)))

    expect(page.get_by_role("alert")).to_contain_text("「先.csv」を送信しています")
    expect(page.locator("#upload-note")).to_contain_text("先.csv")
    expect(page.locator("#sending-stop")).to_have_count(0)
    assert second == []
    first[0].continue_()
    expect(page.locator("#upload-note")).to_have_count(0)
    page.locator("#do-preview").click()
    page.locator("#sending-stop").click()

    expect(page.locator("#sending-stop")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
    go(page, "issue")
    expect(page.locator("#preview")).to_contain_text("1行を読みました")


def test_a_list_that_waits_for_a_new_session_is_under_way(world, page):
    go(page, "issue")
    end_sessions(page)
    tokens = hold(page, "**/oauth/token")
    file = orders(world, paper_holders(world, 63, 1)) | {"name": "先.csv"}
    with page.expect_request("**/oauth/token"):  # the list itself was refused
        look_at_issue(page, file)
    look_at_withdrawal(page, serials_file(serials(world, 63, 1)))
    expect(page.get_by_role("alert")).to_contain_text("「先.csv」を送信しています")

    tokens[0].continue_()
    page.get_by_role("dialog").get_by_role(
        "button", name="パスキーでサインイン"
    ).click()

    expect(page.locator("#upload-note")).to_have_count(0)
    go(page, "issue")
    expect(page.locator("#preview")).to_contain_text("1行を読みました")


def begin_and_leave(page, file):
    """Begin to issue by a list, and open a dialog elsewhere before it is answered."""
    held = hold(page, BEGIN_TO_ISSUE)
    look_at_issue(page, file)
    page.locator("#do-begin").click()
    expect(page.locator("#sending")).to_contain_text("交付を始めています")
    go(page, "members")
    page.locator("#name").fill("見本")
    page.locator("#do-search").click()
    page.locator("tbody a").first.click()
    page.locator("#issue-one").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    return held


def test_whoever_left_is_told_of_the_run_and_stays_where_they_are(world, page):
    file = orders(world, paper_holders(world, 64, 1), strangers=8)
    held = begin_and_leave(page, file)

    the_first(page, held).continue_()

    told = page.locator(".upload-ended")
    expect(told).to_contain_text("「一覧.csv」の一括処理が始まりました")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page).to_have_url(re.compile("#/members/"))
    page.keyboard.press("Escape")
    go(page, "figures")
    expect(told).to_be_visible()
    assert barriers(page) == []
    told.get_by_role("link").click()
    expect(page).to_have_url(RUN)
    expect(told).to_have_count(0)
    go(page, "issue")
    expect(page.locator("#preview")).to_have_count(0)


def test_what_is_told_of_a_run_is_closed_or_ends_with_the_session(world, page):
    file = orders(world, paper_holders(world, 65, 1), strangers=9)
    begin_and_leave(page, file)[0].continue_()
    told = page.locator(".upload-ended")
    expect(told).to_be_visible()
    page.keyboard.press("Escape")
    told.get_by_role("button", name="閉じる").click()
    expect(told).to_have_count(0)
    page.wait_for_timeout(4_000)  # a run this young might be our own second try

    begin_and_leave(page, file)[0].continue_()
    expect(told).to_contain_text("「一覧.csv」は処理済みの一覧です")
    expect(page.get_by_role("dialog")).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator("#sign-out").click()
    page.locator("#do-sign-in").click()

    expect(page.locator("#sign-out")).to_be_visible()
    expect(told).to_have_count(0)


def test_a_list_under_way_ends_with_the_session(world, page):
    hold(page, LOOK_AT_ISSUE)
    look_at_issue(page, orders(world, paper_holders(world, 66, 1)))
    expect(page.locator("#sending-stop")).to_be_visible()
    page.locator("#sign-out").click()
    page.locator("#do-sign-in").click()
    expect(page.locator("#sign-out")).to_be_visible()

    look_at_issue(page, orders(world, paper_holders(world, 66, 1)))

    expect(page.locator("#preview")).to_contain_text("1行を読みました")
