"""Judge whether coverage holds: (what was shown, the record, the day) to a verdict.

The table of docs/verdict.md, and nothing else. What was shown matters: a phone
stands for a person, a certificate for the one coverage that it names, keyed numbers
for whichever coverages carry them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from backend.domain.codes import QualificationValidity
from backend.domain.coverage import Coverage, Record
from backend.domain.insurer_number import Scheme
from backend.domain.verdict import Reason, Verdict


@dataclass(frozen=True, slots=True)
class PhoneShown:
    """A phone: any coverage of its person may answer."""

    person_id: str


@dataclass(frozen=True, slots=True)
class CertificateShown:
    """A certificate: only the coverage that it names may answer."""

    coverage_id: str


@dataclass(frozen=True, slots=True)
class NumbersKeyed:
    """Typed numbers and birth date: the ids of all coverages that carry them."""

    coverage_ids: frozenset[str]


Asked = PhoneShown | CertificateShown | NumbersKeyed


def judge(asked: Asked, record: Record, on: date, known_at: datetime) -> Verdict:
    """Answer for the day `on` with what the register knew at `known_at`.

    Never raises for what it finds in the record; an ambiguous record answers
    `SEVERAL_FOUND` and is never resolved by guessing.
    """
    verdict = _judge(asked, record, on, known_at)
    if verdict.coverage is None:
        return verdict
    insurer = verdict.coverage.insurer.digits
    return replace(verdict, as_of=record.delivered.get(insurer))


def _judge(asked: Asked, record: Record, on: date, known_at: datetime) -> Verdict:
    known = _known(record.coverages, known_at)
    hidden = {h.coverage_id for h in record.holds if h.hides_at(known_at)}
    match asked:
        case PhoneShown(person_id):
            own = [c for c in known if c.person_id == person_id]
            verdict = _of_person(own, hidden, on)
        case CertificateShown(coverage_id):
            ids = frozenset({coverage_id})
            verdict = _of_coverages(ids, known, hidden, on)
        case NumbersKeyed(coverage_ids):
            verdict = _of_coverages(coverage_ids, known, hidden, on)
    if verdict.reason is Reason.NONE_FOUND and _told_later(asked, record, known):
        return replace(verdict, reason=Reason.NOT_KNOWN_THEN)
    return _with_filing(verdict, record, known_at)


def _known(versions: Iterable[Coverage], known_at: datetime) -> list[Coverage]:
    """The latest version of each coverage that had been told by `known_at`."""
    latest: dict[str, Coverage] = {}
    for version in versions:
        earlier = latest.get(version.id)
        if version.recorded_at <= known_at and (
            earlier is None or version.recorded_at >= earlier.recorded_at
        ):
            latest[version.id] = version
    return list(latest.values())


def _told_later(asked: Asked, record: Record, known: Sequence[Coverage]) -> bool:
    """Whether the record speaks of what was asked, but only since `known_at`."""
    match asked:
        case PhoneShown(person_id):
            told = {c.id for c in record.coverages if c.person_id == person_id}
        case CertificateShown(coverage_id):
            told = {c.id for c in record.coverages if c.id == coverage_id}
        case NumbersKeyed(coverage_ids):
            told = {c.id for c in record.coverages if c.id in coverage_ids}
    return bool(told - {c.id for c in known})


def _of_person(own: Sequence[Coverage], hidden: set[str], on: date) -> Verdict:
    open_to_clinics = [c for c in own if c.id not in hidden]
    holding = _lawful([c for c in open_to_clinics if c.holds_on(on)], on)
    if len(holding) == 1:
        return _valid(holding[0], on)
    if holding:
        return Verdict(
            QualificationValidity.SEVERAL_FOUND, Reason.SEVERAL_COVERAGES, on
        )
    is_all_hidden = bool(own) and not open_to_clinics
    if is_all_hidden or any(c.holds_on(on) for c in own):
        return Verdict(QualificationValidity.NONE_FOUND, Reason.HIDDEN, on)
    return _not_holding(open_to_clinics, on)


def _of_coverages(
    ids: frozenset[str], known: Sequence[Coverage], hidden: set[str], on: date
) -> Verdict:
    named = [c for c in known if c.id in ids]
    if len({c.person_id for c in named}) > 1:
        return Verdict(QualificationValidity.SEVERAL_FOUND, Reason.SEVERAL_PERSONS, on)
    answer = _of_person(named, hidden, on)
    if answer.coverage is None:
        return answer
    others = [
        c
        for c in known
        if c.person_id == answer.coverage.person_id
        and c.id not in {*ids, *hidden}
        and c.holds_on(on)
    ]
    return _beside(answer, others, on)


def _beside(answer: Verdict, others: Sequence[Coverage], on: date) -> Verdict:
    """The answer for a named coverage, given the person's others of the same day."""
    if not others or answer.coverage is None:
        return answer
    if answer.is_valid:
        lawful = _lawful([answer.coverage, *others], on)
        if answer.coverage in lawful:
            return replace(answer, has_overlap=len(lawful) > 1)
        return _newer(answer.coverage, min(c.acquired_on for c in lawful), on)
    if answer.reason in (Reason.LAPSED, Reason.REGISTRATION_UNDONE):
        return _newer(answer.coverage, answer.since, on)
    return answer


