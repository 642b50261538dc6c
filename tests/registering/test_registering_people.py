"""Whose row it is: by My Number, else by the insurer's numbers, and never by guess."""

from dataclasses import replace
from datetime import date

import pytest
from registering_desk import (
    ELDERLY,
    EMPLOYEES,
    HANAKO,
    HANAKOS_NUMBER,
    JIRO,
    JIROS_NUMBER,
    RESIDENTS,
)

from backend.audit.events import AuditKind
from backend.domain.judgement import PhoneShown, judge
from backend.domain.verdict import Reason
from backend.registering.coverages import correct, register_one, release_hold
from backend.registering.people import own_coverages
from backend.registering.revisions import Correction

LEFT = {"資格喪失年月日": "2026-04-01", "資格喪失事由": "03"}
JOINED = {"資格取得年月日": "2026-04-01"}


def person_of(desk, name="資格　花子"):
    return desk.coverage_of(name).person_id


def refused(desk, *members):
    """The (line, field) of each error, after seeing that nothing can be committed."""
    _, plan = desk.preview(*members)
    assert plan.error_count == len(plan.errors)
    return [(error.line, error.field) for error in plan.errors]


def test_one_number_is_one_person_at_two_insurers(desk):
    desk.send(HANAKO | HANAKOS_NUMBER | LEFT)
    desk.of(RESIDENTS).send(HANAKO | HANAKOS_NUMBER | JOINED)

    assert person_of(desk) == person_of(desk.of(RESIDENTS))


def test_without_the_number_nobody_is_linked_across_insurers(desk):
    desk.send(HANAKO)
    desk.of(RESIDENTS).send(HANAKO)
    desk.of(RESIDENTS).send(JIRO | HANAKOS_NUMBER)

    people = {person_of(desk), *(c.person_id for _, c in desk.members().values())}
    others = {c.person_id for _, c in desk.of(RESIDENTS).members().values()}
    assert people.isdisjoint(others)
    assert len(others) == 2


@pytest.mark.parametrize(
    ("bent", "fields"),
    [
        ({"番号": "890", "枝番": "02"}, ("number", "branch")),
        ({"氏名": "婚姻　花子", "氏名カナ": "ｺﾝｲﾝ ﾊﾅｺ"}, ("name", "kana")),
        ({"生年月日": "1991-04-01"}, ("birth_on",)),
    ],
)
def test_the_number_finds_the_person_when_one_fact_has_changed(desk, bent, fields):
    desk.send(HANAKO | HANAKOS_NUMBER)
    coverage = desk.coverage_of("資格　花子")

    plan = desk.send(HANAKO | HANAKOS_NUMBER | bent)

    assert plan.changed[0].fields == fields
    assert [c.id for _, c in desk.members().values()] == [coverage.id]
    assert plan.missing == plan.warnings == ()


@pytest.mark.parametrize(
    "bent",
    [
        {"枝番": "02", "氏名": "資格　月子", "氏名カナ": "ｼｶｸ ﾂｷｺ"},
        {"枝番": "03", "生年月日": "2020-03-01"},
        {"氏名": "資格　月子", "氏名カナ": "ｼｶｸ ﾂｷｺ", "生年月日": "1991-04-01"},
    ],
)
def test_the_number_finds_nobody_when_two_facts_speak_against_it(desk, bent):
    """A twin or a child under another's number: the mix-ups of domain study §4."""
    desk.send(HANAKO | HANAKOS_NUMBER)

    assert refused(desk, HANAKO | HANAKOS_NUMBER | bent) == [(2, "my_number")]


def test_without_a_branch_the_familys_numbers_prove_nothing(desk):
    shared = HANAKO | {"枝番": ""}
    desk.send(shared | HANAKOS_NUMBER)

    newborn = {"氏名": "資格　月子", "氏名カナ": "ｼｶｸ ﾂｷｺ", "生年月日": "2020-03-01"}
    assert refused(desk, shared | HANAKOS_NUMBER | newborn) == [(2, "my_number")]
    twin = {"氏名": "資格　月子", "氏名カナ": "ｼｶｸ ﾂｷｺ"}
    assert refused(desk, shared | HANAKOS_NUMBER | twin) == [(2, "my_number")]


