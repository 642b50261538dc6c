"""One check, seen by all three: the desk, the person's phone and the insurer."""

import pytest
from camera import Camera
from console_desk import a_code, arrive, go, register
from playwright.sync_api import expect
from test_phone import activated
from test_reader import open_desk
from visiting import barriers


def at_the_console(world, visitor):
    page = arrive(visitor)
    register(page, a_code(world, "見本　全体", world.employees))
    page.locator("#do-sign-in").click()
    expect(page.locator("#sign-out")).to_be_visible()
    return page


def read_history(world, console, member):
    person_id = world.employees.member(member)["person_id"]
    go(console, f"members/{person_id}")
    console.locator("#do-history").click()
    return console.locator("table").last.locator("tbody tr")


def report_check(phone, clinic, text):
    """The person finds the desk's check in their history and does not know it."""
    phone.get_by_role("button", name="履歴").click()
    line = phone.locator(".history li").filter(has_text="窓口7").first
    expect(line).to_contain_text(clinic)
    assert barriers(phone) == []
    line.get_by_role("button", name="心当たりがない").click()
    phone.fill("#text", text)
    assert barriers(phone) == []
    phone.get_by_role("button", name="保険者に知らせる").click()
    expect(phone.locator("main [role=status]")).to_contain_text("届きました")
    expect(phone.locator(".card")).to_contain_text(text)


def answer_report(console, text, answer):
    go(console, "reports")
    report = console.locator("article").filter(has_text=text).first
    expect(report).to_be_visible()
    assert barriers(console) == []
    report.locator("textarea").fill(answer)
    report.get_by_role("button", name="回答して続ける").click()
    expect(report.locator(".note")).to_contain_text(answer)


@pytest.mark.whole_browser
def test_from_the_camera_to_the_patient_s_history_and_the_insurer(
    world, another_visitor, camera: Camera
):
    member = world.cast.phone_holder
    clinic = world.clinic.clinic.name
    phone = activated(world, another_visitor(), member)
    desk = open_desk(world, another_visitor(), camera=True)
    console = at_the_console(world, another_visitor())

    camera.show(phone.locator(".white").screenshot())

    verdict = desk.locator(".verdict")
    expect(verdict).to_have_attribute("data-outcome", "valid")
    expect(verdict.locator(".who")).to_have_text(member.name)
    camera.show_nothing()
    checks = read_history(world, console, member)
    expect(checks.filter(has_text="資格確認（スマホ）").first).to_contain_text(clinic)
    report_check(phone, clinic, "この日は行っていません")
    answer_report(console, "この日は行っていません", "医療機関に確かめます")
    phone.get_by_role("button", name="連絡").click()
    expect(phone.locator(".card").first).to_contain_text("医療機関に確かめます")
