"""Which day is asked: Japan's, from midnight to midnight, and how far away it is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.credentials.receipt import open_receipt
from backend.domain.charge import CopayRatio, Effective, LimitCategory
from backend.domain.insured_identity import InsuredIdentity
from backend.issuing.keys import key_set
from backend.verifying.limits import is_day_allowed
from backend.verifying.own_status import own_status
from backend.verifying.question import (
    Agreement,
    ClaimReason,
    NumbersShown,
    PaperShown,
    Question,
)
from backend.verifying.refusals import DayOutOfRangeError
from tests.house_of_glass import TODAY

LAST_SECOND = datetime(2026, 11, 23, 14, 59, 59, tzinfo=UTC)  # 23:59:59 in Japan
MIDNIGHT = datetime(2026, 11, 23, 15, 0, 0, tzinfo=UTC)  # 00:00:00 on the 24th
TOMORROW = TODAY + timedelta(days=1)
BIRTH_ON = date(1980, 5, 5)


def typed(coverage) -> NumbersShown:
    identity = InsuredIdentity(coverage.identity.symbol, coverage.identity.number, "01")
    return NumbersShown(coverage.insurer, identity, BIRTH_ON)


def question(on, reason=None) -> Question:
    return Question(PaperShown("x"), "key-00000001", b"", on, reason)


@pytest.mark.parametrize(
    ("at", "outcome", "on"),
    [(LAST_SECOND, "valid", TODAY), (MIDNIGHT, "lapsed", TOMORROW)],
)
def test_coverage_lost_tomorrow_holds_until_midnight_in_japan(
    house, ask_phone, at, outcome, on
):
    person = house.person()
    house.cover(person, lost_on=TOMORROW)
    phone = house.phone(person)

    answer = ask_phone(phone, at, at=at)

    assert (answer["outcome"], answer["on"]) == (outcome, on.isoformat())
    assert own_status(house.store, person, at).verdict.is_valid == (outcome == "valid")


@pytest.mark.parametrize(
    ("at", "ratio"),
    [(LAST_SECOND, CopayRatio.THREE_TENTHS), (MIDNIGHT, CopayRatio.TWO_TENTHS)],
)
def test_a_new_ratio_counts_from_midnight_in_japan(house, ask_phone, at, ratio):
    person = house.person()
    copay = (
        Effective(CopayRatio.THREE_TENTHS, date(2020, 4, 1), TODAY),
        Effective(CopayRatio.TWO_TENTHS, TOMORROW, None),
    )
    house.cover(person, copay=copay)
    phone = house.phone(person)

    assert ask_phone(phone, at, at=at)["charge"]["ratio_tenths"] == ratio.tenths
    assert own_status(house.store, person, at).charge.ratio is ratio


@pytest.mark.parametrize(("at", "today"), [(LAST_SECOND, TODAY), (MIDNIGHT, TOMORROW)])
def test_the_days_that_may_be_asked_move_on_at_midnight_in_japan(at, today):
    month = timedelta(days=31)

    allowed = [
        days
        for days in range(-35, 36)
        if is_day_allowed(question(today + timedelta(days=days)), at)
    ]

    assert (allowed[0], allowed[-1], len(allowed)) == (-31, 31, 63)
    assert is_day_allowed(question(today - month), at)


@pytest.mark.parametrize("reason", ClaimReason)
@pytest.mark.parametrize(
    ("days", "is_allowed"),
    [(-5 * 366 - 1, False), (-5 * 366, True), (-32, True), (31, True), (32, False)],
)
def test_a_claim_reason_opens_five_years_back_and_nothing_ahead(
    house, ask, reason, days, is_allowed
):
    coverage = house.cover(house.person(), acquired_on=date(2000, 1, 1))
    on = TODAY + timedelta(days=days)

    if is_allowed:
        assert ask(typed(coverage), on=on, claim_reason=reason)["on"] == on.isoformat()
    else:
        with pytest.raises(DayOutOfRangeError) as refused:
            ask(typed(coverage), on=on, claim_reason=reason)
        assert "5年前まで" in refused.value.reason.ja


def test_the_receipt_bears_the_day_that_was_asked_and_the_instant_of_asking(house, ask):
    coverage = house.cover(house.person())
    on = TODAY - timedelta(days=7)

    answer = ask(typed(coverage), on=on)

    receipt = open_receipt(answer["receipt"], key_set(house.store).find)
    assert (answer["on"], receipt.on, receipt.at) == (on.isoformat(), on, house.at)


def test_coverage_and_charge_are_those_of_the_day_that_was_asked(house, ask):
    changed_on = TODAY - timedelta(days=10)
    before = changed_on - timedelta(days=1)
    coverage = house.cover(
        house.person(),
        acquired_on=before,
        copay=(
            Effective(CopayRatio.TWO_TENTHS, before, before),
            Effective(CopayRatio.THREE_TENTHS, changed_on, None),
        ),
        limits=(
            Effective(LimitCategory.A_I, before, before),
            Effective(LimitCategory.A_U, changed_on, None),
        ),
    )

    def told(on):
        answer = ask(typed(coverage), on=on, agreed=frozenset({Agreement.LIMIT}))
        charge = answer["charge"]
        return charge and (charge["ratio_tenths"], charge["limit_category"]["code"])

    assert told(before - timedelta(days=1)) is None
    assert told(before) == (2, "A02")
    assert told(changed_on) == (3, "A03")
    assert told(None) == (3, "A03")