def test_equal_numbers_and_birth_date_find_the_person_without_a_number(desk):
    desk.send(HANAKO)
    folded = HANAKO | {"記号": "１２３４", "番号": "５６７", "氏名": "婚姻　花子"}

    plan = desk.send(folded)

    assert plan.changed[0].fields == ("name", "symbol", "number")
    assert len(desk.members()) == 1


def test_numbers_with_another_birth_date_are_not_the_same_person(desk):
    desk.send(HANAKO)

    assert refused(desk, HANAKO | {"生年月日": "1991-04-01"}) == [(2, "number")]


def test_numbers_are_free_again_when_their_bearer_has_left(desk):
    desk.send(HANAKO | LEFT)

    plan = desk.send(JIRO | {"枝番": "01"} | JOINED)

    assert plan.counts["added"] == 1
    assert person_of(desk) != person_of(desk, "資格　次郎")


def test_a_birth_date_is_corrected_where_the_number_says_who_it_is(desk, audit):
    desk.send(HANAKO | HANAKOS_NUMBER)

    plan = desk.send(HANAKO | HANAKOS_NUMBER | {"生年月日": "1991-04-01"})

    assert plan.changed[0].fields == ("birth_on",)
    assert audit()[-2].kind is AuditKind.COVERAGE_CORRECTED


def test_a_family_members_number_is_refused(desk):
    """The mix-up that the domain study §4.2 tells of: two numbers on one form."""
    desk.send(HANAKO | HANAKOS_NUMBER, JIRO | JIROS_NUMBER)

    assert refused(desk, JIRO | HANAKOS_NUMBER) == [(2, "my_number")]
    newborn = JIRO | {"枝番": "03", "生年月日": "2019-11-01"} | HANAKOS_NUMBER
    assert refused(desk, newborn) == [(2, "my_number")]


def test_two_lines_may_not_speak_of_one_person(desk):
    desk.send(HANAKO | HANAKOS_NUMBER)
    moved = HANAKO | {"枝番": "02"} | HANAKOS_NUMBER

    assert desk.preview(moved)[1].changed[0].fields == ("branch",)
    assert refused(desk, HANAKO, moved) == [(2, "my_number"), (3, "my_number")]


def test_a_number_told_later_is_warned_of_and_links_nobody(desk):
    desk.send(HANAKO)

    plan = desk.send(HANAKO | HANAKOS_NUMBER)

    assert [(w.line, w.field) for w in plan.warnings] == [(2, "my_number")]
    assert plan.unchanged == (2,)


def test_a_number_told_later_moves_nobody_to_another_insurers_person(desk):
    desk.send(HANAKO | HANAKOS_NUMBER | LEFT)
    residents = desk.of(RESIDENTS)
    residents.send(HANAKO | JOINED)

    plan = residents.send(HANAKO | JOINED | HANAKOS_NUMBER)

    assert [(w.line, w.field) for w in plan.warnings] == [(2, "my_number")]
    assert plan.unchanged == (2,)
    assert person_of(residents) != person_of(desk)


def test_a_coverage_moved_to_another_person_is_no_longer_ones_own(desk, store):
    desk.send(HANAKO | HANAKOS_NUMBER, JIRO)
    moved = desk.coverage_of("資格　花子")
    jiro = desk.coverage_of("資格　次郎")
    store.write(lambda tx: tx.put_coverage(replace(moved, person_id=jiro.person_id)))

    with store.reading() as tx:
        assert own_coverages(tx, EMPLOYEES, moved.person_id) == []
        assert len(own_coverages(tx, EMPLOYEES, jiro.person_id)) == 2


def test_a_branch_is_not_guessed(desk):
    desk.send(HANAKO | {"枝番": ""})

    assert refused(desk, HANAKO) == [(2, "branch")]
    assert refused(desk, HANAKO | {"生年月日": "1962-01-01"}) == []


def test_twins_without_a_branch_are_not_merged(desk):
    desk.send(HANAKO | {"枝番": ""})
    twin = HANAKO | {"枝番": "", "氏名": "資格　月子", "氏名カナ": "ｼｶｸ ﾂｷｺ"}

    assert refused(desk, twin) == [(2, "name")]
    assert desk.send(HANAKO | {"枝番": "", "氏名": "資格　●子"}).changed[0].fields == (
        "name",
    )


