"""What is told anew of a coverage: changes and corrections, each appended."""

from dataclasses import replace
from datetime import date

import pytest
from registering_desk import (
    ELDERLY,
    HANAKO,
    HANAKOS_NUMBER,
    JIRO,
    RESIDENTS,
    member_of,
    newest,
    registered,
    tell,
    versions,
)

from backend.audit.events import AuditKind
from backend.domain.charge import (
    CopayRatio,
    Effective,
    LimitCategory,
    SpecificDisease,
)
from backend.domain.codes import CardClassification, LossReason, Relation, Sex
from backend.domain.entitlement import CardStatus
from backend.domain.errors import ConflictError
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.person_name import PersonName
from backend.registering.coverages import (
    change,
    correct,
    end,
)
from backend.registering.revisions import Change, Correction

NOVEMBER = date(2026, 11, 1)
THREE_TENTHS = Effective(CopayRatio.THREE_TENTHS, date(2026, 8, 1), None)


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


def test_what_is_told_does_not_show_when_printed(desk):
    told = Change(name=PersonName("資格　花子", "ｼｶｸ ﾊﾅｺ"), address="東京都")
    told = replace(told, identity=InsuredIdentity("9", "8", "07"))

    assert repr(told).count("花子") == repr(told).count("東京") == 0
    assert "07" not in repr(told)
