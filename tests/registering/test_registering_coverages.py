"""One coverage at a time: each telling appends, repeats write nothing, and nobody
else's coverage is found."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from registering_desk import (
    ELDERLY,
    HANAKO,
    HANAKOS_NUMBER,
    JIRO,
    RESIDENTS,
    STRANGERS,
)

from backend.audit.events import MAX_WORD, AuditKind
from backend.domain.charge import (
    CopayRatio,
    Effective,
    LimitCategory,
    SpecificDisease,
)
from backend.domain.codes import CardClassification, LossReason, Relation, Sex
from backend.domain.entitlement import CardStatus
from backend.domain.errors import ConflictError, NotFoundError
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.person_name import PersonName
from backend.registering.coverages import (
    change,
    correct,
    end,
    register_one,
    release_hold,
    reopen,
)
from backend.registering.descriptions import facts_of_coverage, facts_of_member
from backend.registering.revisions import Change, Correction

NOVEMBER = date(2026, 11, 1)
THREE_TENTHS = Effective(CopayRatio.THREE_TENTHS, date(2026, 8, 1), None)


def registered(desk, member=HANAKO):
    return register_one(desk.registrar, desk.teller, desk.row(member)).coverage_id


def newest(desk, coverage_id):
    with desk.registrar.store.reading() as tx:
        return tx.coverage(coverage_id)


def member_of(desk, coverage_id):
    coverage = newest(desk, coverage_id)
    with desk.registrar.store.reading() as tx:
        return tx.member(coverage.person_id, desk.teller.insurer.digits)


def versions(desk, coverage_id):
    with desk.registrar.store.reading() as tx:
        return len(tx.coverage_history(coverage_id))


def tell(desk, use_case, *told):
    return use_case(desk.registrar, desk.teller, *told)


def test_one_person_is_registered_as_a_list_would(desk, audit):
    answer = tell(desk, register_one, desk.row(HANAKO))

    assert not answer.is_held
    assert desk.coverage_of("資格　花子").id == answer.coverage_id
    assert desk.coverage_of("資格　花子").person_id == answer.person_id
    assert [entry.kind for entry in audit()] == [AuditKind.COVERAGE_REGISTERED]
    assert desk.send(HANAKO).unchanged == (2,)


def test_the_same_registration_again_answers_the_same_and_writes_nothing(desk, audit):
    first = tell(desk, register_one, desk.row(HANAKO))

    assert tell(desk, register_one, desk.row(HANAKO)) == first
    assert versions(desk, first.coverage_id) == len(audit()) == 1


@pytest.mark.parametrize(
    "bent",
    [
        {"住所": "大阪府"},
        {"資格取得年月日": "2021-04-01"},
        {"資格喪失年月日": "2026-11-01"},
        {"生年月日": "1991-01-01"},
    ],
)
def test_another_registration_of_the_same_is_a_conflict(desk, audit, bent):
    registered(desk)

    with pytest.raises(ConflictError):
        tell(desk, register_one, desk.row(HANAKO | bent))
    assert len(audit()) == 1


def test_an_unknown_insurer_registers_nobody(desk):
    with pytest.raises(NotFoundError):
        tell(desk.of(STRANGERS), register_one, desk.of(STRANGERS).row(HANAKO))


def test_who_left_and_came_back_has_two_coverages(desk):
    first = registered(desk)
    tell(desk, end, first, NOVEMBER, LossReason.OTHER_INSURANCE)

    again = registered(desk, HANAKO | {"資格取得年月日": "2026-11-20"})

    assert again != first
    assert newest(desk, again).person_id == newest(desk, first).person_id
    earlier = {"資格取得年月日": "2010-04-01", "資格喪失年月日": "2012-04-01"}
    assert registered(desk, HANAKO | earlier) not in (first, again)


def test_a_row_that_meets_two_coverages_is_a_conflict(desk):
    first = registered(desk)
    tell(desk, end, first, NOVEMBER, LossReason.OTHER_INSURANCE)
    registered(desk, HANAKO | {"資格取得年月日": "2026-11-20"})

    for since in ("2019-01-01", "2020-04-01"):
        _, plan = desk.preview(HANAKO | {"資格取得年月日": since})
        assert [error.line for error in plan.errors] == [2]


def test_a_row_that_begins_with_one_coverage_may_not_run_into_the_next(desk):
    first = registered(desk)
    tell(desk, end, first, NOVEMBER, LossReason.OTHER_INSURANCE)
    registered(desk, HANAKO | {"資格取得年月日": "2026-11-20"})

    _, plan = desk.preview(HANAKO | {"資格喪失年月日": "2026-12-01"})

    assert [(e.line, e.field) for e in plan.errors] == [(2, "acquired_on")]


def test_a_list_corrects_the_days_of_the_coverage_that_it_meets(desk, audit):
    coverage_id = registered(desk)

    plan = desk.send(HANAKO | {"資格取得年月日": "2019-04-01"})

    assert plan.changed[0].fields == ("acquired_on",)
    assert newest(desk, coverage_id).acquired_on == date(2019, 4, 1)
    assert audit()[-2].kind is AuditKind.COVERAGE_CORRECTED


def test_an_undone_registration_told_again_is_unchanged(desk):
    undone = HANAKO | {"資格喪失年月日": "2020-04-01", "資格喪失事由": "99"}
    desk.send(undone)

    assert desk.send(undone).unchanged == (2,)


def test_an_end_is_appended_with_its_reason(desk, audit, at):
    coverage_id = registered(desk)
    later = desk.at(at + timedelta(hours=1))

    answer = tell(later, end, coverage_id, NOVEMBER, LossReason.DEATH)

    assert answer == newest(desk, coverage_id)
    assert (answer.lost_on, answer.loss_reason) == (NOVEMBER, LossReason.DEATH)
    assert answer.recorded_at == at + timedelta(hours=1)
    assert versions(desk, coverage_id) == 2
    assert audit()[-1].kind is AuditKind.COVERAGE_ENDED
    assert audit()[-1].note == "lost_on/loss_reason"


def test_the_same_end_again_writes_nothing(desk, audit, at):
    coverage_id = registered(desk)
    first = tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)

    later = desk.at(at + timedelta(days=1))
    assert tell(later, end, coverage_id, NOVEMBER, LossReason.DEATH) == first
    assert versions(desk, coverage_id) == len(audit()) == 2


def test_an_end_before_the_beginning_is_a_conflict_and_on_it_undoes(desk):
    coverage_id = registered(desk)

    with pytest.raises(ConflictError, match="before"):
        tell(desk, end, coverage_id, date(2020, 3, 31), LossReason.OTHER)
    assert versions(desk, coverage_id) == 1
    assert tell(desk, end, coverage_id, date(2020, 4, 1), LossReason.OTHER).is_undone


@pytest.mark.parametrize(
    ("lost_on", "reason"),
    [(date(2026, 11, 2), LossReason.DEATH), (NOVEMBER, LossReason.OTHER)],
)
def test_another_end_is_a_conflict(desk, lost_on, reason):
    coverage_id = registered(desk)
    tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)

    with pytest.raises(ConflictError):
        tell(desk, end, coverage_id, lost_on, reason)
    assert newest(desk, coverage_id).lost_on == NOVEMBER


def test_conflicts_are_told_in_both_languages(desk):
    coverage_id = registered(desk)

    with pytest.raises(ConflictError) as caught:
        tell(desk, end, coverage_id, date(2020, 3, 31), LossReason.OTHER)

    assert "喪失" in caught.value.reason.ja
    assert caught.value.reason.en.isascii()


def test_changes_are_appended_each_with_its_period(desk, audit):
    coverage_id = registered(desk)
    dialysis = Effective(SpecificDisease.CHRONIC_KIDNEY_FAILURE, NOVEMBER, None)
    limit = Effective(LimitCategory.A_U, date(2026, 8, 1), date(2027, 7, 31))
    told = Change(
        copay=THREE_TENTHS,
        limit=limit,
        diseases=(dialysis,),
        relation=Relation.FAMILY,
        classification=CardClassification.SPECIAL_MEDICAL_EXPENSES,
        identity=InsuredIdentity("9", "8", "07"),
    )

    answer = tell(desk, change, coverage_id, told)

    assert answer == newest(desk, coverage_id)
    assert (answer.copay, answer.limits) == ((THREE_TENTHS,), (limit,))
    assert answer.diseases == (dialysis,)
    assert answer.relation is Relation.FAMILY
    assert answer.classification is CardClassification.SPECIAL_MEDICAL_EXPENSES
    assert answer.identity == InsuredIdentity("9", "8", "07")
    entry = audit()[-1]
    assert entry.kind is AuditKind.COVERAGE_CHANGED
    assert set(entry.note.split("/")) == {
        "symbol",
        "number",
        "branch",
        "relation",
        "copay_ratio",
        "limit_category",
        "diseases",
        "classification",
    }
    assert tell(desk, change, coverage_id, told) == answer
    assert versions(desk, coverage_id) == 2


def test_a_later_list_keeps_the_classification(desk):
    coverage_id = registered(desk)
    special = CardClassification.SPECIAL_MEDICAL_EXPENSES
    tell(desk, change, coverage_id, Change(classification=special))

    assert desk.send(HANAKO).unchanged == (2,)
    desk.send(HANAKO | {"負担割合": "3割", "負担割合発効期日": "2026-08-01"})
    assert newest(desk, coverage_id).classification is special


def test_a_change_of_the_person_is_a_new_description(desk):
    coverage_id = registered(desk)
    told = Change(
        name=PersonName("婚姻　花子", "ｺﾝｲﾝ ﾊﾅｺ"),
        address="大阪府",
        card_status=CardStatus.USABLE,
        continuation_ends_on=date(2027, 3, 31),
    )

    tell(desk, change, coverage_id, told)

    member = member_of(desk, coverage_id)
    assert member.person.name.kanji == "婚姻　花子"
    assert (member.person.address, member.card_status) == ("大阪府", "USABLE")
    assert versions(desk, coverage_id) == 1


def test_the_names_of_all_that_can_change_fit_an_audit_entry(desk):
    member, coverage = member_of(desk, registered(desk)), desk.coverage_of("資格　花子")

    names = [*facts_of_member(member), *facts_of_coverage(coverage), "held"]

    assert len(names) == 20
    assert len("/".join(names)) <= MAX_WORD


def test_protection_takes_the_address_away_and_keeps_it_away(desk):
    coverage_id = registered(desk)

    tell(desk, change, coverage_id, Change(is_undisclosed=True))
    tell(desk, change, coverage_id, Change(address="大阪府"))

    person = member_of(desk, coverage_id).person
    assert person.is_undisclosed
    assert person.address is None
    tell(desk, change, coverage_id, Change(is_undisclosed=False, address="大阪府"))
    assert member_of(desk, coverage_id).person.address == "大阪府"


def test_numbers_of_another_person_are_a_conflict_while_they_are_borne(desk):
    coverage_id = registered(desk)
    other = registered(desk, JIRO)
    taken = Change(identity=InsuredIdentity("1234", "567", "02"))

    with pytest.raises(ConflictError):
        tell(desk, change, coverage_id, taken)
    assert newest(desk, coverage_id).identity.branch == "01"
    tell(desk, end, other, date(2020, 4, 1), LossReason.OTHER)
    assert tell(desk, change, coverage_id, taken).identity.branch == "02"


def test_the_late_stage_elderly_have_no_relation(desk):
    elderly = desk.of(ELDERLY)
    elder = {"記号": "", "番号": "12345678", "枝番": "", "本人家族": ""}
    coverage_id = registered(elderly, HANAKO | elder)

    with pytest.raises(ConflictError):
        tell(elderly, change, coverage_id, Change(relation=Relation.FAMILY))


def test_a_correction_is_appended_and_audited_as_one(desk, audit):
    coverage_id = registered(desk)

    answer = tell(
        desk,
        correct,
        coverage_id,
        Correction(acquired_on=date(2021, 4, 1), birth_on=date(1990, 4, 2)),
    )

    assert answer.acquired_on == date(2021, 4, 1)
    assert desk.history(answer)[0].acquired_on == date(2020, 4, 1)
    assert member_of(desk, coverage_id).person.birth_on == date(1990, 4, 2)
    assert audit()[-1].kind is AuditKind.COVERAGE_CORRECTED
    assert audit()[-1].note == "birth_on/acquired_on"


def test_a_loss_is_corrected_once_there_is_one(desk):
    coverage_id = registered(desk)
    told = Correction(lost_on=date(2026, 11, 2), loss_reason=LossReason.OTHER)

    with pytest.raises(ConflictError):
        tell(desk, correct, coverage_id, told)
    tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)
    answer = tell(desk, correct, coverage_id, told)
    assert (answer.lost_on, answer.loss_reason) == (told.lost_on, told.loss_reason)


@pytest.mark.parametrize(
    "told",
    [
        Correction(acquired_on=date(2026, 11, 2)),
        Correction(lost_on=date(2020, 3, 31)),
        Correction(birth_on=date(2020, 4, 2)),
    ],
)
def test_impossible_corrections_are_conflicts(desk, told):
    coverage_id = registered(desk)
    tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)

    with pytest.raises(ConflictError):
        tell(desk, correct, coverage_id, told)
    assert versions(desk, coverage_id) == 2


def test_a_correction_may_not_run_into_another_coverage_of_the_person(desk):
    first = registered(desk)
    tell(desk, end, first, NOVEMBER, LossReason.OTHER_INSURANCE)
    second = registered(desk, HANAKO | {"資格取得年月日": "2026-11-20"})

    with pytest.raises(ConflictError):
        tell(desk, correct, second, Correction(acquired_on=date(2026, 10, 31)))
    earliest = tell(desk, correct, second, Correction(acquired_on=NOVEMBER))
    assert earliest.acquired_on == NOVEMBER


def test_a_coverage_elsewhere_does_not_stand_in_the_way(desk):
    registered(desk, HANAKO | HANAKOS_NUMBER)
    residents = desk.of(RESIDENTS)
    coverage_id = registered(residents, HANAKO | HANAKOS_NUMBER)

    told = Correction(acquired_on=date(2021, 4, 1))
    assert tell(residents, correct, coverage_id, told).acquired_on == date(2021, 4, 1)


def test_a_correction_that_differs_from_another_insurer_hides_the_coverage(desk, store):
    desk.send(HANAKO | HANAKOS_NUMBER)
    residents = desk.of(RESIDENTS)
    coverage_id = registered(residents, HANAKO | HANAKOS_NUMBER)

    tell(residents, correct, coverage_id, Correction(sex=Sex.MALE))

    with store.reading() as tx:
        holds = tx.record_of_coverages([coverage_id]).holds
    assert [hold.coverage_id for hold in holds] == [coverage_id]


def test_a_mistaken_end_is_taken_back(desk, audit):
    coverage_id = registered(desk)
    tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)

    answer = tell(desk, reopen, coverage_id)

    assert (answer.lost_on, answer.loss_reason) == (None, None)
    assert [c.lost_on for c in desk.history(answer)] == [None, NOVEMBER, None]
    assert audit()[-1].kind is AuditKind.COVERAGE_REOPENED
    assert tell(desk, reopen, coverage_id) == answer
    assert versions(desk, coverage_id) == len(audit()) == 3


def test_a_list_does_not_take_an_end_back(desk):
    coverage_id = registered(desk)
    tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)

    _, plan = desk.preview(HANAKO)
    assert [(e.line, e.field) for e in plan.errors] == [(2, "lost_on")]
    tell(desk, reopen, coverage_id)
    assert desk.send(HANAKO).unchanged == (2,)


def test_an_end_is_not_taken_back_over_a_newer_coverage(desk):
    first = registered(desk)
    tell(desk, end, first, NOVEMBER, LossReason.OTHER_INSURANCE)
    registered(desk, HANAKO | {"資格取得年月日": "2026-11-20"})

    with pytest.raises(ConflictError, match="overlap"):
        tell(desk, reopen, first)


def test_an_end_is_not_taken_back_over_another_bearer_of_the_numbers(desk):
    first = registered(desk)
    tell(desk, end, first, NOVEMBER, LossReason.OTHER_INSURANCE)
    registered(desk, JIRO | {"枝番": "01", "資格取得年月日": "2026-11-20"})

    with pytest.raises(ConflictError, match="numbers"):
        tell(desk, reopen, first)


def test_another_insurers_coverage_is_not_found(desk, audit):
    coverage_id = registered(desk)
    residents = desk.of(RESIDENTS)
    tellings = [
        lambda: tell(residents, end, coverage_id, NOVEMBER, LossReason.DEATH),
        lambda: tell(residents, change, coverage_id, Change(copay=THREE_TENTHS)),
        lambda: tell(residents, correct, coverage_id, Correction(sex=Sex.MALE)),
        lambda: tell(residents, reopen, coverage_id),
        lambda: tell(residents, release_hold, coverage_id),
        lambda: tell(desk, reopen, "cov-none"),
    ]

    for telling in tellings:
        with pytest.raises(NotFoundError, match="coverage"):
            telling()
    assert versions(desk, coverage_id) == len(audit()) == 1


def test_another_insurers_coverage_of_ones_own_member_is_not_found(desk):
    coverage_id = registered(desk, HANAKO | HANAKOS_NUMBER)
    residents = desk.of(RESIDENTS)
    registered(residents, HANAKO | HANAKOS_NUMBER)

    with pytest.raises(NotFoundError, match="coverage"):
        tell(residents, end, coverage_id, NOVEMBER, LossReason.DEATH)


def test_an_erased_person_is_not_found(desk, store):
    coverage_id = registered(desk)
    person_id = newest(desk, coverage_id).person_id
    store.write(lambda tx: tx.erase_person(person_id))

    with pytest.raises(NotFoundError):
        tell(desk, end, coverage_id, NOVEMBER, LossReason.DEATH)


def test_a_clock_that_is_set_back_buries_nothing(desk, at):
    coverage_id = registered(desk)
    early = desk.at(at - timedelta(hours=1))

    tell(early, end, coverage_id, NOVEMBER, LossReason.DEATH)
    assert newest(desk, coverage_id).lost_on == NOVEMBER

    early.send(HANAKO | {"資格喪失年月日": "2026-11-01", "資格喪失事由": "99"})
    assert newest(desk, coverage_id).loss_reason is LossReason.OTHER
    tell(early, change, coverage_id, Change(address="大阪府"))
    assert member_of(desk, coverage_id).person.address == "大阪府"
    early.send(HANAKO | {"住所": "京都府", "資格喪失年月日": "2026-11-01"})
    assert member_of(desk, coverage_id).person.address == "京都府"


def test_what_is_told_does_not_show_when_printed(desk):
    told = Change(name=PersonName("資格　花子", "ｼｶｸ ﾊﾅｺ"), address="東京都")
    told = replace(told, identity=InsuredIdentity("9", "8", "07"))

    assert repr(told).count("花子") == repr(told).count("東京") == 0
    assert "07" not in repr(told)