def _lawful(holding: Sequence[Coverage], on: date) -> list[Coverage]:
    """Of what holds that day, what may answer. [MEM], docs/glossary.md.

    Whom the late-stage elderly's scheme (後期高齢者) covers is in no other: what an
    insurer has not ended yet does not count. 国保 ends on the day AFTER joining an
    employee scheme (国保法8条): on the day of joining both hold, and the employee
    scheme answers.
    """
    late = [c for c in holding if c.insurer.scheme is Scheme.LATE_ELDERLY]
    if late:
        return late
    joined = any(
        c.insurer.scheme is Scheme.EMPLOYEE and c.acquired_on == on for c in holding
    )
    return [c for c in holding if not (joined and _ends_by_joining(c, on))]


def _ends_by_joining(coverage: Coverage, on: date) -> bool:
    is_national = coverage.insurer.scheme is Scheme.NATIONAL_HEALTH
    return is_national and coverage.lost_on == on + timedelta(days=1)


def _not_holding(coverages: Sequence[Coverage], on: date) -> Verdict:
    """The nearest coverage that does not hold: the last ended, else the next begun."""
    ended = [c for c in coverages if c.has_ended_by(on) and not c.is_undone]
    future = [c for c in coverages if c.acquired_on > on and not c.is_undone]
    undone = [c for c in coverages if c.is_undone]
    if ended:
        last = max(ended, key=lambda c: (c.lost_on or on, c.acquired_on, c.id))
        return _invalid(last, Reason.LAPSED, last.lost_on, on)
    if future:
        first = min(future, key=lambda c: (c.acquired_on, c.id))
        return _invalid(first, Reason.NOT_YET_STARTED, first.acquired_on, on)
    if undone:
        last = max(undone, key=lambda c: (c.acquired_on, c.id))
        return _invalid(last, Reason.REGISTRATION_UNDONE, last.lost_on, on)
    return Verdict(QualificationValidity.NONE_FOUND, Reason.NONE_FOUND, on)


def _with_filing(verdict: Verdict, record: Record, known_at: datetime) -> Verdict:
    """Say that a registration is under way, where nothing better can be said."""
    under_way = [f for f in record.filings if f.filed_at <= known_at]
    if verdict.reason is not Reason.NONE_FOUND or not under_way:
        return verdict
    latest = max(under_way, key=lambda f: f.filed_at)
    return replace(
        verdict,
        reason=Reason.REGISTRATION_IN_PROGRESS,
        expected_on=latest.expected_on,
    )


def _valid(coverage: Coverage, on: date) -> Verdict:
    return Verdict(
        QualificationValidity.VALID,
        Reason.COVERED,
        on,
        coverage,
        since=coverage.acquired_on,
    )


def _newer(coverage: Coverage, since: date | None, on: date) -> Verdict:
    return Verdict(
        QualificationValidity.INVALID_NEWER_EXISTS,
        Reason.NEWER_COVERAGE,
        on,
        coverage,
        since,
    )


def _invalid(
    coverage: Coverage, reason: Reason, since: date | None, on: date
) -> Verdict:
    return Verdict(QualificationValidity.INVALID, reason, on, coverage, since)
