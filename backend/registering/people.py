"""Whose row is it? By My Number, else by the insurer's own numbers; never by likeness.

A wrong answer would show one person's insurance to another (紐付け誤り), so whatever
contradicts itself is an error for the insurer to mend, and nothing is guessed. Only a
My Number ties the descriptions of two insurers to one person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.domain.codes import Sex
from backend.domain.coverage import Coverage
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber, Scheme
from backend.interchange.member_row import LineError, MemberRow
from backend.registering import contradictions
from backend.registering.periods import newest, overlaps
from backend.registering.registrar import Safe
from backend.storage.rows import Member
from backend.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Found:
    """Whose row it is, and what is told of them already; all empty if new.

    `member` and `coverages` are this insurer's. `has_new_number`: the row gives a My
    Number that the register lacks, for someone whom it has.
    """

    person_id: str | None = None
    member: Member | None = None
    coverages: Sequence[Coverage] = ()
    has_new_number: bool = False


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Who has, with the row's insurer, a coverage under the row's symbol and number."""

    coverage: Coverage
    member: Member


def find_person(
    tx: Transaction, safe: Safe, insurer: InsurerNumber, row: MemberRow
) -> Found | LineError:
    """The person of a row, or what in the register contradicts it.

    1. By My Number, if the row gives one that is known.
    2. Else by this insurer's symbol, number, branch and birth date, all alike.
    3. Else a person not known before.

    Whom the insurer registered without the number keeps the record of that time: it
    is not moved to the person that other insurers know by the number.
    """
    bearers = _bearers(tx, insurer, row)
    same = {b.member.person.id for b in bearers if _is_same(b, row)}
    numbered = _by_number(tx, safe, row)
    if numbered and same and numbered not in same:
        if tx.member(numbered, insurer.digits):
            return contradictions.number_of_another(row)
        numbered = None
    if numbered is None and len(same) > 1:
        return contradictions.several_people(row)
    person_id = numbered or next(iter(same), None)
    clash = _clash([b for b in bearers if b.member.person.id != person_id], row)
    if clash or person_id is None:
        return clash or Found()
    member = tx.member(person_id, insurer.digits)
    if member and not _agrees(member, bearers, row):
        if numbered:
            return contradictions.number_of_another(row)
        return contradictions.name_of_another(row)
    own = own_coverages(tx, insurer, person_id)
    return Found(person_id, member, own, bool(row.my_number and not numbered))


def own_coverages(
    tx: Transaction, insurer: InsurerNumber, person_id: str
) -> Sequence[Coverage]:
    """The newest versions of a person's coverages with one insurer.

    A person's record also has what was once moved from them to somebody else.
    """
    return [
        coverage
        for coverage in newest(tx.record_of_person(person_id).coverages)
        if coverage.person_id == person_id and coverage.insurer == insurer
    ]


def is_doubtful(tx: Transaction, told: Member) -> bool:
    """Does another insurer describe the person with another birth date or sex?

    Then what is told is hidden from clinics until inspected (display stop, domain
    study §4.3, first line of its table); a sex that is unset says nothing.
    """
    person = told.person
    coverages = tx.record_of_person(person.id).coverages
    others = {c.insurer.digits for c in coverages} - {told.insurer}
    described = [tx.member(person.id, other) for other in others]
    return any(
        member.person.birth_on != person.birth_on
        or len({member.person.sex, person.sex} - {Sex.UNSET}) > 1
        for member in described
        if member
    )


def is_numbered_alike(coverage: Coverage, identity: InsuredIdentity) -> bool:
    """Do these numbers, found under one search key, name one person alone?

    Without a branch, a family shares symbol and number; the late-stage elderly have
    a number each.
    """
    is_one_persons = (
        identity.branch is not None or coverage.insurer.scheme is Scheme.LATE_ELDERLY
    )
    return is_one_persons and coverage.identity.branch == identity.branch


def _by_number(tx: Transaction, safe: Safe, row: MemberRow) -> str | None:
    return tx.person_by_number(safe.index(row.my_number)) if row.my_number else None


def _bearers(
    tx: Transaction, insurer: InsurerNumber, row: MemberRow
) -> Sequence[_Bearer]:
    found = tx.coverages_numbered(insurer.digits, *row.identity.search_key)
    described = [(c, tx.member(c.person_id, insurer.digits)) for c in found]
    return [_Bearer(coverage, member) for coverage, member in described if member]


def _is_same(bearer: _Bearer, row: MemberRow) -> bool:
    return (
        bearer.coverage.identity.branch == row.identity.branch
        and bearer.member.person.birth_on == row.birth_on
    )


def _agrees(known: Member, bearers: Sequence[_Bearer], row: MemberRow) -> bool:
    """Do two of three agree with what is known: own numbers, birth date, name?

    Each may change or be told wrongly, but not two at once: then it is somebody else,
    such as a twin or a child under the number of the mother.
    """
    has_numbers = any(
        bearer.member.person.id == known.person.id
        and is_numbered_alike(bearer.coverage, row.identity)
        for bearer in bearers
    )
    is_born_alike = known.person.birth_on == row.birth_on
    is_named_alike = known.person.name.could_be(row.name)
    return has_numbers + is_born_alike + is_named_alike >= 2


def _clash(others: Sequence[_Bearer], row: MemberRow) -> LineError | None:
    """What other people's coverages of the same days speak against the row."""
    for other in others:
        coverage = other.coverage
        if not overlaps(coverage, row.acquired_on, row.lost_on):
            continue
        if is_numbered_alike(coverage, row.identity):
            return contradictions.numbers_of_another(row)
        is_born_alike = other.member.person.birth_on == row.birth_on
        branches = {coverage.identity.branch, row.identity.branch}
        if is_born_alike and len(branches) == 2 and None in branches:
            return contradictions.branch_missing(row)
    return None
