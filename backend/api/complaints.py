"""What is wrong with one field or line, why, and how to mend it, in both languages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.domain.errors import ShikakuError
from backend.domain.words import Words

MOST_SHOWN = 100  # complaints in one answer; the rest say nothing new
_SPEAKABLE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_UNSPEAKABLE_NAME = "?"  # a name that came from the caller may hold anything


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a value was refused, and how to mend it; never the value itself."""

    reason: Words
    fix: Words


@dataclass(frozen=True, slots=True)
class FieldComplaint:
    """A complaint and the field it is about, `shown.numbers.birth_on` for one."""

    field: str
    complaint: Complaint


class InvalidFieldsError(ShikakuError):
    """A request whose fields are not as the door's schema says."""

    code = "malformed"

    def __init__(self, complaints: Sequence[FieldComplaint]) -> None:
        super().__init__(", ".join(found.field for found in complaints))
        self.complaints = tuple(complaints)


def complaints_in(messages: Mapping[Any, Any]) -> list[FieldComplaint]:
    """Marshmallow's nested messages as a flat list, in their order."""
    return list(_walk(messages, ()))[:MOST_SHOWN]


def _walk(found: object, path: tuple[str, ...]) -> Iterator[FieldComplaint]:
    if isinstance(found, Complaint):
        yield FieldComplaint(".".join(path) or "body", found)
    elif isinstance(found, Mapping):
        for name, below in found.items():
            inside = path if name == "_schema" else (*path, _speakable(name))
            yield from _walk(below, inside)
    elif isinstance(found, list):
        for below in found:
            yield from _walk(below, path)


def _speakable(name: object) -> str:
    text = str(name)
    return text if _SPEAKABLE.fullmatch(text) else _UNSPEAKABLE_NAME
