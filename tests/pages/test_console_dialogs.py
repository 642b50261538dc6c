"""A dialog at the console ends with its operator, and what came of it is shown."""

import pytest
from console_desk import (
    a_code,
    arrive,
    enter,
    give_device,
    go,
    orders,
    paper_holders,
    register,
)
from playwright.sync_api import expect
from test_console_members import in_dialog, open_member
from test_console_signing_in import end_sessions
from visiting import the_first

SIGN_IN = "パスキーでサインイン"
SUSPEND = "**/v1/insurer/certificates/*/suspend"
REVOKE = "**/v1/insurer/certificates/*/revoke"
MEMBER = "**/v1/insurer/members/*"


@pytest.fixture
def second(world, visitor, request):
    """A tab whose device knows a colleague; of the same insurer, if not told else."""
    insurer = getattr(world, getattr(request, "param", "residents"))
    made = arrive(visitor)
    register(made, a_code(world, "試谷　交代", insurer))
    return made


@pytest.fixture
def page(world, second):
    """Another tab of the same browser, where the operator signed in for both."""
    made = second.context.new_page()
    give_device(made)
    made.goto(f"{world.house.base_url}/console/#/members")
    register(made, a_code(world, "見本　担当"))
    made.locator("#do-sign-in").click()
    for tab in (made, second):
        expect(tab.locator(".who")).to_contain_text("見本　担当")
    go(made, "members")
    return made


def open_dialog(page, made_up, step):
    """Everything is chosen, and the last button not yet pressed."""
    open_member(page, made_up)
    page.locator(f"button[id^={step}-]").click()
    page.locator("#reason").select_option("lost")


def outcome(world, made_up):
    paper = world.paper_of(world.residents, made_up)
    return world.clinic.check(paper["qr"])["outcome"]


def test_a_code_is_not_left_on_the_screen_of_a_tab_that_is_signed_out(
    world, page, second
):
    made_up = paper_holders(world, 35, 1)[0]
    open_member(page, made_up)
    page.locator("#give-code").click()
    in_dialog(page, "発行する")
    expect(page.locator("#activation-code")).to_be_visible()

    second.locator("#sign-out").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("サインイン")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text(made_up.name)


@pytest.mark.parametrize("second", ["residents", "employees"], indirect=True)
def test_nobody_acts_through_the_dialog_of_the_operator_before(world, page, second):
    made_up = paper_holders(world, 36, 1)[0]
    open_dialog(page, made_up, "revoke")

    second.locator("#sign-out").click()
    second.locator("#do-sign-in").click()

    expect(page.locator(".who")).to_contain_text("試谷　交代")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert outcome(world, made_up) == "valid"


def test_an_act_under_way_when_its_operator_signs_out_is_not_sent_again(
    world, page, second
):
    made_up = paper_holders(world, 37, 1)[0]
    open_dialog(page, made_up, "revoke")
    held = []
    page.route(REVOKE, lambda route: held.append(route))
    in_dialog(page, "失効させる")
    expect(page.locator("dialog [aria-busy]")).to_be_visible()

    with second.expect_response("**/sign-ins/current"):
        second.locator("#sign-out").click()
    page.locator("#do-sign-in").click()
    expect(page.locator(".who")).to_contain_text("見本　担当")
    with page.expect_response("**/oauth/token"):
        the_first(page, held).continue_()

    page.locator("#language").click()  # nothing stands before it
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert outcome(world, made_up) == "valid"


@pytest.mark.usefixtures("page")
def test_an_act_that_waits_for_signing_in_is_not_done_for_somebody_else(world, second):
    made_up = paper_holders(world, 38, 1)[0]
    go(second, "members")
    open_dialog(second, made_up, "revoke")
    end_sessions(second)
    in_dialog(second, "失効させる")

    in_dialog(second, SIGN_IN)

    expect(second.locator(".who")).to_contain_text("試谷　交代")
    expect(second.get_by_role("alert")).to_contain_text("担当者が替わりました")
    expect(second.get_by_role("dialog")).to_have_count(0)
    assert outcome(world, made_up) == "valid"


