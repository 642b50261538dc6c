"""Days and instants as columns: ISO text, and microseconds since 1970 in UTC."""

from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(at: datetime) -> int:
    """The instant as stored. Raises TypeError for an instant without a time zone."""
    return (at - _EPOCH) // _MICROSECOND


def to_micros_or_none(at: datetime | None) -> int | None:
    """As `to_micros`, None staying None."""
    return None if at is None else (at - _EPOCH) // _MICROSECOND


def to_instant(micros: int) -> datetime:
    """The stored instant, in UTC."""
    return _EPOCH + timedelta(microseconds=micros)


def to_instant_or_none(micros: int | None) -> datetime | None:
    """As `to_instant`, None staying None."""
    return None if micros is None else _EPOCH + timedelta(microseconds=micros)


def to_iso_or_none(on: date | None) -> str | None:
    """The day as stored, None staying None."""
    return None if on is None else on.isoformat()


def to_day_or_none(text: str | None) -> date | None:
    """The stored day, None staying None."""
    return None if text is None else date.fromisoformat(text)
