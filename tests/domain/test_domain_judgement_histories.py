"""judge() over made-up histories: overlaps, losses told late, losses taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.codes import QualificationValidity
from backend.domain.coverage import Coverage, Hold, Record
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber, Scheme
from backend.domain.judgement import CertificateShown, PhoneShown, judge
from backend.domain.verdict import Verdict

EMPLOYEE = InsurerNumber.parse("01130012")
OTHER_EMPLOYEE = InsurerNumber.parse("06130017")
NATIONAL = InsurerNumber.parse("138057")
ELDERLY = InsurerNumber.parse("39130018")
ON = date(2026, 11, 23)
FIRST_TOLD = datetime(2026, 1, 1, tzinfo=UTC)
PHONE = PhoneShown("p")
MOST = 200

days = st.integers(-4, 4).map(lambda offset: ON + timedelta(days=offset))
instants = st.integers(0, 30).map(lambda day: FIRST_TOLD + timedelta(days=day))
asked_on = st.integers(-2, 2).map(lambda offset: ON + timedelta(days=offset))


@st.composite
def histories(draw: st.DrawFn) -> Record:
    """Up to four coverages of one person, each told of one to three times."""
    versions = [
        draw(versions_of(f"cov-{number}")) for number in range(draw(st.integers(0, 4)))
    ]
    told = [version for of_one in versions for version in of_one]
    holds = [
        Hold(of_one[0].id, draw(instants), draw(st.none() | instants))
        for of_one in versions
        if draw(st.integers(0, 3)) == 0
    ]
    return Record(tuple(draw(st.permutations(told))), tuple(holds))


@st.composite
def versions_of(draw: st.DrawFn, coverage_id: str) -> list[Coverage]:
    insurer = draw(st.sampled_from([EMPLOYEE, OTHER_EMPLOYEE, NATIONAL, ELDERLY]))
    told_at = draw(st.lists(instants, min_size=1, max_size=3, unique=True))
    return [
        Coverage(
            id=coverage_id,
            person_id="p",
            insurer=insurer,
            identity=InsuredIdentity(None, coverage_id, None),
            acquired_on=(acquired_on := draw(days)),
            recorded_at=at,
            lost_on=draw(st.none() | days.map(lambda on, a=acquired_on: max(on, a))),
        )
        for at in told_at
    ]


def in_force(record: Record, on: date, known_at: datetime) -> list[Coverage]:
    """What was known then, was shown, and held that day; said in the plainest way."""
    hidden = {
        hold.coverage_id
        for hold in record.holds
        if hold.opened_at <= known_at
        and not (hold.released_at and hold.released_at <= known_at)
    }
    latest = {
        version.id: version
        for version in sorted(record.coverages, key=lambda it: it.recorded_at)
        if version.recorded_at <= known_at
    }
    return [
        it
        for it in latest.values()
        if it.id not in hidden
        and it.acquired_on <= on
        and (it.lost_on is None or on < it.lost_on)
    ]


def may_answer(one: Coverage, holding: list[Coverage], on: date) -> bool:
    """The two rules of lawful overlap, [MEM]."""
    schemes = [it.insurer.scheme for it in holding]
    if Scheme.LATE_ELDERLY in schemes:
        return one.insurer.scheme is Scheme.LATE_ELDERLY
    joined_today = any(
        it.insurer.scheme is Scheme.EMPLOYEE and it.acquired_on == on for it in holding
    )
    ends_tonight = one.lost_on == on + timedelta(days=1)
    is_national = one.insurer.scheme is Scheme.NATIONAL_HEALTH
    return not (joined_today and is_national and ends_tonight)


@settings(max_examples=MOST)
@given(record=histories(), on=asked_on, known_at=instants)
def test_a_phone_is_valid_exactly_where_one_lawful_coverage_holds(record, on, known_at):
    holding = in_force(record, on, known_at)
    lawful = [it for it in holding if may_answer(it, holding, on)]

    verdict = judge(PHONE, record, on, known_at)

    if len(lawful) == 1:
        assert (verdict.is_valid, verdict.coverage) == (True, lawful[0])
    else:
        assert not verdict.is_valid
        is_several = verdict.validity is QualificationValidity.SEVERAL_FOUND
        assert is_several == (len(lawful) > 1)


@settings(max_examples=MOST)
@given(record=histories(), on=asked_on, known_at=instants)
def test_a_paper_is_valid_exactly_where_its_own_coverage_holds_lawfully(
    record, on, known_at
):
    holding = in_force(record, on, known_at)

    for one in {version.id for version in record.coverages}:
        verdict = judge(CertificateShown(one), record, on, known_at)
        own = [it for it in holding if it.id == one and may_answer(it, holding, on)]
        assert verdict.is_valid == bool(own)
        assert verdict.coverage is None or verdict.coverage.id == one
        if verdict.validity is QualificationValidity.INVALID_NEWER_EXISTS:
            assert any(it.id != one for it in holding)


@settings(max_examples=MOST)
@given(record=histories(), on=asked_on, known_at=instants)
def test_only_a_verdict_of_1_2_or_3_names_a_coverage(record, on, known_at):
    verdict = judge(PHONE, record, on, known_at)

    names_one = verdict.validity.value in "123"
    assert (verdict.coverage is not None) == names_one
    assert (verdict.since is not None) == names_one


@settings(max_examples=MOST)
@given(record=histories(), on=asked_on, known_at=instants, later=days)
def test_what_is_told_later_changes_no_answer_of_before(record, on, known_at, later):
    now = known_at + timedelta(days=1)
    lost = tuple(
        replace(it, lost_on=max(later, it.acquired_on), recorded_at=now)
        for it in record.coverages
    )
    since = replace(record, coverages=record.coverages + lost)

    before = judge(PHONE, record, on, known_at)
    if record.coverages:
        assert judge(PHONE, since, on, known_at) == before


@settings(max_examples=MOST)
@given(record=histories(), on=asked_on, lost_on=days, data=st.data())
def test_a_loss_told_late_and_taken_back_restores_the_answer_of_before(
    record, on, lost_on, data
):
    before_at = FIRST_TOLD + timedelta(days=31)
    if not record.coverages:
        return
    one = data.draw(st.sampled_from(record.coverages))
    newest = max(
        (it for it in record.coverages if it.id == one.id),
        key=lambda it: it.recorded_at,
    )
    loss_at, undone_at = before_at + timedelta(days=1), before_at + timedelta(days=2)
    loss = replace(
        newest, lost_on=max(lost_on, newest.acquired_on), recorded_at=loss_at
    )
    back = replace(newest, recorded_at=undone_at)
    all_told = replace(record, coverages=(back, *record.coverages, loss))

    for asked in (PHONE, CertificateShown(one.id)):
        assert dated(judge(asked, all_told, on, undone_at), before_at) == dated(
            judge(asked, record, on, before_at), before_at
        )
        assert judge(asked, all_told, on, before_at) == judge(
            asked, record, on, before_at
        )


def dated(verdict: Verdict, at: datetime) -> Verdict:
    """The verdict as if what it names had been told at `at`."""
    coverage = verdict.coverage and replace(verdict.coverage, recorded_at=at)
    return replace(verdict, coverage=coverage)


@settings(max_examples=MOST)
@given(record=histories(), on=asked_on, known_at=instants)
def test_in_which_order_coverages_stand_decides_nothing(record, on, known_at):
    by_id = sorted(record.coverages, key=lambda it: it.id)
    turned = sorted(record.coverages, key=lambda it: it.id, reverse=True)

    one = judge(PHONE, replace(record, coverages=tuple(by_id)), on, known_at)
    other = judge(PHONE, replace(record, coverages=tuple(turned)), on, known_at)

    assert one == other
