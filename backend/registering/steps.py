"""What one row does to the register: planned, then decided, then carried out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from types import MappingProxyType

from backend.audit.events import PERSON_KEY_BYTES, AuditKind
from backend.domain.coverage import Coverage
from backend.domain.identifiers import new_id
from backend.interchange.columns import Column
from backend.interchange.member_row import LineError, MemberRow
from backend.registering import contradictions
from backend.registering.age_warnings import age_warnings
from backend.registering.appending import append, is_to_be_held
from backend.registering.descriptions import (
    NOT_YET,
    Before,
    Told,
    covered,
    described,
    differences,
)
from backend.registering.people import Found, find_person
from backend.registering.periods import overlaps
from backend.registering.registrar import Registrar, Teller
from backend.storage.store import Transaction

_NOTHING: Mapping[str, Coverage] = MappingProxyType({})


class Effect(Enum):
    """What becomes of a coverage; the values are wire names."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    REOPENED = "reopened"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Step:
    """One row, what it does, and to whom.

    `before.coverage` is the coverage that the row speaks of (None: a new one);
    `is_held`: what is told is hidden from clinics until inspected.
    """

    row: MemberRow
    found: Found
    before: Before
    told: Told
    effect: Effect
    fields: tuple[str, ...]
    is_held: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """Whose row it is and which coverage it speaks of, settled once.

    `person_id` is None for somebody new; a new coverage has the id that it will get.
    """

    person_id: str | None
    coverage_id: str


@dataclass(frozen=True, slots=True)
class Registered:
    """What stands in the register after a row was carried out."""

    person_id: str
    coverage_id: str
    is_held: bool


_KINDS = {
    Effect.ADDED: AuditKind.COVERAGE_REGISTERED,
    Effect.CHANGED: AuditKind.COVERAGE_CHANGED,
    Effect.ENDED: AuditKind.COVERAGE_ENDED,
    Effect.REOPENED: AuditKind.COVERAGE_REOPENED,
}
# What does not change in the world: a difference means that it was told wrongly.
_NEVER_CHANGING = frozenset(
    column.value
    for column in (
        Column.ACQUIRED_ON,
        Column.LOST_ON,
        Column.LOSS_REASON,
        Column.BIRTH_ON,
        Column.SEX,
    )
)


def plan_row(
    tx: Transaction,
    registrar: Registrar,
    teller: Teller,
    row: MemberRow,
    told_before: Mapping[str, Coverage] = _NOTHING,
) -> Step | LineError:
    """What the row does to the register as `tx` sees it, or what contradicts it.

    `told_before` are coverages, by id, as earlier rows of the same list leave them.
    """
    found = find_person(tx, registrar.safe, teller.insurer, row)
    if isinstance(found, LineError):
        return found
    known = _spoken_of(row, [told_before.get(c.id, c) for c in found.coverages])
    if isinstance(known, LineError):
        return known
    before = Before(found.member, known)
    told = _told(teller, row, before, found.person_id or NOT_YET)
    fields = differences(before, told)
    effect = _effect(before, told, fields)
    is_held = is_to_be_held(tx, before, told, fields)
    return Step(row, found, before, told, effect, fields, is_held)


def warnings(step: Step, on: date) -> Iterator[LineError]:
    """What the insurer should look at before the step is taken, on a day in Japan."""
    row, member, known = step.row, step.before.member, step.before.coverage
    if step.is_held:
        yield contradictions.hidden_until_inspected(row)
    if step.found.has_new_number:
        yield contradictions.number_not_kept(row)
    is_undisclosed = step.told.member.person.is_undisclosed
    if member and member.person.is_undisclosed and not is_undisclosed:
        yield contradictions.no_longer_undisclosed(row)
    if member and is_undisclosed and not member.person.is_undisclosed:
        yield contradictions.becomes_undisclosed(row)
    if known and known.lost_on and Column.LOST_ON not in row.told:
        yield contradictions.stays_lost(row)
    if step.effect is Effect.REOPENED:
        yield contradictions.takes_loss_back(row)
    if Column.ACQUIRED_ON.value in step.fields:
        yield contradictions.corrects_beginning(row)
    yield from age_warnings(row, step.told, on)


def decide(registrar: Registrar, teller: Teller, step: Step) -> Decision:
    """Settle a step, so that it can be carried out later and more than once."""
    coverage_id = step.told.coverage.id
    if coverage_id == NOT_YET:
        coverage_id = new_id("cov", teller.at, registrar.random_bytes)
    return Decision(step.found.person_id, coverage_id)


