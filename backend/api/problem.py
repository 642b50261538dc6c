"""A kind of refusal: its HTTP status, what it means, and what to do about it."""

from dataclasses import dataclass

from backend.domain.words import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of refusal: its HTTP status, what it means, and what to do."""

    code: str
    status: int
    title: Words
    meaning: Words
    remedy: Words
