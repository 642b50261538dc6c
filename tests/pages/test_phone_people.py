"""Several people on one phone: each by a key of their own, named, and ended alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from situations import register, somebody
from test_phone import activated, code_on, letter_for
from visiting import barriers, wait_until_kept

from backend.domain.codes import Relation

ENDING = "**/v1/patient/delegations/*"
OVERFLOW = "document.documentElement.scrollWidth > innerWidth"


def workers(world, skip):
    """Members of the employees' insurer whom the story does not follow."""
    members = world.employees.insurer.members[len(world.cast.twins) + 12 :]
    grown_up = [it for it in members if it.relation is Relation.INSURED]
    return grown_up[skip]


def a_day(world, days=30):
    return (world.today + timedelta(days=days)).isoformat()


def granted_code(world, phone, relation="child", *, with_history=False, days=30):
    """The person lets somebody in, on their own phone's screen."""
    phone.locator(".tabs button").last.click()
    phone.locator("#to-delegations").click()
    phone.select_option("#relation", relation)
    phone.fill("#until", a_day(world, days))
    if with_history:
        phone.check("[name=history]")
    phone.locator("form button.first").click()
    return phone.locator(".big").inner_text()


def add(page, code, name):
    """Somebody more comes onto the phone, by the code that the person showed them."""
    page.get_by_role("button", name="設定").click()
    page.get_by_role("button", name="人を追加する").click()
    page.fill("#delegate", name)
    page.fill("#code", code)
    page.click("#begin")
    expect(page.locator(".people [aria-pressed=true]")).to_contain_text("代理")


def add_by_letter(page, code, whose):
    """Somebody more comes by a letter; in any language."""
    page.locator(".tabs button").last.click()
    page.locator("#to-add").click()
    page.locator(f"[name=whose][value={whose}]").check()
    page.fill("#code", code)


@pytest.fixture
def family(world, visitor, another_visitor):
    """A person's own phone, and a daughter's who has a card of her own as well."""
    parent, child = workers(world, 0), workers(world, 1)
    theirs = activated(world, another_visitor(), parent)
    hers = activated(world, visitor, child)
    return parent, theirs, child, hers


def test_a_granted_phone_shows_both_and_says_whose_code_it_is(world, family):
    parent, theirs, child, hers = family
    add(hers, granted_code(world, theirs), "見本　はな")

    chooser = hers.get_by_role("group", name="だれのコードを見せますか")
    pressed = chooser.locator("[aria-pressed=true]")
    expect(pressed).to_contain_text(parent.name)
    expect(pressed).to_contain_text("子として代理")
    expect(hers.get_by_role("button", name="履歴")).to_have_count(0)
    assert barriers(hers) == []
    answer = world.clinic.check(code_on(hers))
    assert answer["person"]["name"] == parent.name
    assert answer["document"]["shown_by"]["relation"] == "child"

    chooser.get_by_role("button", name=child.name).press("Enter")
    expect(pressed).to_contain_text(child.name)
    expect(hers.locator(".symbol")).to_be_visible()
    answer = world.clinic.check(code_on(hers))
    assert (answer["person"]["name"], answer["document"]["shown_by"]) == (
        child.name,
        None,
    )

    theirs.get_by_role("button", name="履歴").click()
    line = theirs.locator(".history li").filter(has_text=world.clinic.clinic.name)
    expect(line.first).to_contain_text("見本　はな")


def test_what_was_granted_stands_in_the_list_and_ends_there(world, family):
    parent, theirs, child, hers = family
    add(hers, granted_code(world, theirs, with_history=True), "見本　さち")
    expect(hers.get_by_role("button", name="履歴")).to_be_visible()

    card = theirs.locator(".card").filter(has_text="見本　さち")
    expect(card).to_contain_text("見られます")  # the list looks again by itself
    assert barriers(theirs) == []
    theirs.on("dialog", lambda dialog: dialog.accept())
    card.get_by_role("button", name="解除する").click()
    expect(theirs.locator("summary")).to_contain_text("終わった代理")

    hers.reload()
    told = hers.locator(".note.warn")
    expect(told).to_contain_text(parent.name)
    expect(told).to_contain_text("代理は終わりました")
    expect(hers.locator(".whose")).to_contain_text(child.name)
    assert world.clinic.check(code_on(hers))["outcome"] == "valid"


