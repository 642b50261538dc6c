"""The day in Japan where papers are due and drawn up, and the days that bound them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from backend.credentials.certificate import Form, open_certificate
from backend.issuing.certificates import issue_certificates
from backend.issuing.issued_text import issued_text
from backend.issuing.keys import key_set
from backend.issuing.withdrawals import WithdrawalReason, withdraw
from backend.storage.rows import Insurer, WithdrawalKind
from tests.house_of_glass import OLD

MIDNIGHT = datetime(2026, 11, 30, 15, tzinfo=UTC)  # 1 December begins in Japan
A_MOMENT = timedelta(microseconds=1)
LAST, FIRST = date(2026, 11, 30), date(2026, 12, 1)


def issue(house, at):
    return issue_certificates(house.issuer, OLD.digits, None, Form.A4, at)


def fields_of(house, run):
    (paper,) = run.issued
    return open_certificate(issued_text(paper), key_set(house.store).find).fields


@pytest.mark.parametrize(
    ("at", "issued_on"), [(MIDNIGHT - A_MOMENT, LAST), (MIDNIGHT, FIRST)]
)
def test_a_paper_is_drawn_up_on_the_day_in_japan(house, at, issued_on):
    house.cover(house.person())

    fields = fields_of(house, issue(house, at))

    assert fields.issued_on == issued_on
    assert fields.expires_on == date(2031, 11, 29 if issued_on == LAST else 30)


@pytest.mark.parametrize(
    ("at", "is_due"), [(MIDNIGHT - A_MOMENT, True), (MIDNIGHT, False)]
)
def test_a_paper_is_due_while_coverage_holds_in_japan(house, at, is_due):
    house.cover(house.person(), lost_on=FIRST)

    assert bool(issue(house, at).issued) is is_due


def test_a_paper_keeps_the_next_away_through_its_last_day(house):
    with house.store.transaction() as tx:
        tx.put_insurer(Insurer(OLD.digits, "架空", "03", LAST))
    house.cover(house.person())
    assert fields_of(house, issue(house, house.at)).expires_on == LAST
    with house.store.transaction() as tx:
        tx.put_insurer(Insurer(OLD.digits, "架空", "03", None))

    assert issue(house, MIDNIGHT - A_MOMENT).issued == ()
    assert len(issue(house, MIDNIGHT).issued) == 1


def test_a_suspended_paper_counts_as_one(house):
    house.cover(house.person())
    (paper,) = issue(house, house.at).issued

    def step(kind):
        lost = WithdrawalReason.LOST
        withdraw(house.store, OLD.digits, paper.serial, kind, lost, house.at)

    step(WithdrawalKind.SUSPENDED)
    assert issue(house, house.at).issued == ()
    step(WithdrawalKind.REVOKED)
    assert len(issue(house, house.at).issued) == 1


def test_a_paper_ends_with_the_voluntary_continuation(house):
    person = house.person(insurers=(OLD,))
    house.cover(person)
    with house.store.transaction() as tx:
        member = tx.member(person, OLD.digits)
        tx.put_member(replace(member, continuation_ends_on=date(2027, 3, 31)))

    assert fields_of(house, issue(house, house.at)).expires_on == date(2027, 3, 31)
