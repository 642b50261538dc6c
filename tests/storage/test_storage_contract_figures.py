"""Figures: counted by insurer, day and kind; papers where they are recorded."""

from datetime import UTC, date, datetime, timedelta

from storage_samples import (
    AT,
    INSURER,
    OTHER_INSURER,
    an_intent,
    open_batch,
)

from backend.domain.japan_time import japan_day
from backend.storage.figures import CERTIFICATES_ISSUED, PHONES_ACTIVATED, DailyFigure
from backend.storage.rows import StatusPlace, Withdrawal, WithdrawalKind

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def test_a_tally_grows_for_its_insurer_day_and_figure(store):
    with store.transaction() as tx:
        for day in (MONDAY, MONDAY, MONDAY + DAY):
            tx.tally(INSURER, day, "checked:valid")
        tx.tally(INSURER, MONDAY, PHONES_ACTIVATED)
        tx.tally(OTHER_INSURER, MONDAY, PHONES_ACTIVATED)
        assert tx.figures(INSURER, MONDAY, MONDAY) == [
            DailyFigure(MONDAY, "checked:valid", 2),
            DailyFigure(MONDAY, PHONES_ACTIVATED, 1),
        ]
        assert len(tx.figures(INSURER, MONDAY, MONDAY + DAY)) == 3
        assert tx.figures(INSURER, MONDAY + 2 * DAY, MONDAY + 3 * DAY) == []


def test_a_tally_in_a_write_that_failed_is_none(store):
    def fail(tx):
        tx.tally(INSURER, MONDAY, PHONES_ACTIVATED)
        raise ZeroDivisionError

    try:
        store.write(fail)
    except ZeroDivisionError:
        with store.reading() as tx:
            assert tx.figures(INSURER, MONDAY, MONDAY) == []


def test_papers_are_counted_once_they_are_signed(peopled):
    day = japan_day(AT)
    with peopled.transaction() as tx:
        batch = open_batch(tx, an_intent("s1", 1), an_intent("s2", 2))
        assert tx.figures(INSURER, day, day) == []
        tx.close_batch(batch, [b"s" * 64, b"t" * 64], AT, 0)
        assert tx.figures(INSURER, day, day) == [
            DailyFigure(day, CERTIFICATES_ISSUED, 2)
        ]
        assert tx.figures(OTHER_INSURER, day, day) == []


def test_steps_of_certificates_are_counted_by_the_day_in_japan(peopled):
    late = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # the 24th begins in Japan
    steps = [
        (late - timedelta(seconds=1), WithdrawalKind.SUSPENDED),
        (late, WithdrawalKind.REINSTATED),
        (late, WithdrawalKind.REVOKED),
    ]
    with peopled.transaction() as tx:
        open_batch(tx, an_intent("s1", 1))
        for at, kind in steps:
            step = Withdrawal("s1", kind, "lost", at)
            tx.put_withdrawal(step, StatusPlace(INSURER, 0, 1, 1))
        assert tx.figures(INSURER, MONDAY, MONDAY + DAY) == [
            DailyFigure(MONDAY, "certificates-suspended", 1),
            DailyFigure(MONDAY + DAY, "certificates-revoked", 1),
        ]
