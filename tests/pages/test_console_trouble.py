"""Whatever goes wrong at the console, it says so, and nothing is lost or done twice."""

import csv
import io

import pytest
from console_desk import arrive, enter, go, orders, paper_holders, serials_file
from playwright.sync_api import expect
from test_console_signing_in import end_sessions
from visiting import barriers

from mobile_sim.list_files import HEADER

NAMES = {
    "9900001": "邊󠄀見　●子髙",
    "9900002": "مريم بنت عبد العزيز",
    "9900003": "🌸田　花子",
    "9900004": ("寿限無寿限無五劫の擦り切れ海砂利水魚の水行末" * 2)[:40],
}
RUN_OF_ITS_OWN = "**/v1/insurer/runs/run-*"


@pytest.fixture
def page(world, visitor):
    return enter(world, visitor)


@pytest.fixture(scope="module")
def odd_names(world):
    """Members whose names are a trial for any page."""
    text = io.StringIO()
    rows = csv.DictWriter(text, HEADER, restval="")
    rows.writeheader()
    for number, name in NAMES.items():
        rows.writerow(
            {
                "保険者番号": world.residents.insurer.number,
                "番号": number,
                "枝番": "01",
                "氏名": name,
                "氏名カナ": "ｺﾝﾅﾝ ﾊﾅｺ",
                "生年月日": "1980-01-01",
                "性別": "女",
                "本人家族": "本人",
                "資格取得年月日": "2020-04-01",
                "マイナ保険証": "USABLE",
            }
        )
    told = world.residents.register_list(text.getvalue().encode())
    assert told["errors"] == []
    world.residents.commit(told["list_id"])
    return NAMES


@pytest.fixture
def second(page, world):
    """Another tab of the same operator."""
    made = page.context.new_page()
    made.goto(f"{world.house.base_url}/console/#/runs")
    expect(made.locator("#sign-out")).to_be_visible()
    return made


def begin(page, file):
    go(page, "issue")
    page.locator("#list").set_input_files(file)
    page.locator("#do-preview").click()
    page.locator("#do-begin").click()
    expect(page.locator("#cancel, #do-utf8").first).to_be_visible()
    return page.url.partition("#")[2]


