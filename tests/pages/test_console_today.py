"""The first page says what waits, and what to do about it."""

import json
import re

import pytest
from console_desk import enter, go, orders, paper_holders
from playwright.sync_api import expect

OVERVIEW = "**/v1/insurer/overview"
QUIET = {
    "open_reports": 0,
    "oldest_report_at": None,
    "certificates_expiring": 0,
    "expiring_days": 30,
    "delivered_at": "2026-11-01T00:00:00Z",
    "has_signing_key": True,
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
