"""What is written on the phone stays until it is sent, and is sent once."""

from playwright.sync_api import expect
from test_phone import activated, letter_for
from test_phone_papers import holder
from test_phone_people import a_day, add_by_letter, workers
from visiting import barriers, the_first

REPORTS = "**/v1/patient/reports"
WRITTEN = "住所の番地が違います"


def open_tab(page, number):
    page.locator(".tabs button").nth(number).click()


def own_reports(page, text):
    return page.locator(".card").filter(has_text=text)


def holding(page, held):
    """What is sent waits in the list; what is asked goes on."""

    def hold(route):
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    page.route(REPORTS, hold)


def test_a_report_is_sent_once_however_often_its_button_is_tapped(world, visitor):
    page = activated(world, visitor, workers(world, 10))
    open_tab(page, 2)
    page.fill("#text", WRITTEN)
    held = []
    holding(page, held)
    button = page.locator("form button.first")

    button.dblclick()
    expect(button).to_be_disabled()
    the_first(page, held).continue_()

    expect(own_reports(page, WRITTEN)).to_have_count(1)
    expect(page.locator("#text")).to_have_value("")
    assert len(held) == 1


def test_a_report_whose_answer_was_lost_is_sent_again_and_stands_once(world, visitor):
    page = activated(world, visitor, workers(world, 11))
    open_tab(page, 2)
    page.fill("#text", WRITTEN)
    held = []
    holding(page, held)
    button = page.locator("form button.first")
    button.press("Enter")
    expect(button).to_be_disabled()
    the_first(page, held).fetch()  # it arrives
    the_first(page, held).abort()
    expect(page.get_by_role("alert")).to_contain_text("入力した内容は残っています")
    page.unroute(REPORTS)
    expect(button).to_be_focused()

    button.press("Enter")

    expect(page.locator(".note.good")).to_contain_text("届きました")
    expect(own_reports(page, WRITTEN)).to_have_count(1)


def test_what_is_being_written_stays_through_languages_and_tabs(world, visitor):
    page = activated(world, visitor, holder(world, 10))
    answer = world.clinic.check(
        world.paper_of(world.employees, holder(world, 10))["qr"]
    )
    assert answer["outcome"] == "valid"
    open_tab(page, 1)
    page.get_by_role("button", name="心当たりがない").first.click()
    page.fill("#text", WRITTEN)
    page.click("#language")
    expect(page.locator("#text")).to_have_value(WRITTEN)
    open_tab(page, 0)
    open_tab(page, 2)
    expect(page.locator("#text")).to_have_value(WRITTEN)
    expect(page.locator("[value=unknown-check]")).to_be_checked()
    expect(page.locator("form .note")).to_contain_text("the check that you chose")
    assert barriers(page) == []

    with page.expect_request(REPORTS) as sent:
        page.locator("form button.first").click()

    assert sent.value.post_data_json["about"] > 0
    expect(page.locator(".note.good")).to_be_visible()
    open_tab(page, 0)
    open_tab(page, 2)
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("[value=not-me]")).to_be_checked()


def test_what_is_said_of_a_delegate_stays_while_the_language_changes(world, visitor):
    page = activated(world, visitor, workers(world, 12))
    add_by_letter(page, "7K2M-0QX4-9TZB", "letter")
    page.fill("#delegate", "見本　ちさ")
    page.select_option("#relation", "carer")
    page.fill("#until", a_day(world, 90))
    page.click("#language")
    expect(page.locator("#delegate")).to_have_value("見本　ちさ")
    expect(page.locator("#relation")).to_have_value("carer")
    expect(page.locator("#until")).to_have_value(a_day(world, 90))

    open_tab(page, 3)
    page.click("#to-delegations")
    page.select_option("#relation", "child")
    page.fill("#until", a_day(world, 9))
    page.check("[name=history]")
    page.click("#language")
    expect(page.locator("#relation")).to_have_value("child")
    expect(page.locator("#until")).to_have_value(a_day(world, 9))
    expect(page.locator("[name=history]")).to_be_checked()


def test_with_several_people_a_view_says_whose_it_is(world, visitor):
    first, second = workers(world, 13), workers(world, 14)
    page = activated(world, visitor, first)
    open_tab(page, 2)
    expect(page.locator("#whose")).to_have_count(0)
    page.fill("#text", WRITTEN)
    add_by_letter(page, letter_for(world, second), "own")
    page.click("#begin")
    expect(page.locator(".status.good")).to_be_visible()
    for tab in (1, 2):
        open_tab(page, tab)
        expect(page.locator("#whose")).to_contain_text(second.name)
    expect(page.locator("#text")).to_have_value("")  # the other's words stay theirs
    for view in ("delegations", "phones"):
        open_tab(page, 3)
        page.click(f"#to-{view}")
        expect(page.locator("#whose")).to_contain_text(second.name)
        assert barriers(page) == []

    open_tab(page, 0)
    page.locator(".people button").filter(has_text=first.name).click()
    open_tab(page, 2)
    expect(page.locator("#whose")).to_contain_text(first.name)
    expect(page.locator("#text")).to_have_value(WRITTEN)
