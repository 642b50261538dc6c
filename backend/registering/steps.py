"""What one row does to the register: first planned, then carried out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from backend.audit.events import PERSON_KEY_BYTES, AuditKind
from backend.domain.coverage import Coverage
from backend.domain.identifiers import new_id
from backend.interchange.columns import Column
from backend.interchange.member_row import LineError, MemberRow
from backend.registering import contradictions
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


class Effect(Enum):
    """What becomes of a coverage; the values are wire names."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What the register keeps of a new person beside the descriptions."""

    audit_key: bytes = field(repr=False)
    blind_index: bytes | None = field(repr=False)
    sealed_number: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One row, what it does, and to whom.

    `before.coverage` is the coverage that the row speaks of (None: a new one);
    `is_held`: what is told is hidden from clinics until inspected. `newcomer` stands
    once the step is `named`, if the person is new.
    """

    row: MemberRow
    found: Found
    before: Before
    told: Told
    effect: Effect
    fields: tuple[str, ...]
    is_held: bool
    newcomer: Newcomer | None = None


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
    tx: Transaction, registrar: Registrar, teller: Teller, row: MemberRow
) -> Step | LineError:
    """What the row does to the register as `tx` sees it, or what contradicts it."""
    found = find_person(tx, registrar.safe, teller.insurer, row)
    if isinstance(found, LineError):
        return found
    known = _spoken_of(row, found.coverages)
    if isinstance(known, LineError):
        return known
    if known and known.lost_on and Column.LOST_ON in row.told and not row.lost_on:
        return contradictions.already_lost(row)
    before = Before(found.member, known)
    told = _told(teller, row, found, known)
    fields = differences(before, told)
    effect = _effect(before, told, fields)
    is_held = is_to_be_held(tx, before, told, fields)
    return Step(row, found, before, told, effect, fields, is_held)


def warnings(step: Step) -> Iterator[LineError]:
    """What the insurer should look at before the step is taken."""
    row, member, known = step.row, step.before.member, step.before.coverage
    if step.is_held:
        yield contradictions.hidden_until_inspected(row)
    if step.found.has_new_number:
        yield contradictions.number_not_kept(row)
    was_undisclosed = member is not None and member.person.is_undisclosed
    if was_undisclosed and not step.told.member.person.is_undisclosed:
        yield contradictions.no_longer_undisclosed(row)
    if known and known.lost_on and Column.LOST_ON not in row.told:
        yield contradictions.stays_lost(row)


def named(registrar: Registrar, step: Step) -> Step:
    """The step with ids of their own for a person and a coverage that are new.

    It asks nothing of the register, so that lists are named before they are written.
    """
    member, coverage = step.told.member, step.told.coverage
    person_id, newcomer = step.found.person_id, None
    if person_id is None:
        person_id = new_id("per", registrar.random_bytes)
        newcomer = _newcomer(registrar, person_id, step.row)
    coverage_id = coverage.id
    if coverage_id == NOT_YET:
        coverage_id = new_id("cov", registrar.random_bytes)
    told = Told(
        replace(member, person=replace(member.person, id=person_id)),
        replace(coverage, id=coverage_id, person_id=person_id),
    )
    return replace(step, told=told, newcomer=newcomer)


def carry_out(tx: Transaction, teller: Teller, step: Step) -> Registered:
    """Write what a named step changes, with its audit entry, if it changes anything."""
    coverage, new = step.told.coverage, step.newcomer
    if new is not None:
        tx.add_person(
            coverage.person_id, new.audit_key, new.blind_index, new.sealed_number
        )
    if step.effect is not Effect.UNCHANGED:
        append(tx, teller, _kind(step), step.before, step.told, step.is_held)
    return Registered(coverage.person_id, coverage.id, step.is_held)


def _spoken_of(
    row: MemberRow, coverages: Sequence[Coverage]
) -> Coverage | LineError | None:
    """The coverage that the row speaks of; None if it tells of a new one.

    It began on the same day, or else it is the one that shares days with the row,
    which then corrects its days. Days that no coverage has make one of their own.
    """
    began_alike = [c for c in coverages if c.acquired_on == row.acquired_on]
    sharing = [c for c in coverages if overlaps(c, row.acquired_on, row.lost_on)]
    spoken_of = began_alike or sharing
    if len(spoken_of) > 1 or any(c not in spoken_of for c in sharing):
        return contradictions.several_coverages(row)
    return spoken_of[0] if spoken_of else None


def _told(teller: Teller, row: MemberRow, found: Found, known: Coverage | None) -> Told:
    person_id = found.person_id or NOT_YET
    insurer, at = teller.insurer, teller.at
    return Told(
        described(row, found.member, person_id, insurer, at),
        covered(row, known, person_id, insurer, at),
    )


def _effect(before: Before, told: Told, fields: tuple[str, ...]) -> Effect:
    if before.coverage is None:
        return Effect.ADDED
    if before.coverage.lost_on is None and told.coverage.lost_on is not None:
        return Effect.ENDED
    return Effect.CHANGED if fields else Effect.UNCHANGED


def _kind(step: Step) -> AuditKind:
    is_correction = not _NEVER_CHANGING.isdisjoint(step.fields)
    if step.effect is Effect.CHANGED and is_correction:
        return AuditKind.COVERAGE_CORRECTED
    return _KINDS[step.effect]


def _newcomer(registrar: Registrar, person_id: str, row: MemberRow) -> Newcomer:
    index = sealed = None
    if row.my_number:
        safe = registrar.safe
        index = safe.index(row.my_number)
        sealed = safe.seal("persons", person_id, "sealed_number", row.my_number)
    return Newcomer(registrar.random_bytes(PERSON_KEY_BYTES), index, sealed)