@pytest.mark.parametrize("width", [320, 1280])
def test_every_name_is_shown_whole_and_apart(world, visitor, odd_names, width):
    page = enter(world, visitor, width=width)
    go(page, "members")
    for number, name in odd_names.items():
        page.locator("#number").fill(number)
        page.locator("#do-search").click()
        page.locator("tbody a bdi").get_by_text(name, exact=True).click()

        expect(page.locator("h1 bdi")).to_have_text(name)
        expect(page.locator(".facts dd bdi").first).to_have_text(name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator("#issue-one").click()
        expect(page.get_by_role("dialog").locator("bdi").first).to_have_text(name)
        page.keyboard.press("Escape")
        page.go_back()
    assert barriers(page) == []


def test_what_one_tab_begins_and_ends_the_other_shows(world, page, second):
    file = orders(world, paper_holders(world, 10, 1), strangers=1_020)

    run = begin(page, file)

    row = second.locator(f'tbody tr:has(a[href="#{run}"])')
    expect(row).to_contain_text("承認待ち")
    page.locator("#cancel").click()
    page.get_by_role("dialog").get_by_role("button", name="取り消す").click()
    expect(row).to_contain_text("取消し")


def test_two_tabs_begin_one_list_once(world, page, second):
    file = orders(world, [], strangers=2) | {"name": "二つ.csv"}
    file["buffer"] += orders(world, paper_holders(world, 11, 1))["buffer"].partition(
        b"\n"
    )[2]
    for tab in (page, second):
        go(tab, "issue")
        tab.locator("#list").set_input_files(file)
        tab.locator("#do-preview").click()
        expect(tab.locator("#do-begin")).to_be_visible()

    page.locator("#do-begin").click()
    expect(page.locator("#do-utf8")).to_be_visible()
    second.locator("#do-begin").click()
    known = second.get_by_role("dialog").get_by_role("button", name="その処理を見る")
    expect(known.or_(second.locator("#do-utf8"))).to_be_visible()
    if known.is_visible():  # not so where the two were a moment apart
        known.click()

    expect(second.locator("#do-utf8")).to_be_visible()
    assert second.url.partition("#")[2] == page.url.partition("#")[2]


def test_what_is_typed_in_one_tab_outlasts_the_others_work(world, page, second):
    go(second, "members")
    second.locator("#name").press_sequentially("髙橋")

    run = begin(page, orders(world, paper_holders(world, 12, 1), strangers=1_030))

    expect(second.locator("#name")).to_be_focused()
    expect(second.locator("#name")).to_have_value("髙橋")
    go(page, run.removeprefix("/"))
    page.locator("#cancel").click()
    page.get_by_role("dialog").get_by_role("button", name="取り消す").click()


def test_a_server_that_fails_is_said_and_tried_again(world, page):
    paper = world.paper_of(world.residents, paper_holders(world, 13, 1)[0])
    go(page, "withdraw")
    page.locator("#reason").select_option("lost")
    page.locator("#list").set_input_files(serials_file([paper["serial"]]))
    failing = {"status": 503, "content_type": "text/html", "body": "<h1>Busy</h1>"}
    page.route("**/withdrawals/preview?*", lambda route: route.fulfill(**failing))
    page.locator("#do-preview").click()
    expect(page.get_by_role("alert")).to_contain_text("サーバーで問題が起きました")
    expect(page.locator(".drop")).to_contain_text("失効一覧.csv")

    page.unroute("**/withdrawals/preview?*")
    page.locator("#do-preview").click()

    expect(page.locator("#preview")).to_contain_text("1行を読みました")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_server_that_says_why_it_cannot_now_is_heard(world, page):
    begin(page, orders(world, paper_holders(world, 67, 1)))
    said = "別の印刷ファイルを作成中です。少し待ってやり直してください。"
    busy = {
        "code": "unavailable",
        "said": {"ja": said, "en": "Try again in a moment."},
        "remedy": {"ja": "同じ Idempotency-Key で", "en": "Repeat the request"},
    }
    doors = "**/prints/1?*"
    page.route(doors, lambda route: route.fulfill(status=503, json=busy))
    page.locator("#do-part-1").click()
    expect(page.get_by_role("alert")).to_have_text(said)

    internal = {**busy, "code": "internal"}
    page.route(doors, lambda route: route.fulfill(status=500, json=internal))
    page.locator("#do-part-1").click()

    expect(page.get_by_role("alert")).to_contain_text("サーバーで問題が起きました")


@pytest.mark.parametrize(
    ("skip", "status", "said"),
    [(68, 503, "サーバーで問題が起きました"), (69, 409, "受け付けられませんでした")],
)
def test_print_files_refused_without_words_are_told_of(world, page, skip, status, said):
    begin(page, orders(world, paper_holders(world, skip, 1)))
    expect(page.locator("#do-part-1")).to_be_visible()
    answer = {"status": status, "json": {"code": "odd"}}
    page.route("**/prints?*", lambda route: route.fulfill(**answer))

    page.reload()

    expect(page.locator("main .note")).to_have_count(1)
    expect(page.locator("main .note")).to_contain_text(said)
    page.unroute("**/prints?*")
    page.reload()
    expect(page.locator("#do-part-1")).to_be_visible()


def test_a_page_that_cannot_be_asked_for_says_so(page):
    page.route("**/v1/insurer/figures?*", lambda route: route.abort())

    go(page, "figures")

    expect(page.get_by_role("alert")).to_contain_text("サーバーにつながりません")


def test_a_network_lost_while_a_run_goes_on_is_said_and_caught_up(world, page):
    begin(page, orders(world, paper_holders(world, 14, 1), strangers=1_040))
    running = {"state": "ready", "seconds_left": 90}

    def going_on(route):
        told = route.fetch().json()
        route.fulfill(json={**told, **running})

    page.route(RUN_OF_ITS_OWN, going_on)
    expect(page.locator("#progress")).to_contain_text("残り約2分", timeout=20_000)
    page.unroute(RUN_OF_ITS_OWN)
    page.route(RUN_OF_ITS_OWN, lambda route: route.abort())
    expect(page.locator("#progress")).to_contain_text(
        "処理はサーバーで続いています", timeout=20_000
    )

    page.unroute(RUN_OF_ITS_OWN)

    expect(page.locator("#cancel")).to_be_visible()
    expect(page.locator(".badge").first).to_have_text("承認待ち", timeout=20_000)


def test_a_session_that_ends_in_the_middle_of_a_list_goes_on_with_it(world, page):
    go(page, "issue")
    page.locator("#form-card").check()
    page.locator("#list").set_input_files(
        orders(world, paper_holders(world, 15, 1), strangers=2)
    )
    end_sessions(page)

    page.locator("#do-preview").click()
    page.get_by_role("dialog").get_by_role(
        "button", name="パスキーでサインイン"
    ).click()

    expect(page.locator("#preview")).to_contain_text("3行を読みました")
    expect(page.locator("#form-card")).to_be_checked()


def test_the_door_without_a_network_says_so(visitor):
    page = arrive(visitor)
    page.context.set_offline(True)

    page.locator("#do-sign-in").click()

    expect(page.get_by_role("alert")).to_contain_text("サーバーにつながりません")