def test_an_act_goes_on_once_its_operator_signs_in_again(world, page):
    made_up = paper_holders(world, 41, 1)[0]
    open_dialog(page, made_up, "revoke")
    end_sessions(page)
    in_dialog(page, "失効させる")

    in_dialog(page, SIGN_IN)

    expect(page.locator("#told")).to_contain_text("失効しました")
    assert outcome(world, made_up) == "revoked"


def test_a_dialog_is_not_left_while_its_act_is_under_way(world, page):
    made_up = paper_holders(world, 45, 1)[0]
    open_dialog(page, made_up, "suspend")
    held = []
    page.route(SUSPEND, lambda route: held.append(route))
    with page.expect_request(SUSPEND):
        in_dialog(page, "停止する")
    expect(page.locator("dialog [aria-busy]")).to_be_visible()

    page.get_by_role("dialog").locator("li").first.click()
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_visible()
    the_first(page, held).continue_()

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#done")).to_contain_text("停止しました")
    expect(page.locator("button[id^=reinstate-]")).to_be_visible()


def test_what_was_done_is_said_though_the_page_cannot_be_renewed(world, page):
    open_dialog(page, paper_holders(world, 46, 1)[0], "suspend")
    page.route(MEMBER, lambda route: route.abort())

    in_dialog(page, "停止する")

    expect(page.locator("#done")).to_contain_text("停止しました")
    expect(page.get_by_role("alert")).to_contain_text("サーバーにつながりません")
    page.unroute(MEMBER)
    page.locator("#load-again").click()
    expect(page.locator("button[id^=reinstate-]")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_was_issued_is_shown_though_its_answer_was_lost(world, page):
    made_up = paper_holders(world, 47, 1)[0]
    paper = world.paper_of(world.residents, made_up)
    world.residents.withdraw(paper["serial"], "revoke", "lost")
    open_member(page, made_up)
    lost = []

    def lose(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch())  # it arrived, its answer does not
        return route.abort("connectionreset")

    page.route("**/v1/insurer/certificates", lose)
    page.locator("#issue-one").click()
    in_dialog(page, "交付する")
    expect(page.get_by_role("alert")).to_contain_text("サーバーにつながりません")
    in_dialog(page, "交付する")
    expect(page.get_by_role("alert")).to_contain_text("資格確認書")

    in_dialog(page, "やめる")

    expect(page.locator("button[id^=revoke-]")).to_have_count(1)


def test_the_keyboard_goes_on_where_a_button_is_gone(world, page):
    open_member(page, paper_holders(world, 48, 1)[0])

    page.locator("#do-history").click()
    expect(page.locator("#history")).to_be_focused()
    page.locator("button[id^=revoke-]").click()
    page.locator("#reason").select_option("lost")
    in_dialog(page, "失効させる")

    expect(page.locator("button[id^=revoke-]")).to_have_count(0)
    expect(page.locator("#papers")).to_be_focused()


def test_a_dialog_about_what_is_over_is_left_for_the_page_itself(
    world, page, another_visitor
):
    go(page, "issue")
    file = orders(world, paper_holders(world, 49, 1), strangers=1_050)
    page.locator("#list").set_input_files(file)
    page.locator("#do-preview").click()
    page.locator("#do-begin").click()
    expect(page.locator("#cancel")).to_be_visible()
    colleague = enter(world, another_visitor(), "試谷　承認")
    go(colleague, page.url.partition("#/")[2])
    colleague.locator("#approve").click()
    page.locator("#cancel").click()
    in_dialog(page, "取り消す")
    over = colleague.locator(".badge").first
    expect(over).to_have_text("取消し", timeout=20_000)

    colleague.keyboard.press("Escape")

    expect(colleague.locator("#title")).to_be_focused()
