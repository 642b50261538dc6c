"""What the phone shows beside its own code: a paper's copy, and the server's code."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from situations import register, somebody
from test_phone import activated, code_on, letter_for
from visiting import barriers

OVERFLOW = "document.documentElement.scrollWidth > innerWidth"


def holder(world, skip):
    """A member of the employees' insurer who holds a certificate, not of the story."""
    papers = world.papers[world.employees.insurer.number]
    members = reversed(world.employees.insurer.members)
    held = (it for it in members if world.employees.member(it)["person_id"] in papers)
    for _ in range(skip):
        next(held)
    return next(held)


def open_copy(page):
    page.get_by_role("button", name="資格確認書の写し").click()
    expect(page.locator(".copy")).to_be_visible()


def test_a_copy_is_framed_and_the_clinic_is_told_that_it_is_one(world, visitor):
    owner = holder(world, 0)
    paper = world.paper_of(world.employees, owner)
    page = activated(world, visitor, owner)

    open_copy(page)

    copy = page.locator(".copy")
    expect(copy).to_contain_text("写し COPY")
    expect(copy).to_contain_text(paper["serial"])
    expect(copy).to_contain_text(owner.name)
    expect(copy.locator(".state")).to_contain_text("有効")
    assert copy.evaluate("it => getComputedStyle(it).borderColor") == "rgb(204, 0, 0)"
    assert barriers(page) == []
    answer = world.clinic.check(code_on(page))
    assert (answer["outcome"], answer["document"]["is_copy"]) == ("valid", True)
    page.click("#enlarge")
    expect(page.get_by_role("dialog")).to_contain_text("写し COPY")
    assert barriers(page) == []
    page.click("#shrink")
    page.get_by_role("button", name="履歴").click()
    line = page.locator(".history li").filter(has_text=world.clinic.clinic.name)
    expect(line.first).to_contain_text("写し")


@pytest.mark.parametrize(
    ("step", "words"), [("suspend", "使用停止中"), ("revoke", "失効しました")]
)
def test_a_copy_of_a_paper_that_does_not_count_says_so_without_a_code(
    world, visitor, step, words
):
    owner = holder(world, 1 + len(step) % 2)
    paper = world.paper_of(world.employees, owner)
    page = activated(world, visitor, owner)
    world.employees.withdraw(paper["serial"], step, "lost")
    page.reload()

    open_copy(page)

    expect(page.locator(".state")).to_contain_text(words)
    expect(page.locator(".symbol")).to_have_count(0)
    assert barriers(page) == []


def test_of_two_valid_papers_each_says_which_it_is(world, visitor):
    owner = somebody(world)
    register(world, world.employees, owner)
    theirs = replace(owner, identity=replace(owner.identity, symbol="見本"))
    register(world, world.residents, theirs)
    for insurer in (world.employees, world.residents):
        insurer.issue_certificates()
    page = activated(world, visitor, owner, width=320, height=640)

    for insurer, member in ((world.employees, owner), (world.residents, theirs)):
        (paper,) = insurer.member(member)["certificates"]
        page.get_by_role("button", name=paper["serial"][-4:]).click()
        expect(page.locator(".copy")).to_contain_text(paper["serial"])
        assert barriers(page) == []
        assert not page.evaluate(OVERFLOW)
        page.locator(".back").click()


def test_a_code_of_five_minutes_is_good_once(world, visitor):
    owner = holder(world, 3)
    page = activated(world, visitor, owner)
    page.get_by_role("button", name="5分間のコード").click()
    expect(page.locator("main")).to_contain_text(owner.name)

    page.get_by_role("button", name="5分間のコードを出す").click()

    expect(page.get_by_role("timer")).to_contain_text("4:")
    assert barriers(page) == []
    text = code_on(page)
    page.get_by_role("button", name="English").click()
    assert code_on(page) == text
    answer = world.clinic.check(text)
    assert answer["outcome"] == "valid"
    assert answer["document"]["presentation_kind"] == 4
    assert world.clinic.check(text)["outcome"] == "replayed"


def test_a_letter_alone_makes_one_at_the_desk(world, visitor):
    page = visitor.visit("/phone/")
    page.click("#without-install")
    page.click("#to-desk")
    expect(page.locator("main")).to_contain_text("使い終わり")
    page.fill("#code", letter_for(world, holder(world, 4)))
    assert barriers(page) == []
    page.click("#mint")

    answer = world.clinic.check(code_on(page))

    assert answer["document"]["presentation_kind"] == 4
    assert barriers(page) == []


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("dark", [False, True])
def test_a_copy_fits_a_small_phone(world, visitor, language, dark):
    small = {"width": 320, "height": 640, "language": language, "dark": dark}
    page = activated(world, visitor, holder(world, 5), **small)
    page.locator("#ways button").first.click()
    page.locator(".copy .symbol").wait_for()
    assert barriers(page) == []
    assert not page.evaluate(OVERFLOW)
    page.locator(".back").click()
    page.locator("#ways button").last.click()
    page.locator("main button.first").click()
    page.get_by_role("timer").wait_for()
    assert barriers(page) == []
    assert not page.evaluate(OVERFLOW)
