"""A claim read as the type that it must have; anything else is not genuine."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from backend.credentials import base64url
from backend.credentials.jose import NotGenuine, NotGenuineError

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

Read = Callable[[Any], T]  # raises ValueError


def required(claims: Mapping[str, Any], name: str, read: Read[T]) -> T:
    """The claim `name`; `NotGenuineError` if it is absent or not of its type."""
    value = optional(claims, name, read)
    if value is None:
        raise NotGenuineError(NotGenuine.MISSING_CLAIM, f"no {name}")
    return value


def optional(claims: Mapping[str, Any], name: str, read: Read[T]) -> T | None:
    """The claim `name` or None; `NotGenuineError` if it is not of its type."""
    value = claims.get(name)
    if value is None:
        return None
    try:
        return read(value)
    except ValueError:
        raise NotGenuineError(NotGenuine.MALFORMED, f"{name} is not one") from None


def as_text(value: Any) -> str:
    """A string that says something."""
    if not isinstance(value, str) or not value:
        raise ValueError("not a text")
    return value


def as_whole(value: Any) -> int:
    """A whole number from 0; `true` is not one."""
    if type(value) is not int or value < 0:
        raise ValueError("not a whole number")
    return value


def as_flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError("not a flag")
    return value


def as_object(value: Any) -> dict[str, Any]:
    """A JSON object."""
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def as_day(value: Any) -> date:
    """A calendar day, `YYYY-MM-DD` and no other ISO 8601 spelling."""
    day = date.fromisoformat(as_text(value))
    if day.isoformat() != value:
        raise ValueError("not a day")
    return day


def as_one_of(kind: type[E]) -> Read[E]:
    """One of the codes of `kind`."""
    return lambda value: kind(as_text(value))


def as_octets(length: int) -> Read[bytes]:
    """Exactly `length` bytes in base64url."""

    def read(value: Any) -> bytes:
        octets = base64url.decode(as_text(value))
        if len(octets) != length:
            raise ValueError("wrong length")
        return octets

    return read
