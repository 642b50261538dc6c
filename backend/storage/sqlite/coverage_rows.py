"""A coverage version as a row, and back: the hottest conversion of the house."""

from datetime import date
from functools import lru_cache
from typing import Any

from backend.domain.charge import CopayRatio, LimitCategory, SpecificDisease
from backend.domain.codes import CardClassification, LossReason, Relation
from backend.domain.coverage import Coverage
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber
from backend.storage.periods import periods_text, read_periods
from backend.storage.sqlite.instants import (
    to_day_or_none,
    to_instant,
    to_iso_or_none,
    to_micros,
)

COVERAGE_COLUMNS = (
    "c.id, c.person_id, c.insurer, c.symbol, c.number, c.branch, c.acquired_on, "
    "c.lost_on, c.loss_reason, c.relation, c.classification, c.copay, c.limits, "
    "c.diseases, c.recorded_at"
)
COVERAGE_WIDTH = 15

_LOSS = {None: None} | {reason.value: reason for reason in LossReason}
_RELATION = {None: None} | {relation.value: relation for relation in Relation}
_CLASS = {kind.value: kind for kind in CardClassification}

known_insurer = lru_cache(maxsize=8192)(InsurerNumber)  # Japan has about 3,400
"""The number as a value, shared: it was checked before it was recorded."""


def read_coverage(row: tuple[Any, ...]) -> Coverage:
    """The version of which `row` starts with `COVERAGE_COLUMNS`."""
    copay, limits, diseases = row[11], row[12], row[13]
    return Coverage(
        row[0],
        row[1],
        known_insurer(row[2]),
        InsuredIdentity(row[3], row[4], row[5]),
        date.fromisoformat(row[6]),
        to_instant(row[14]),
        to_day_or_none(row[7]),
        _LOSS[row[8]],
        _RELATION[row[9]],
        _CLASS[row[10]],
        read_periods(CopayRatio, copay),
        read_periods(LimitCategory, limits),
        read_periods(SpecificDisease, diseases),
    )


def coverage_row(version: Coverage) -> tuple[Any, ...]:
    """`COVERAGE_COLUMNS` of the version, then its folded symbol and number."""
    identity = version.identity
    return (
        version.id,
        version.person_id,
        version.insurer.digits,
        identity.symbol,
        identity.number,
        identity.branch,
        version.acquired_on.isoformat(),
        to_iso_or_none(version.lost_on),
        version.loss_reason and version.loss_reason.value,
        version.relation and version.relation.value,
        version.classification.value,
        periods_text(version.copay),
        periods_text(version.limits),
        periods_text(version.diseases),
        to_micros(version.recorded_at),
        *identity.search_key,
    )