def test_a_delegation_whose_end_is_not_heard_says_so_once_and_ends(world, family):
    _parent, theirs, _child, hers = family
    add(hers, granted_code(world, theirs), "見本　ゆき")
    card = theirs.locator(".card").filter(has_text="見本　ゆき")
    theirs.on("dialog", lambda dialog: dialog.accept())
    theirs.route(ENDING, lambda route: (route.fetch(), route.abort()))

    for _ in range(2):
        with theirs.expect_event("requestfailed"):
            card.get_by_role("button", name="解除する").click()
        expect(theirs.get_by_role("alert")).to_have_count(1)
    assert barriers(theirs) == []
    theirs.unroute(ENDING)
    card.get_by_role("button", name="解除する").click()

    expect(theirs.locator("summary")).to_contain_text("終わった代理")
    expect(theirs.get_by_role("alert")).to_have_count(0)


def test_a_delegate_gives_up_and_keeps_their_own_card(world, family):
    _parent, theirs, child, hers = family
    add(hers, granted_code(world, theirs), "見本　けい")
    hers.get_by_role("button", name="設定").click()
    expect(hers.locator("main")).to_contain_text("本人が許可していない")
    assert barriers(hers) == []

    hers.on("dialog", lambda dialog: dialog.accept())
    hers.get_by_role("button", name="代理をやめる").click()

    expect(hers.locator(".whose")).to_contain_text(child.name)
    expect(hers.locator(".symbol")).to_be_visible()


def test_a_letter_makes_a_delegate_of_somebody_without_a_card_here(world, visitor):
    child = world.cast.twins[0]
    page = visitor.visit("/phone/")
    page.click("#without-install")
    page.get_by_text("家族などの代理で使うとき").click()
    page.get_by_text("家族などあての手紙のコード").click()
    page.fill("#delegate", "例山　親")
    page.select_option("#relation", "parent")
    page.fill("#until", a_day(world))
    assert barriers(page) == []
    page.fill("#code", letter_for(world, child))
    page.click("#begin")

    expect(page.locator(".whose")).to_contain_text(child.name)
    expect(page.locator(".whose")).to_contain_text("親として代理")
    assert world.clinic.check(code_on(page))["person"]["name"] == child.name


def test_the_list_of_phones_ends_another_one(world, visitor):
    owner = workers(world, 2)
    page = activated(world, visitor, owner)
    page.get_by_role("button", name="設定").click()
    page.get_by_role("button", name="登録したスマホ").click()
    expect(page.locator(".card")).to_contain_text("いま使っているスマホ")
    expect(page.get_by_role("button", name="このスマホを止める")).to_have_count(0)
    assert barriers(page) == []


def test_a_code_shown_by_a_phone_is_taken_from_its_address(world, family):
    parent, theirs, _child, hers = family
    code = granted_code(world, theirs)

    hers.evaluate("code => { location.hash = `code=${code}` }", code)

    expect(hers.locator("#code")).to_have_value(code)
    assert code not in hers.url
    hers.get_by_text("自分あての手紙のコード").click()  # it is not, as the server knows
    hers.click("#begin")
    expect(hers.get_by_role("alert")).to_contain_text("代理のコードです")
    expect(hers.locator("#delegate")).to_be_focused()
    assert barriers(hers) == []
    hers.fill("#delegate", "見本　とも")
    hers.click("#begin")
    expect(hers.locator(".people [aria-pressed=true]")).to_contain_text(parent.name)


def test_a_new_letter_or_delegation_replaces_the_older_key(world, family):
    parent, theirs, child, hers = family
    for days in (20, 200):
        add(hers, granted_code(world, theirs, days=days), "見本　また")
    expect(hers.locator(".people button")).to_have_count(2)
    expect(theirs.locator("summary")).to_contain_text("終わった代理")

    add_by_letter(hers, letter_for(world, child), "own")
    hers.click("#begin")

    pressed = hers.locator(".people [aria-pressed=true]")
    expect(pressed).to_contain_text(child.name)
    expect(hers.locator(".people button")).to_have_count(2)
    expect(hers.locator("main")).not_to_contain_text("終わりました")
    hers.reload()
    expect(hers.locator(".people")).to_contain_text(parent.name)
    expect(hers.locator(".people button")).to_have_count(2)


