"""Writing what was told: a version beside the earlier ones, and its audit entry."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from backend.audit.events import AuditKind
from backend.domain.coverage import Coverage, Hold
from backend.interchange.columns import Column
from backend.registering.descriptions import Before, Told, differences
from backend.registering.people import is_doubtful
from backend.registering.registrar import Teller
from backend.registering.trail import note
from backend.storage.rows import Member
from backend.storage.store import Transaction

V = TypeVar("V", Member, Coverage)

_HOLD_REASON = "birth-date-or-sex-differs"
_FACTS_OF_DOUBT = frozenset({Column.BIRTH_ON.value, Column.SEX.value})


def is_to_be_held(
    tx: Transaction, before: Before, told: Told, fields: Iterable[str]
) -> bool:
    """Is what is told to be hidden from clinics until the insurer has inspected it?

    Asked of every new coverage, and when a birth date or sex is among the `fields`
    that change.
    """
    is_asked = before.coverage is None or not _FACTS_OF_DOUBT.isdisjoint(fields)
    return is_asked and is_doubtful(tx, told.member)


def append(
    tx: Transaction,
    teller: Teller,
    kind: AuditKind,
    before: Before,
    told: Told,
    is_held: bool,
) -> None:
    """Append what is new in what is told, hold it if `is_to_be_held`, and note it."""
    if _is_news(before.member, told.member):
        tx.put_member(told.member)
    if _is_news(before.coverage, told.coverage):
        tx.put_coverage(told.coverage)
    words = differences(before, told)
    if is_held:
        tx.open_hold(Hold(told.coverage.id, teller.at), _HOLD_REASON)
        words += ("held",)
    note(tx, teller, kind, told.coverage.id, told.coverage.person_id, words)


def _is_news(before: V | None, told: V) -> bool:
    return before is None or replace(before, recorded_at=told.recorded_at) != told
