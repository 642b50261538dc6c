"""The only door to the clock and to randomness."""

import secrets
from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def random_bytes(count: int) -> bytes:
    """`count` unpredictable bytes from the operating system."""
    return secrets.token_bytes(count)
