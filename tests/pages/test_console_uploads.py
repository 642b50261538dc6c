"""A list on its way: what comes back counts for exactly what was asked."""

import re

import pytest
from console_desk import enter, go, orders, paper_holders, serials_file
from playwright.sync_api import expect

RUN = re.compile(r"#/runs/run-")
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


def hold(page, doors):
    """The requests to these doors, each kept until it is told to go on."""
    held = []
    page.route(doors, lambda route: held.append(route))
    return held


def serials(world, skip, count):
    members = paper_holders(world, skip, count)
    return [world.paper_of(world.residents, it)["serial"] for it in members]


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
    held[0].continue_()
    expect(page.get_by_role("button", name="1件を停止する")).to_be_visible()
    expect(page.locator("#step-revoked")).to_be_enabled()


def test_the_paper_is_chosen_before_a_list_is_looked_at(world, page):
    held = hold(page, "**/v1/insurer/runs/preview?*")
    go(page, "issue")
    page.locator("#list").set_input_files(orders(world, paper_holders(world, 60, 1)))

    page.locator("#do-preview").click()

    expect(page.locator("#form-card")).to_be_disabled()
    held[0].continue_()
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
    held[0].continue_()

    expect(page.locator("#sending-stop")).to_have_count(0)
    expect(page.locator("#do-preview")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#preview")).to_have_count(0)
    page.unroute(LOOK_AT_WITHDRAWAL)
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
