"""The first page says what waits, and what to do about it."""

import json
import re

import pytest
from console_desk import enter, go, orders, paper_holders
from playwright.sync_api import expect
from visiting import barriers

OVERVIEW = "**/v1/insurer/overview"
QUIET = {
    "open_reports": 0,
    "oldest_report_at": None,
    "certificates_expiring": 0,
    "expiring_days": 30,
    "delivered_at": "2026-11-01T00:00:00Z",
    "has_signing_key": True,
}

UNDER_WAY = {
    "run_id": "run-0",
    "kind": "issue",
    "asked": "card",
    "state": "ready",
    "lines": 10_000,
    "counts": {"decided": 2_500, "done": 2_490, "skipped": 9, "rejected": 1},
    "made_by": "opr-0",
    "made_by_name": "試谷　承認",
    "made_at": "2026-11-01T00:00:00Z",
    "may_approve": False,
}


@pytest.fixture
def page(world, visitor):
    return enter(world, visitor)


def with_overview(page, **told):
    """What the house would say at another time, and how the page shows it."""
    body = json.dumps({**QUIET, **told})
    answer = {"status": 200, "content_type": "application/json", "body": body}
    page.route(OVERVIEW, lambda route: route.fulfill(**answer))
    page.reload()
    expect(page.locator("#waiting")).to_be_visible()


def test_the_last_list_is_told_with_its_age(page):
    expect(page.locator("main")).to_contain_text("最後の登録・確認")
    expect(page.locator("main .facts dd").first).to_contain_text(
        re.compile("たった今|[分時]前|時間前")
    )


@pytest.mark.parametrize(
    ("told", "said", "step"),
    [
        (
            {"certificates_expiring": 1200},
            "期限が切れる資格確認書 1,200件",
            "#/reminders",
        ),
        ({"certificates_expiring": 10_000}, "10,000件以上", "#/reminders"),
        ({"delivered_at": "2025-01-01T00:00:00Z"}, "1か月以上", "#/list"),
        ({"delivered_at": None}, "まだ登録されていません", "#/list"),
        (
            {"open_reports": 3, "oldest_report_at": "2025-01-01T00:00:00Z"},
            "申出 3件",
            "#/reports",
        ),
    ],
)
def test_what_waits_names_its_one_next_step(page, told, said, step):
    with_overview(page, **told)

    waiting = page.locator("#waiting li").filter(has_text=said)
    expect(waiting).to_have_count(1)
    expect(waiting.get_by_role("link")).to_have_attribute("href", step)


def test_without_a_signing_key_it_says_whom_to_tell(page):
    with_overview(page, has_signing_key=False)

    expect(page.locator("#waiting .bad")).to_contain_text("運用担当に伝えて")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(250, "残り約5分"), (3_700, "残り約1時間2分"), (None, "順番を待っています")],
)
def test_a_run_under_way_tells_how_long_still(page, seconds, said):
    told = {**UNDER_WAY, "seconds_left": seconds}
    page.route("**/v1/insurer/runs", lambda route: route.fulfill(json={"runs": [told]}))
    page.reload()

    going = page.locator("#going-on li")
    expect(going).to_contain_text(f"2,500 / 10,000 行、{said}")
    expect(going.get_by_role("progressbar")).to_have_attribute("value", "2500")
    assert barriers(page) == []


def test_own_runs_that_wait_are_under_way_and_none_of_ones_tasks(world, page):
    go(page, "issue")
    page.locator("#list").set_input_files(
        orders(world, paper_holders(world, 9, 1), strangers=1_010)
    )
    page.locator("#do-preview").click()
    page.locator("#do-begin").click()
    expect(page.locator("#cancel")).to_be_visible()
    run = page.url.partition("#")[2]

    page.locator(".brand").click()

    mine = page.locator(f'#going-on li:has(a[href="#{run}"])')
    expect(mine).to_contain_text("同僚の承認を待っています")
    expect(page.locator(f'#waiting a[href="#{run}"]')).to_have_count(0)
    go(page, run.removeprefix("/"))
    page.locator("#cancel").click()
    page.get_by_role("dialog").get_by_role("button", name="取り消す").click()
    expect(page.locator(".badge").first).to_have_text("取消し")
