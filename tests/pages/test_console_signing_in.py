"""The console's door: a passkey is made, signs in, and its session ends on time."""

import pytest
from console_desk import a_code, arrive, enter, go, orders, register
from playwright.sync_api import expect

AGE = """async (minutes) => {
  const { Cupboard } = await import('/pages/kit/kept.js');
  const cupboard = new Cupboard('console');
  const kept = await cupboard.get('session');
  const endsAt = new Date(Date.now() + minutes * 60000).toISOString();
  await cupboard.put('session', { ...kept, endsAt });
}"""
KEY = """async () => {
  const { Cupboard } = await import('/pages/kit/kept.js');
  const { key } = await new Cupboard('console').get('session');
  return crypto.subtle.exportKey('jwk', key.privateKey).catch((error) => error.name);
}"""


def test_a_code_makes_a_passkey_which_signs_in_with_one_tap(world, visitor):
    page = arrive(visitor)

    register(page, a_code(world, "試谷　受付"))
    page.locator("#do-sign-in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("きょうの仕事")
    expect(page.locator(".who")).to_contain_text("試谷　受付")
    expect(page.locator(".who")).to_contain_text(world.residents.name)
    assert page.evaluate(KEY) == "InvalidAccessError"


def test_a_code_that_is_wrong_or_spent_says_what_to_do(world, visitor):
    page = arrive(visitor)
    code = a_code(world, "試谷　二度")
    register(page, code)

    page.locator("#code").fill(code)
    page.locator("#do-register").click()

    trouble = page.get_by_role("alert")
    expect(trouble).to_contain_text("コードが違う、使用済み、期限切れ")
    expect(trouble).to_contain_text("新しいコードを求めて")
    expect(page.locator("#code")).to_have_value(code)


def test_a_device_without_a_passkey_is_told_so(visitor):
    page = arrive(visitor)

    page.locator("#do-sign-in").click()

    expect(page.get_by_role("alert")).to_contain_text("この端末にパスキーがありません")


def test_a_reload_stays_signed_in_and_sign_out_ends_every_tab(world, visitor):
    page = enter(world, visitor)
    page.reload()
    expect(page.locator("#sign-out")).to_be_visible()
    second = page.context.new_page()
    second.goto(f"{world.house.base_url}/console/#/members")
    expect(second.get_by_role("heading", level=1)).to_have_text("加入者をさがす")

    page.locator("#sign-out").click()

    expect(page.locator("#do-sign-in")).to_be_visible()
    expect(second.locator("#do-sign-in")).to_be_visible()
    page.reload()
    expect(page.locator("#do-sign-in")).to_be_visible()


def test_the_end_is_announced_and_signing_in_again_loses_nothing(world, visitor):
    page = enter(world, visitor)
    page.evaluate(AGE, 5)
    page.reload()
    go(page, "members")
    page.locator("#name").fill("見本")
    expect(page.locator("#ends-soon")).to_contain_text("あと5分")

    page.locator("#again").click()
    page.get_by_role("dialog").get_by_role(
        "button", name="パスキーでサインイン"
    ).click()

    expect(page.locator("#ends-soon")).to_have_count(0)
    expect(page.locator("#name")).to_have_value("見本")


def test_a_session_that_ended_is_taken_up_where_it_was(world, visitor):
    page = enter(world, visitor, "終了　担当")
    go(page, "members")
    page.locator("#name").fill("見本")
    end_sessions(page)

    page.locator("#do-search").click()
    page.get_by_role("dialog").get_by_role(
        "button", name="パスキーでサインイン"
    ).click()

    expect(page.locator("main")).to_contain_text("人（カナの順）")
    expect(page.locator("#name")).to_have_value("見本")


def test_whoever_does_not_sign_in_again_keeps_what_was_typed(world, visitor):
    page = enter(world, visitor)
    go(page, "issue")
    page.locator("#list").set_input_files(orders(world, [], strangers=1))
    end_sessions(page)

    page.locator("#do-preview").click()
    page.get_by_role("dialog").get_by_role("button", name="あとで").click()

    expect(page.get_by_role("alert")).to_contain_text("サインイン")
    expect(page.locator(".drop")).to_contain_text("一覧.csv")


def test_a_page_that_waits_for_signing_in_is_loaded_later(world, visitor):
    page = enter(world, visitor)
    go(page, "members")
    end_sessions(page)
    go(page, "runs")
    page.get_by_role("dialog").get_by_role("button", name="あとで").click()
    expect(page.get_by_role("alert")).to_contain_text("サインイン")
    expect(page.locator("main")).not_to_contain_text("読み込んでいます")

    page.locator("#load-again").click()
    page.get_by_role("dialog").get_by_role(
        "button", name="パスキーでサインイン"
    ).click()

    expect(page.locator("main table, main .empty").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_unknown_address_says_so(world, visitor, language):
    page = enter(world, visitor, language=language)

    go(page, "nowhere")

    expected = {"ja": "この画面はありません", "en": "There is no such page"}
    expect(page.get_by_role("heading", level=1)).to_have_text(expected[language])


def end_sessions(page):
    """The server ends the session, and the page does not know it yet."""
    script = """async () => {
      const { Cupboard } = await import('/pages/kit/kept.js');
      const { Connection } = await import('/pages/kit/connection.js');
      const { key, clientId } = await new Cupboard('console').get('session');
      const path = '/v1/operators/sign-ins/current';
      return (await new Connection(key, clientId).answer('DELETE', path)).status;
    }"""
    assert page.evaluate(script) == 204
