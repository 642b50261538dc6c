"""Periods of a person's coverages with one insurer: which meet, which are replaced."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from backend.domain.charge import Effective
from backend.domain.coverage import Coverage

T = TypeVar("T")


def overlaps(coverage: Coverage, acquired_on: date, lost_on: date | None) -> bool:
    """Does the coverage share a day with the period up to, not including, `lost_on`?

    A registration that was undone, on either side, has no day to share.
    """
    return (
        not coverage.is_undone
        and acquired_on != lost_on
        and coverage.acquired_on < (lost_on or date.max)
        and acquired_on < (coverage.lost_on or date.max)
    )


def newest(versions: Iterable[Coverage]) -> Sequence[Coverage]:
    """The newest version of each coverage; of equally old ones, the later in order."""
    latest: dict[str, Coverage] = {}
    for version in versions:
        earlier = latest.get(version.id)
        if earlier is None or version.recorded_at >= earlier.recorded_at:
            latest[version.id] = version
    return tuple(latest.values())


def with_period(
    periods: tuple[Effective[T], ...], told: Effective[T] | None
) -> tuple[Effective[T], ...]:
    """The periods with the one told, which replaces what began on the same day.

    A coverage's earlier versions keep what is replaced.
    """
    if told is None or told in periods:
        return periods
    kept = (period for period in periods if period.from_on != told.from_on)
    return (*kept, told)


def keeping_end(periods: Iterable[Effective[T]], told: Effective[T]) -> Effective[T]:
    """The period told without its end, with the end that is known of it, if any is."""
    return next(
        (
            period
            for period in periods
            if (period.value, period.from_on) == (told.value, told.from_on)
        ),
        told,
    )


def with_each(
    periods: tuple[Effective[T], ...], told: Iterable[Effective[T]]
) -> tuple[Effective[T], ...]:
    """The periods with those told, each beside others: a person has several diseases.

    A period replaces only one of the same value from the same day.
    """
    for new in told:
        if new not in periods:
            kept = (
                period
                for period in periods
                if (period.value, period.from_on) != (new.value, new.from_on)
            )
            periods = (*kept, new)
    return periods
