"""A delegation lasts to the end of its last day in Japan, at most a year."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.domain.delegation import (
    LONGEST,
    LONGEST_NAME,
    Delegate,
    DelegateRelation,
    Delegation,
    parse_delegate_name,
    require_until,
)
from backend.domain.errors import MalformedError

TODAY = date(2026, 11, 23)


def test_it_ends_when_its_last_day_is_over_in_japan():
    delegate = Delegate("見本", Delegation(DelegateRelation.CHILD, TODAY))
    midnight = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 00:00 JST of the 24th

    assert delegate.delegation.ends_at == midnight
    assert not delegate.has_ended(midnight - timedelta(microseconds=1))
    assert delegate.has_ended(midnight)


@pytest.mark.parametrize("days", [0, 1, LONGEST.days])
def test_a_last_day_within_a_year_is_taken(days):
    until_on = TODAY + timedelta(days=days)

    assert require_until(until_on, TODAY, "until") == until_on


@pytest.mark.parametrize("days", [-1, LONGEST.days + 1, 20_000])
def test_a_last_day_past_or_too_far_is_refused_by_name(days):
    with pytest.raises(MalformedError) as refused:
        require_until(TODAY + timedelta(days=days), TODAY, "delegate.until")

    assert refused.value.field == "delegate.until"


@pytest.mark.parametrize("name", ["", "　", "a\nb", "x" * (LONGEST_NAME + 1), "\u202e"])
def test_a_name_that_cannot_be_is_refused(name):
    with pytest.raises(MalformedError) as refused:
        parse_delegate_name(name)

    assert refused.value.field == "delegate.name"


def test_every_relation_has_words_of_its_own():
    words = [relation.words for relation in DelegateRelation]

    assert len({it.ja for it in words}) == len({it.en for it in words}) == len(words)
