"""What a row makes of what was told before: the next version, and how it differs.

A column that the list does not have leaves things as they are.
"""

from dataclasses import dataclass
from datetime import datetime

from backend.domain.codes import CardClassification
from backend.domain.coverage import Coverage
from backend.domain.insured_person import InsuredPerson
from backend.domain.insurer_number import InsurerNumber
from backend.interchange.columns import Column
from backend.interchange.member_row import MemberRow
from backend.registering.periods import keeping_end, with_each, with_period
from backend.storage.rows import Member

NOT_YET = ""
"""The id of a person or coverage that is not registered yet."""


@dataclass(frozen=True, slots=True)
class Told:
    """A person and their coverage, as an insurer tells them."""

    member: Member
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Before:
    """What was told before, as far as anything was."""

    member: Member | None
    coverage: Coverage | None


def described(
    row: MemberRow,
    known: Member | None,
    person_id: str,
    insurer: InsurerNumber,
    at: datetime,
) -> Member:
    """The person as this row describes them; never an address under 不開示."""
    is_undisclosed, address = row.is_undisclosed, row.address
    ends_on = row.continuation_ends_on
    if known is not None:
        at = max(at, known.recorded_at)  # a clock set back buries no version
        if Column.IS_UNDISCLOSED not in row.told:
            is_undisclosed = known.person.is_undisclosed
        if Column.ADDRESS not in row.told:
            address = known.person.address
        if Column.CONTINUATION_ENDS_ON not in row.told:
            ends_on = known.continuation_ends_on
    person = InsuredPerson(
        id=person_id,
        name=row.name,
        birth_on=row.birth_on,
        sex=row.sex,
        address=None if is_undisclosed else address,
        is_undisclosed=is_undisclosed,
    )
    return Member(person, insurer.digits, row.card_status.value, at, ends_on)


def covered(
    row: MemberRow,
    known: Coverage | None,
    person_id: str,
    insurer: InsurerNumber,
    at: datetime,
) -> Coverage:
    """The coverage as this row tells it, on top of what was told before."""
    lost_on, loss_reason, relation = row.lost_on, row.loss_reason, row.relation
    limit, diseases = row.limit, row.diseases
    if known is not None:
        at = max(at, known.recorded_at)
        if limit and Column.LIMIT_UNTIL_ON not in row.told:
            limit = keeping_end(known.limits, limit)
        if Column.DISEASES_UNTIL_ON not in row.told:
            diseases = tuple(keeping_end(known.diseases, it) for it in diseases)
        if Column.LOST_ON not in row.told:
            lost_on, loss_reason = known.lost_on, known.loss_reason
        if Column.RELATION not in row.told:
            relation = known.relation
    return Coverage(
        id=known.id if known else NOT_YET,
        person_id=person_id,
        insurer=insurer,
        identity=row.identity,
        acquired_on=row.acquired_on,
        recorded_at=at,
        lost_on=lost_on,
        loss_reason=loss_reason,
        relation=relation,
        classification=known.classification if known else CardClassification.GENERAL,
        copay=with_period(known.copay if known else (), row.copay),
        limits=with_period(known.limits if known else (), limit),
        diseases=with_each(known.diseases if known else (), diseases),
    )


def facts_of_member(member: Member) -> dict[str, object]:
    """What an insurer told of a person, by wire name."""
    person = member.person
    return {
        Column.NAME.value: person.name.kanji,
        Column.KANA.value: person.name.kana,
        Column.BIRTH_ON.value: person.birth_on,
        Column.SEX.value: person.sex,
        Column.ADDRESS.value: person.address,
        Column.IS_UNDISCLOSED.value: person.is_undisclosed,
        Column.CARD_STATUS.value: member.card_status,
        Column.CONTINUATION_ENDS_ON.value: member.continuation_ends_on,
    }


def facts_of_coverage(coverage: Coverage) -> dict[str, object]:
    """What an insurer told of a coverage, by wire name."""
    return {
        Column.SYMBOL.value: coverage.identity.symbol,
        Column.NUMBER.value: coverage.identity.number,
        Column.BRANCH.value: coverage.identity.branch,
        Column.RELATION.value: coverage.relation,
        Column.ACQUIRED_ON.value: coverage.acquired_on,
        Column.LOST_ON.value: coverage.lost_on,
        Column.LOSS_REASON.value: coverage.loss_reason,
        Column.COPAY_RATIO.value: coverage.copay,
        Column.LIMIT_CATEGORY.value: coverage.limits,
        Column.DISEASES.value: coverage.diseases,
        "classification": coverage.classification,
    }


def differences(before: Before, told: Told) -> tuple[str, ...]:
    """The wire names of what a telling changes; of what was not told before, none."""
    changes: list[str] = []
    if before.member:
        changes += _differing(
            facts_of_member(before.member), facts_of_member(told.member)
        )
    if before.coverage:
        changes += _differing(
            facts_of_coverage(before.coverage), facts_of_coverage(told.coverage)
        )
    return tuple(changes)


def _differing(old: dict[str, object], new: dict[str, object]) -> list[str]:
    return [name for name in new if old[name] != new[name]]