def test_two_people_who_answer_alike_are_never_chosen_between(desk):
    hanako, jiro = HANAKO | {"枝番": ""}, JIRO | {"枝番": ""}
    desk.send(hanako | HANAKOS_NUMBER, jiro)
    born_alike = Correction(birth_on=date(1990, 4, 1))
    jiros = desk.coverage_of("資格　次郎").id
    correct(desk.registrar, desk.teller, jiros, born_alike)

    assert refused(desk, hanako) == [(2, "number")]
    assert desk.send(hanako | HANAKOS_NUMBER).unchanged == (2,)


def test_the_late_stage_elderly_have_one_number_each(desk):
    elderly = desk.of(ELDERLY)
    elder = HANAKO | {"記号": "", "番号": "12345678", "枝番": "", "本人家族": ""}
    elderly.send(elder | {"生年月日": "1940-04-01"})

    assert refused(elderly, elder | {"生年月日": "1941-04-01"}) == [(2, "number")]


@pytest.mark.parametrize("bent", [{"生年月日": "1990-04-02"}, {"性別": "1"}])
def test_a_person_described_otherwise_elsewhere_is_hidden(desk, store, bent):
    desk.send(HANAKO | HANAKOS_NUMBER | LEFT)
    residents = desk.of(RESIDENTS)

    plan = residents.send(HANAKO | HANAKOS_NUMBER | JOINED | bent)

    assert [(w.line, w.field) for w in plan.warnings] == [(2, "my_number")]
    assert plan.error_count == 0
    assert verdict_now(residents, store).reason is Reason.HIDDEN


@pytest.mark.parametrize(
    "bent", [{}, {"性別": "3"}, {"氏名": "資格　華子"}, {"住所": "大阪府"}]
)
def test_other_differences_hide_nothing(desk, store, bent):
    desk.send(HANAKO | HANAKOS_NUMBER | LEFT)
    residents = desk.of(RESIDENTS)

    plan = residents.send(HANAKO | HANAKOS_NUMBER | JOINED | bent)

    assert plan.warnings == ()
    assert verdict_now(residents, store).is_valid


def test_a_birth_date_that_comes_to_differ_hides_the_coverage(desk, store):
    desk.send(HANAKO | HANAKOS_NUMBER | LEFT)
    residents = desk.of(RESIDENTS)
    told = HANAKO | HANAKOS_NUMBER | JOINED
    residents.send(told)

    residents.send(told | {"生年月日": "1990-04-02"})

    assert verdict_now(residents, store).reason is Reason.HIDDEN


def test_a_hold_lasts_until_it_is_released_and_no_longer(desk, store, audit):
    desk.send(HANAKO | HANAKOS_NUMBER | LEFT)
    residents = desk.of(RESIDENTS)
    told = HANAKO | HANAKOS_NUMBER | JOINED | {"性別": "1"}
    residents.send(told)
    assert residents.send(told).unchanged == (2,)
    assert verdict_now(residents, store).reason is Reason.HIDDEN

    coverage = residents.coverage_of("資格　花子")
    release_hold(residents.registrar, residents.teller, coverage.id)

    assert verdict_now(residents, store).is_valid
    assert audit()[-1].note == "hold-released"
    written = audit()
    release_hold(residents.registrar, residents.teller, coverage.id)
    assert audit() == written
    assert residents.send(told | {"住所": "大阪府"}).warnings == ()
    assert verdict_now(residents, store).is_valid


def test_a_single_registration_is_held_alike_and_says_so(desk, audit):
    desk.send(HANAKO | HANAKOS_NUMBER | LEFT)
    residents = desk.of(RESIDENTS)
    row = residents.row(HANAKO | HANAKOS_NUMBER | JOINED | {"性別": "1"})

    registered = register_one(residents.registrar, residents.teller, row)

    assert registered.is_held
    assert registered.person_id == person_of(desk)
    assert audit()[-1].note == "held"


def verdict_now(desk, store):
    ((_, coverage),) = desk.members().values()
    person_id = coverage.person_id
    with store.reading() as tx:
        record = tx.record_of_person(person_id)
    return judge(PhoneShown(person_id), record, date(2026, 11, 23), desk.teller.at)
