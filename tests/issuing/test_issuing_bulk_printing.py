"""A run printed: the code on each paper gives back its token, and some get none."""

import io
from dataclasses import replace

import pytest
from bulk_desk import a_desk, list_bytes

from backend.credentials.certificate_qr import from_qr
from backend.interchange.list_limits import ListLimits
from backend.interchange.list_stream import open_list
from backend.issuing.bulk import printing
from backend.issuing.bulk.notices import notices
from backend.issuing.bulk.printing import print_run
from backend.issuing.issued_text import issued_text
from backend.issuing.withdrawals import WithdrawalReason, withdraw
from backend.printing.sheets import Layout
from backend.storage.rows import WithdrawalKind
from tests.house_of_glass import OLD
from tests.printing.pages import codes_on, text_on


@pytest.fixture
def desk(house):
    return a_desk(house)


def printed(desk, run, layout=Layout.SHEETS):
    return list(print_run(desk.house.store, run, layout))


@pytest.mark.parametrize("form", ["card", "postcard", "a4"])
@pytest.mark.parametrize("layout", Layout)
def test_the_code_on_each_paper_gives_back_its_token(desk, form, layout):
    for _ in range(3):
        desk.member()
    run = desk.run(form=form)

    (part,) = printed(desk, run, layout)

    found = [code for page in codes_on(part.pdf) for code in page]
    names = desk.house.issuer.names
    tokens = {issued_text(desk.papers(person)[0]) for person in desk.people}
    assert {from_qr(code, names) for code in found} == tokens
    assert [it.serial for it in part.places] == [
        desk.papers(person)[0].serial for person in desk.people
    ]
    assert part.left_out == []


def test_parts_follow_one_another_in_the_order_of_the_list(desk, monkeypatch):
    monkeypatch.setattr(printing, "SHEETS", 1)
    for _ in range(12):
        desk.member()

    parts = printed(desk, desk.run(form="card"))

    assert [(it.sheet, it.place) for part in parts for it in part.places] == [
        *((1, place) for place in range(1, 11)),
        (2, 1),
        (2, 2),
    ]


def test_what_was_withdrawn_or_is_withheld_is_left_out(desk, house):
    for _ in range(4):
        desk.member()
    run = desk.run()
    papers = [desk.papers(person)[0] for person in desk.people]
    for paper, kind in zip(
        papers, (WithdrawalKind.REVOKED, WithdrawalKind.SUSPENDED), strict=False
    ):
        why = WithdrawalReason.LOST
        withdraw(house.store, OLD.digits, paper.serial, kind, why, house.at)
    with house.store.transaction() as tx:
        member = tx.member(desk.people[2], OLD.digits)
        hidden = replace(member.person, is_undisclosed=True)
        tx.put_member(replace(member, person=hidden))

    parts = printed(desk, run)

    assert [it.serial for part in parts for it in part.places] == [papers[3].serial]
    assert [it for part in parts for it in part.left_out] == [
        it.serial for it in papers[:3]
    ]


def test_a_run_of_which_nothing_may_be_printed_prints_nothing(desk, house):
    person = desk.member()
    run = desk.run()
    serial = desk.papers(person)[0].serial
    revoked, why = WithdrawalKind.REVOKED, WithdrawalReason.LOST
    withdraw(house.store, OLD.digits, serial, revoked, why, house.at)

    (part,) = printed(desk, run)

    assert (part.pdf, part.places, part.left_out) == (b"", [], [serial])


def test_what_cannot_be_printed_is_refused_before_it_is_signed(desk):
    person = desk.member(name="見本　\U0002ff00")

    (outcome,) = desk.outcomes(desk.run()).values()

    assert outcome.errors[0].field == "name"
    assert "U+2FF00" in outcome.errors[0].reason.en
    assert desk.papers(person) == []


def test_notices_are_for_those_alone_who_can_use_their_card(desk, house):
    for status in ("USABLE", "NO_CARD", "USABLE", "CARD_LOST"):
        desk.member(card_status=status)
    desk.lines[2]["番号"] = "999999"
    listed = open_list(io.BytesIO(list_bytes(desk.lines)), ListLimits())

    (part,) = notices(desk.bulk, desk.order(), listed)

    assert (part.lines, part.without) == ([2], [3, 4, 5])
    text = text_on(part.pdf)
    assert "資格情報のお知らせ" in text
    assert "これだけでは受診できません" in text
    assert codes_on(part.pdf) == [[]]
    with house.store.reading() as tx:
        assert tx.runs_of(OLD.digits, 9) == []
