"""Answers that come late, twice or not at all: what is shown is what was asked for."""

import pytest
from console_desk import enter, go, orders, paper_holders, phone_of
from playwright.sync_api import expect
from test_console_issuing import RUN, choose
from visiting import the_first

SEARCH = "**/v1/insurer/members/search"
REPORTS = "**/v1/insurer/reports?*"
FIGURES = "**/v1/insurer/figures?*"
OVERVIEW = "**/v1/insurer/overview"
ANSWER = "**/v1/insurer/reports/*/answer"


@pytest.fixture
def page(world, visitor):
    return enter(world, visitor)


@pytest.fixture(scope="module")
def phone(world):
    with phone_of(world, paper_holders(world, 18, 1)[0], "遅れのスマホ") as made:
        yield made


def hold(page, door):
    """Questions to this door wait here, the first of them alone."""
    held = []
    page.route(door, lambda route: route.continue_() if held else held.append(route))
    return held


def let_go(page, held):
    """The answer that was held arrives; the page has taken it in."""
    first = the_first(page, held)
    with page.expect_response(lambda it: it.url == first.request.url):
        first.continue_()
    page.evaluate("new Promise((done) => setTimeout(done, 100))")


def seek(page, **typed):
    for field, value in typed.items():
        page.locator(f"#{field}").fill(value)
    page.locator("#do-search").click()


def filed(page, phone, text):
    """A report as it stands on the page of reports."""
    phone.post("/v1/patient/reports", {"kind": "other", "text": text})
    go(page, "reports")
    return page.get_by_role("article").filter(has_text=text)


def answers_to(phone, text):
    told = phone.get("/v1/patient/reports")["reports"]
    [report] = [it for it in told if it["text"] == text]
    return [it["text"] for it in report["answers"]]


def test_the_last_search_is_the_one_that_is_answered(page):
    go(page, "members")
    held = hold(page, SEARCH)
    seek(page, name="サ")

    seek(page, name="だれでもない")

    expect(page.locator("main")).to_contain_text("見つかりません")
    let_go(page, held)
    expect(page.locator("main")).to_contain_text("見つかりません")
    expect(page.locator("table")).to_have_count(0)


def test_a_search_that_was_cleared_brings_nobody(page):
    go(page, "members")
    held = hold(page, SEARCH)
    seek(page, name="サ")

    page.locator("#clear").click()
    let_go(page, held)

    expect(page.locator("table")).to_have_count(0)
    expect(page.locator("#do-search")).not_to_have_attribute("aria-busy", "true")


def test_more_is_more_of_what_is_shown(page):
    go(page, "members")
    seek(page, name="ン")
    expect(page.locator("caption")).to_contain_text("はじめの20人")
    page.locator("#name").fill("ア")

    with page.expect_request(SEARCH) as asked:
        page.locator("#do-more").click()

    assert asked.value.post_data_json["name"] == "ン"
    expect(page.locator("caption")).not_to_contain_text("20人")


def begun(page, world, skip):
    """A run for one holder of a certificate; the end of its address."""
    go(page, "issue")
    choose(page, orders(world, paper_holders(world, skip, 1)))
    page.locator("#do-begin").click()
    expect(page).to_have_url(RUN)
    return page.url.rpartition("/")[2]


def test_earlier_runs_are_a_page_further(world, page):
    earlier, later = begun(page, world, 33), begun(page, world, 34)

    def the_newest_alone(route):
        told = route.fetch().json()
        (newest,) = [it for it in told["runs"] if it["run_id"] == later]
        route.fulfill(json={"runs": [newest], "next": later})

    page.route("**/v1/insurer/runs", the_newest_alone)
    go(page, "runs")
    link = page.locator(f"a[href='#/runs/{earlier}']")
    expect(page.locator(f"a[href='#/runs/{later}']")).to_be_visible()
    expect(link).to_have_count(0)

    page.locator("#do-more").click()

    expect(link).to_be_visible()


def test_open_reports_do_not_stand_under_the_closed_ones(page, phone):
    phone.post("/v1/patient/reports", {"kind": "other", "text": "遅れて届く"})
    held = hold(page, REPORTS)
    go(page, "reports")

    page.locator("#which-closed").click()
    expect(page.locator("#which-closed")).to_have_attribute("aria-pressed", "true")
    let_go(page, held)

    expect(page.get_by_role("article").filter(has_text="遅れて届く")).to_have_count(0)


def test_figures_are_of_the_days_that_are_pressed(page):
    held = hold(page, FIGURES)
    go(page, "figures")

    page.locator("#days-7").click()
    expect(page.locator("#days-7")).to_have_attribute("aria-pressed", "true")
    let_go(page, held)

    with page.expect_download() as saved:
        page.locator("#csv").click()
    lines = saved.value.path().read_text("utf-8-sig").strip().splitlines()
    assert (saved.value.suggested_filename, len(lines)) == ("figures-7.csv", 1 + 7)


def test_a_member_who_cannot_be_asked_for_is_not_said_to_be_erased(page, phone):
    broken = {"status": 503, "json": {"code": "unavailable"}}
    door = "**/v1/insurer/members/per-*"
    page.route(door, lambda route: route.fulfill(**broken))
    report = filed(page, phone, "氏名の読み込み")
    expect(report.get_by_role("link", name="本人の画面を開く")).to_be_visible()
    page.unroute(door)

    page.locator("#which-closed").click()
    page.locator("#which-open").click()

    expect(report).to_contain_text("生）")
    expect(report).not_to_contain_text("登録が削除された方")


def test_an_answer_of_which_nobody_heard_is_given_once(page, phone):
    report = filed(page, phone, "二度の回答")
    page.route(ANSWER, lambda route: (route.fetch(), route.abort()), times=1)
    report.get_by_role("textbox").fill("確認します。")
    report.get_by_role("button", name="回答して続ける").click()
    expect(page.get_by_role("alert")).to_contain_text("つながりません")

    report.get_by_role("button", name="回答して続ける").click()

    expect(report.get_by_role("textbox")).to_have_value("")
    assert answers_to(phone, "二度の回答") == ["確認します。"]


def test_an_answer_that_was_given_is_shown_even_if_the_page_cannot_be_renewed(
    page, phone
):
    report = filed(page, phone, "更新できない")
    report.get_by_role("textbox").fill("承りました。")
    page.route(OVERVIEW, lambda route: route.abort())
    page.route(REPORTS, lambda route: route.abort())

    report.get_by_role("button", name="回答して続ける").click()

    expect(report).to_contain_text("承りました。")
    expect(report.get_by_role("textbox")).to_have_value("")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_is_typed_while_an_answer_is_under_way_stays(page, phone):
    report = filed(page, phone, "書きかけ")
    held = hold(page, ANSWER)
    report.get_by_role("textbox").fill("一通目")
    report.get_by_role("button", name="回答して続ける").click()
    report.get_by_role("textbox").fill("一通目。二通目も書く")

    let_go(page, held)

    expect(report.get_by_role("textbox")).to_have_value("一通目。二通目も書く")
    expect(report.locator(".note")).to_contain_text("一通目")
    assert answers_to(phone, "書きかけ") == ["一通目"]
