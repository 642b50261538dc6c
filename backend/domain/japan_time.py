"""The day in Japan: it starts at 00:00 JST wherever the server stands."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")


def japan_day(at: datetime) -> date:
    """The calendar day in Japan at the instant `at` (timezone-aware)."""
    return at.astimezone(JST).date()


def start_of_day(on: date) -> datetime:
    """The instant at which the day `on` begins in Japan."""
    return datetime.combine(on, time.min, tzinfo=JST)
