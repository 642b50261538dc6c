"""A reminder comes in time, and never for what is over or far away."""

from datetime import date, timedelta

import pytest

from backend.domain.reminder import Reminder, ReminderKind, due

TODAY = date(2026, 11, 23)
PAPER, TOKEN = ReminderKind.CERTIFICATE_EXPIRES, ReminderKind.TOKEN_EXPIRES


@pytest.mark.parametrize(
    ("kind", "days", "is_due"),
    [
        (PAPER, -1, False),
        (PAPER, 0, True),
        (PAPER, 30, True),
        (PAPER, 31, False),
        (TOKEN, 3, True),
        (TOKEN, 4, False),
    ],
)
def test_it_is_due_so_many_days_ahead(kind, days, is_due):
    on = TODAY + timedelta(days=days)

    assert due([(kind, on)], TODAY) == ([Reminder(kind, on)] if is_due else [])


def test_the_nearest_stands_first_and_an_open_end_is_none():
    later, sooner = TODAY + timedelta(days=2), TODAY + timedelta(days=1)

    found = due(
        [(PAPER, later), (ReminderKind.COVERAGE_ENDS, None), (TOKEN, sooner)], TODAY
    )

    assert [it.kind for it in found] == [TOKEN, PAPER]


def test_every_kind_says_what_to_do():
    words = [kind.words for kind in ReminderKind]

    assert len({it.ja for it in words}) == len({it.en for it in words}) == len(words)