def carry_out(
    tx: Transaction,
    registrar: Registrar,
    teller: Teller,
    row: MemberRow,
    decision: Decision,
) -> Registered:
    """Write what the row changes, with its audit entry; a second time, nothing."""
    known = tx.coverage(decision.coverage_id)
    person_id = (
        known.person_id if known else _person(tx, registrar, teller, row, decision)
    )
    before = Before(tx.member(person_id, teller.insurer.digits), known)
    is_held = False
    if not known or before.member:  # else erased: nothing is told of them any more
        told = _told(teller, row, before, person_id)
        coverage = replace(told.coverage, id=decision.coverage_id)
        is_held = _append(tx, teller, before, Told(told.member, coverage))
        tx.settle_filings(teller.insurer.digits, row.identity, row.birth_on)
    return Registered(person_id, decision.coverage_id, is_held)


def _spoken_of(
    row: MemberRow, coverages: Sequence[Coverage]
) -> Coverage | LineError | None:
    """The coverage that the row speaks of; None if it tells of a new one.

    It began on the same day, or else it is the one of these numbers that shares days
    with the row, which then corrects its days. Days that no coverage has make one of
    their own; under other numbers they do once the other coverage has ended.
    """
    began_alike = [c for c in coverages if c.acquired_on == row.acquired_on]
    sharing = [c for c in coverages if overlaps(c, row.acquired_on, row.lost_on)]
    spoken_of = began_alike or sharing
    if len(spoken_of) > 1 or any(c not in spoken_of for c in sharing):
        return contradictions.several_coverages(row)
    if not began_alike and any(c.identity != row.identity for c in sharing):
        return contradictions.covered_under_other_numbers(row)
    return spoken_of[0] if spoken_of else None


def _told(teller: Teller, row: MemberRow, before: Before, person_id: str) -> Told:
    insurer, at = teller.insurer, teller.at
    return Told(
        described(row, before.member, person_id, insurer, at),
        covered(row, before.coverage, person_id, insurer, at),
    )


def _effect(before: Before, told: Told, fields: tuple[str, ...]) -> Effect:
    if before.coverage is None:
        return Effect.ADDED
    had_ended, has_ended = before.coverage.lost_on, told.coverage.lost_on
    if has_ended and not had_ended:
        return Effect.ENDED
    if had_ended and not has_ended:
        return Effect.REOPENED
    return Effect.CHANGED if fields else Effect.UNCHANGED


def _append(tx: Transaction, teller: Teller, before: Before, told: Told) -> bool:
    """Append what differs, if anything does; True if it is held."""
    fields = differences(before, told)
    effect = _effect(before, told, fields)
    if effect is Effect.UNCHANGED:
        return False
    is_held = is_to_be_held(tx, before, told, fields)
    append(tx, teller, _kind(effect, fields), before, told, is_held)
    return is_held


def _kind(effect: Effect, fields: tuple[str, ...]) -> AuditKind:
    is_correction = not _NEVER_CHANGING.isdisjoint(fields)
    if effect is Effect.CHANGED and is_correction:
        return AuditKind.COVERAGE_CORRECTED
    return _KINDS[effect]


def _person(
    tx: Transaction,
    registrar: Registrar,
    teller: Teller,
    row: MemberRow,
    decision: Decision,
) -> str:
    """Whose the new coverage is; whoever was erased since is somebody new.

    Somebody new may have been registered by an earlier line of the same list.
    """
    if decision.person_id and tx.audit_key(decision.person_id):
        return decision.person_id
    found = find_person(tx, registrar.safe, teller.insurer, row)
    known = found.person_id if isinstance(found, Found) else None
    index = registrar.safe.index(row.my_number) if row.my_number else None
    if known is None and index:
        known = tx.person_by_number(index)
    return known or _add_person(tx, registrar, teller, row, index)


def _add_person(
    tx: Transaction,
    registrar: Registrar,
    teller: Teller,
    row: MemberRow,
    index: bytes | None,
) -> str:
    person_id = new_id("per", teller.at, registrar.random_bytes)
    sealed = None
    if row.my_number:
        cell = "persons", person_id, "sealed_number"
        sealed = registrar.safe.seal(*cell, row.my_number.encode("ascii"))
    audit_key = registrar.random_bytes(PERSON_KEY_BYTES)
    tx.add_person(person_id, audit_key, index, sealed)
    return person_id
