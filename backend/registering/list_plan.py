"""What a member list would do to the register: shown before it is committed.

Whoever the list does not name is told as missing and left alone: a list may be of one
office only, so absence ends nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, pairwise
from typing import TypeVar

from backend.domain.coverage import Coverage
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber
from backend.interchange.member_list import ParsedList
from backend.interchange.member_row import LineError, MemberRow
from backend.registering import contradictions
from backend.registering.descriptions import NOT_YET
from backend.registering.periods import overlaps
from backend.registering.registrar import Registrar, Teller
from backend.registering.steps import Effect, Step, plan_row, warnings
from backend.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line that does something: to whom, and which fields (names, never values)."""

    line: int
    numbers: str = field(repr=False)
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingMember:
    """A coverage that goes on in the register, and that the list does not name."""

    person_id: str
    coverage_id: str
    numbers: str = field(repr=False)


N = TypeVar("N", PlannedLine, MissingMember)


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What would be added, changed, ended, re-opened; what stays; what hinders.

    `unchanged` are line numbers. `error_count` counts all errors, `errors` holds the
    first of them; a list with errors cannot be committed. Lines in error are not
    compared, so their people are missing as well.
    """

    encoding: str
    row_count: int
    added: tuple[PlannedLine, ...]
    changed: tuple[PlannedLine, ...]
    ended: tuple[PlannedLine, ...]
    reopened: tuple[PlannedLine, ...]
    unchanged: tuple[int, ...]
    missing: tuple[MissingMember, ...]
    errors: tuple[LineError, ...]
    error_count: int
    warnings: tuple[LineError, ...]

    def without_numbers(self) -> "ListPlan":
        """What may be kept for good: it says of nobody which numbers they have."""
        return replace(
            self,
            added=_unnumbered(self.added),
            changed=_unnumbered(self.changed),
            ended=_unnumbered(self.ended),
            reopened=_unnumbered(self.reopened),
            missing=_unnumbered(self.missing),
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, by wire name."""
        return {
            "rows": self.row_count,
            "added": len(self.added),
            "changed": len(self.changed),
            "ended": len(self.ended),
            "reopened": len(self.reopened),
            "unchanged": len(self.unchanged),
            "missing": len(self.missing),
            "errors": self.error_count,
            "warnings": len(self.warnings),
        }


def _unnumbered(lines: Iterable[N]) -> tuple[N, ...]:
    return tuple(replace(line, numbers="") for line in lines)


def plan_list(
    tx: Transaction,
    registrar: Registrar,
    teller: Teller,
    parsed: ParsedList,
    received_on: date,
) -> tuple[ListPlan, Sequence[Step]]:
    """Compare a list with the register as `tx` sees it; the steps that would be taken.

    `received_on` is the day in Japan on which the list came: who is missing is told
    for that day, so that the same list gives the same plan a day later.
    """
    planned = list(_planned(tx, registrar, teller, parsed.rows))
    steps = [step for step in planned if isinstance(step, Step)]
    refused = [error for error in planned if isinstance(error, LineError)]
    refused += _told_twice(steps)
    errors = sorted(chain(parsed.errors, refused), key=lambda error: error.line)
    warned = sorted(
        (it for step in steps for it in warnings(step, received_on)),
        key=lambda warning: warning.line,
    )
    spoken_of = {step.told.coverage.id for step in steps}
    plan = ListPlan(
        encoding=parsed.encoding,
        row_count=parsed.row_count,
        added=_lines(steps, Effect.ADDED),
        changed=_lines(steps, Effect.CHANGED),
        ended=_lines(steps, Effect.ENDED),
        reopened=_lines(steps, Effect.REOPENED),
        unchanged=tuple(
            sorted(s.row.line for s in steps if s.effect is Effect.UNCHANGED)
        ),
        missing=_missing(tx, teller.insurer, spoken_of, received_on),
        errors=tuple(errors[: registrar.limits.errors]),
        error_count=parsed.error_count + len(refused),
        warnings=tuple(warned[: registrar.limits.errors]),
    )
    return plan, steps


def _planned(
    tx: Transaction, registrar: Registrar, teller: Teller, rows: Iterable[MemberRow]
) -> Iterator[Step | LineError]:
    """Each row after those before it: a coverage may begin where another ends."""
    told: dict[str, Coverage] = {}
    for row in rows:
        step = plan_row(tx, registrar, teller, row, told)
        if isinstance(step, Step) and step.before.coverage:
            told[step.told.coverage.id] = step.told.coverage
        yield step


def _told_twice(steps: Iterable[Step]) -> list[LineError]:
    """Two lines that speak of one person's same days, one by a wrong My Number."""
    of_person: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        if step.found.person_id:
            of_person[step.found.person_id].append(step)
    return [
        contradictions.number_of_another(step.row)
        for told in of_person.values()
        if _share_coverage_or_day([step.told.coverage for step in told])
        for step in told
    ]


def _share_coverage_or_day(told: Sequence[Coverage]) -> bool:
    """Are two of them one coverage, or is a day in two? In the order of their days."""
    ids = [coverage.id for coverage in told if coverage.id != NOT_YET]
    with_days = [coverage for coverage in told if not coverage.is_undone]
    return len(set(ids)) < len(ids) or any(
        overlaps(before, after.acquired_on, after.lost_on)
        for before, after in pairwise(with_days)
    )


def _lines(steps: Iterable[Step], effect: Effect) -> tuple[PlannedLine, ...]:
    of_kind = sorted(
        (step for step in steps if step.effect is effect), key=lambda s: s.row.line
    )
    return tuple(
        PlannedLine(step.row.line, _label(step.row.identity), step.fields)
        for step in of_kind
    )


def _missing(
    tx: Transaction, insurer: InsurerNumber, spoken_of: set[str], on: date
) -> tuple[MissingMember, ...]:
    missing = [
        MissingMember(member.person.id, coverage.id, _label(coverage.identity))
        for member, coverage in tx.members_of(insurer.digits)
        if coverage.id not in spoken_of and not coverage.has_ended_by(on)
    ]
    return tuple(sorted(missing, key=lambda one: one.coverage_id))


def _label(identity: InsuredIdentity) -> str:
    parts = (identity.symbol, identity.number, identity.branch)
    return " ".join(part for part in parts if part)
