"""A member at the console: found, seen whole, their papers and phones acted upon."""

import pytest
from console_desk import enter, go, paper_holders
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import expect

from backend.credentials.signing import LocalSigner
from mobile_sim.http_client import Connection


@pytest.fixture
def page(world, visitor):
    shown = enter(world, visitor)
    go(shown, "members")
    return shown


def find(page, **typed):
    for field, value in typed.items():
        page.locator(f"#{field}").fill(value)
    page.locator("#do-search").click()
    expect(page.locator("main")).to_contain_text("（カナの順）")


def open_member(page, made_up):
    find(page, number=made_up.identity.number, birth=f"{made_up.birth_on:%Y/%m/%d}")
    page.locator("table").get_by_role("link", name=made_up.name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(made_up.name)


def in_dialog(page, button):
    page.get_by_role("dialog").get_by_role("button", name=button).click()


def test_a_birth_date_is_read_as_it_stands_on_a_paper(world, page):
    made_up = paper_holders(world, 20, 1)[0]
    born = made_up.birth_on

    page.locator("#birth").press_sequentially("Ｓ60.4.1")
    expect(page.locator("#birth-hint")).to_contain_text("昭和60年4月1日（1985年）")
    find(page, birth=f"{born.year}年{born.month}月{born.day}日")

    expect(page.locator("tbody")).to_contain_text(made_up.name)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"birth": "60.4.1"}, "生年月日を読み取れません"),
        ({"birth": "S60.2.30"}, "生年月日を読み取れません"),
        ({"symbol": "見本"}, "記号だけでは探せません"),
        ({}, "どれか1つ入れてください"),
    ],
)
def test_what_cannot_be_looked_for_is_said_at_once(page, typed, said):
    for field, value in typed.items():
        page.locator(f"#{field}").fill(value)

    page.locator("#do-search").click()

    expect(page.locator("#complaint")).to_contain_text(said)


def test_many_are_shown_a_page_at_a_time_and_back_leads_to_them(page):
    find(page, name="ン")
    expect(page.locator("tbody tr")).to_have_count(20)

    page.locator("#do-more").click()
    expect(page.locator("tbody tr")).not_to_have_count(20)
    shown = page.locator("tbody tr").count()
    page.locator("tbody a").last.click()
    expect(page.locator("#issue-one")).to_be_visible()
    page.go_back()

    expect(page.locator("tbody tr")).to_have_count(shown)
    expect(page.locator("#name")).to_have_value("ン")


def test_nobody_found_says_how_to_go_on(page):
    page.locator("#name").fill("だれでもない")
    page.locator("#do-search").click()

    expect(page.locator(".empty")).to_contain_text("カナでさがすと確実です")


def test_a_certificate_is_suspended_reinstated_and_revoked(world, page):
    made_up = paper_holders(world, 21, 1)[0]
    open_member(page, made_up)

    page.get_by_role("button", name="停止").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(made_up.name)
    expect(dialog).to_contain_text("あとで解除できます")
    in_dialog(page, "停止する")
    expect(dialog).to_be_visible()  # a reason is needed
    page.locator("#reason").select_option("lost")
    in_dialog(page, "停止する")
    expect(page.locator("main")).to_contain_text("停止中")
    paper = world.paper_of(world.residents, made_up)
    assert world.clinic.check(paper["qr"])["outcome"] == "suspended"

    page.get_by_role("button", name="停止を解除").click()
    in_dialog(page, "解除する")
    expect(page.locator("#told")).to_contain_text("停止を解除しました")
    assert world.clinic.check(paper["qr"])["outcome"] == "valid"

    page.get_by_role("button", name=f"失効 {paper['serial']}").click()
    expect(dialog).to_contain_text("取り消せません")
    page.locator("#reason").select_option("returned")
    in_dialog(page, "失効させる")
    expect(page.locator("#told")).to_contain_text("失効しました")
    assert world.clinic.check(paper["qr"])["outcome"] == "revoked"


def test_a_dialog_that_is_left_changes_nothing(world, page):
    made_up = paper_holders(world, 22, 1)[0]
    open_member(page, made_up)
    page.locator("button[id^=revoke-]").click()

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("button[id^=revoke-]")).to_be_focused()
    paper = world.paper_of(world.residents, made_up)
    assert world.clinic.check(paper["qr"])["outcome"] == "valid"


def test_whoever_holds_a_certificate_gets_no_second_one(world, page):
    open_member(page, paper_holders(world, 23, 1)[0])

    page.locator("#issue-one").click()
    in_dialog(page, "交付する")

    expect(page.get_by_role("alert")).to_contain_text("資格確認書")
    in_dialog(page, "やめる")
    expect(page.locator("button[id^=revoke-]")).to_have_count(1)


def test_a_code_activates_a_phone_and_all_phones_are_ended(world, page):
    made_up = paper_holders(world, 24, 1)[0]
    open_member(page, made_up)
    expect(page.locator("#end-phones")).to_have_count(0)

    page.locator("#give-code").click()
    expect(page.get_by_role("dialog")).to_contain_text("前に発行した未使用のコード")
    in_dialog(page, "発行する")
    code = page.locator("#activation-code").inner_text()
    in_dialog(page, "閉じる")
    key = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
    phone = Connection(world.house.base_url, key)
    phone.enrol(code, "手元のスマホ", door="activations")
    page.reload()
    expect(page.locator("main")).to_contain_text("使用中")

    page.locator("#end-phones").click()
    expect(page.get_by_role("dialog")).to_contain_text("スマホ 1 台を停止します")
    in_dialog(page, "すべて停止する")

    expect(page.locator("#end-phones")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("使用中")
    phone.close()


def test_the_history_is_read_when_asked_for(world, page):
    made_up = paper_holders(world, 25, 1)[0]
    world.clinic.check(world.paper_of(world.residents, made_up)["qr"])
    open_member(page, made_up)
    expect(page.locator("main")).to_contain_text("履歴を見たことは記録され")

    page.locator("#do-history").click()

    lines = page.locator("table").last.locator("tbody tr")
    expect(lines.first).to_contain_text("資格確認（資格確認書）")
    expect(lines.first).to_contain_text(world.clinic.clinic.name)
    expect(lines.first).to_contain_text("有効")


def test_a_member_of_another_insurer_is_not_found(world, page):
    person = world.employees.member(world.cast.retired)["person_id"]

    go(page, f"members/{person}")

    expect(page.get_by_role("alert")).to_contain_text("対処：")
