"""Ratios, limits and diseases with their periods, as one text beside a coverage."""

import json
from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from backend.domain.charge import Effective

E = TypeVar("E", bound=Enum)


def read_periods(kind: type[E], text: str | None) -> tuple[Effective[E], ...]:
    """The values of `kind`, with first and last day, that `periods_text` wrote."""
    return () if text is None else _read(kind, text)


@lru_cache(maxsize=4096)  # most people share a few: "030 from 1 April"
def _read(kind: type[E], text: str) -> tuple[Effective[E], ...]:
    return tuple(
        Effective(
            kind(value),
            date.fromisoformat(from_on),
            None if until_on is None else date.fromisoformat(until_on),
        )
        for value, from_on, until_on in json.loads(text)
    )


@lru_cache(maxsize=4096)
def periods_text(periods: Iterable[Effective[Any]]) -> str | None:
    """The text that is kept, `[["030","2026-04-01",null]]`; None for no period."""
    if not periods:
        return None
    spelled = [
        (
            p.value.value,
            p.from_on.isoformat(),
            None if p.until_on is None else p.until_on.isoformat(),
        )
        for p in periods
    ]
    return json.dumps(spelled, separators=(",", ":"))