def test_nobody_stands_for_whom_the_law_protects(world, visitor, another_visitor):
    protected = somebody(world, name="見本　まもる")
    register(world, world.employees, protected)
    theirs = activated(world, another_visitor(), protected)
    other = activated(world, visitor, workers(world, 4))
    add(other, granted_code(world, theirs), "見本　ほか")

    world.employees.withhold(world.coverage_of(world.employees, protected))
    other.reload()

    expect(other.locator(".note.warn").first).to_contain_text("代理は終わりました")
    expect(other.locator(".whose")).to_contain_text(workers(world, 4).name)
    fresh = activated(world, another_visitor(), protected)
    fresh.get_by_role("button", name="設定").click()
    fresh.get_by_role("button", name="わたしの代わりに見せられる人").click()
    fresh.select_option("#relation", "other")
    fresh.fill("#until", a_day(world))
    fresh.get_by_role("button", name="コードを出す").click()
    expect(fresh.get_by_role("alert")).not_to_be_empty()
    expect(fresh.locator(".big")).to_have_count(0)


@pytest.mark.keeps_files
def test_after_its_last_day_a_delegate_s_code_is_gone_without_network_too(
    world, family
):
    parent, theirs, _child, hers = family
    add(hers, granted_code(world, theirs, days=3), "見本　みじか")
    wait_until_kept(hers)
    hers.reload()
    hers.context.set_offline(True)
    hers.add_init_script(
        "{ const real = Date.now; Date.now = () => real() + 4 * 86400000; }"
    )
    hers.reload()

    hers.locator(".people button").filter(has_text=parent.name).click()

    expect(hers.locator("h1")).to_contain_text("代理の期限が終わりました")
    expect(hers.locator(".symbol")).to_have_count(0)
    hers.context.set_offline(False)


NAMES = [
    "見" * 40,
    "●田　花子",
    "葛\U000e0100城　邊\U000e0101",
    "مريم العلي",
    "花🌸子　Wolfeschlegelsteinhausen",
]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_name_is_shown_whole_and_turns_nothing_around(world, visitor, language):
    small = {"width": 320, "height": 640, "language": language}
    page = activated(world, visitor, workers(world, 5), **small)
    for name in NAMES:
        add_by_letter(page, residents_letter(world, name), "own")
        page.click("#begin")
        pressed = page.locator(".people [aria-pressed=true] bdi")
        expect(pressed).to_have_text(name)
        assert not page.evaluate(OVERFLOW)
        page.locator("#ways button").first.click()
        expect(page.locator("main bdi").filter(has_text=name).first).to_be_visible()
        assert not page.evaluate(OVERFLOW)
    page.locator(".tabs button").first.click()
    assert barriers(page) == []
    box = "it => it.scrollWidth <= it.clientWidth + 1"
    assert all(it.evaluate(box) for it in page.locator(".people button").all())


def residents_letter(world, name):
    """A letter for somebody of this name, whose insurer's lists hold any letter."""
    made = somebody(world, name=name)
    numbers = replace(made.identity, symbol="見本")
    register(world, world.residents, replace(made, identity=numbers))
    person_id = world.residents.member(replace(made, identity=numbers))["person_id"]
    (letter,) = world.residents.make_activation_codes([person_id])
    return letter["code"]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("dark", [False, True])
def test_every_view_of_two_people_fits_a_small_phone(world, visitor, language, dark):
    small = {"width": 320, "height": 640, "language": language, "dark": dark}
    page = activated(world, visitor, workers(world, 3), **small)
    add_by_letter(page, letter_for(world, workers(world, 6)), "letter")
    page.fill("#delegate", "見本　ちさ")
    page.select_option("#relation", "carer")
    page.fill("#until", a_day(world, 90))
    assert barriers(page) == []
    page.click("#begin")
    for tab in (0, -1):
        page.locator(".people, #title").first.wait_for()
        page.locator(".tabs button").nth(tab).click()
        assert barriers(page) == []
        assert not page.evaluate(OVERFLOW)
    page.locator(".tabs button").first.click()
    page.locator(".people button").first.click()
    for view in ("delegations", "phones", "add"):
        page.locator(".tabs button").last.click()
        page.locator(f"#to-{view}").click()
        expect(page.locator("h1")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert barriers(page) == []
        assert not page.evaluate(OVERFLOW)
