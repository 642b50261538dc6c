"""The made-up people are what the story says they are, and nobody real."""

from collections import Counter
from datetime import date

import pytest

from backend.domain.age import is_elderly_recipient, is_late_elderly, is_preschool
from backend.domain.entitlement import CardStatus
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber, Scheme
from backend.domain.medical_institution import FeeTable, MedicalInstitutionCode
from backend.domain.my_number import is_my_number
from backend.domain.person_name import PersonName
from mobile_sim.cast import certificate_limit
from mobile_sim.clinics import CLINIC, PHARMACY
from mobile_sim.people import MadeUpMember, Population
from mobile_sim.population import populate


def everyone(population: Population) -> list[MadeUpMember]:
    return [m for insurer in population.insurers for m in insurer.members]


def test_three_schemes_with_valid_numbers(population: Population) -> None:
    schemes = [InsurerNumber.parse(i.number).scheme for i in population.insurers]
    assert schemes == [Scheme.EMPLOYEE, Scheme.NATIONAL_HEALTH, Scheme.LATE_ELDERLY]
    assert InsurerNumber.parse(population.employees.number).law_code == "01"


def test_a_few_hundred_members_each(population: Population) -> None:
    assert [len(i.members) for i in population.insurers] == [300, 240, 180]


def test_one_seed_makes_one_population(today: date, population: Population) -> None:
    assert populate(today) == population
    assert populate(today, seed=1) != population


def test_no_my_number_could_be_anybodys(population: Population) -> None:
    assert not [m for m in everyone(population) if is_my_number(m.my_number)]


def test_my_numbers_are_shared_by_no_two_people(population: Population) -> None:
    times = Counter(m.my_number for m in everyone(population))
    cast = population.cast
    assert cast.changer_before.my_number == cast.changer_after.my_number
    assert times.pop(cast.changer_after.my_number) == 2
    assert set(times.values()) == {1}


def test_every_identity_and_name_is_one_that_the_domain_takes(
    population: Population,
) -> None:
    for insurer in population.insurers:
        number = InsurerNumber.parse(insurer.number)
        for member in insurer.members:
            asked = member.identity
            parsed = InsuredIdentity.parse(
                asked.symbol, asked.number, asked.branch, number
            )
            assert (parsed.symbol or "", parsed.branch or "") == (
                asked.symbol,
                asked.branch,
            )
            PersonName.parse(member.name, member.kana)


def test_identities_are_unique_within_an_insurer(population: Population) -> None:
    for insurer in population.insurers:
        identities = [m.identity for m in insurer.members]
        assert len(set(identities)) == len(identities)


def test_twins_differ_by_branch_name_and_person_only(population: Population) -> None:
    first, second = population.cast.twins
    assert first.birth_on == second.birth_on
    assert first.identity.symbol == second.identity.symbol
    assert first.identity.number == second.identity.number
    assert first.identity.branch != second.identity.branch
    assert first.my_number != second.my_number


def test_no_other_two_members_share_number_and_birth_date(
    population: Population,
) -> None:
    for insurer in population.insurers:
        keys = Counter(
            (m.identity.symbol, m.identity.number, m.birth_on) for m in insurer.members
        )
        assert sum(times > 1 for times in keys.values()) <= 1


def test_all_ages_that_rules_speak_of_are_there(
    today: date, population: Population
) -> None:
    young = [m for m in everyone(population) if is_preschool(m.birth_on, today)]
    elders = [
        m for m in everyone(population) if is_elderly_recipient(m.birth_on, today)
    ]
    assert len(young) > 10
    assert len({m.ratio for m in elders}) == 2
    assert all(m.ratio and m.ratio_from_on for m in elders)


def test_75_divides_the_schemes(today: date, population: Population) -> None:
    for insurer in (population.employees, population.residents):
        assert not any(is_late_elderly(m.birth_on, today) for m in insurer.members)
    assert all(is_late_elderly(m.birth_on, today) for m in population.elderly.members)


def test_ratios_of_the_oldest_are_recorded(population: Population) -> None:
    assert {m.ratio.tenths for m in population.elderly.members if m.ratio} == {1, 2, 3}
    assert all(m.ratio for m in population.elderly.members)


def test_names_with_unsupported_and_variant_kanji_are_there(
    population: Population,
) -> None:
    names = [PersonName.parse(m.name, m.kana) for m in everyone(population)]
    assert any(n.has_unsupported for n in names)
    assert any(n.claim_safe != n.kanji for n in names)
    assert any("𠮷" in n.kanji for n in names)


def test_no_day_contradicts_another(today: date, population: Population) -> None:
    for member in everyone(population):
        assert member.birth_on <= member.acquired_on <= today
        assert member.lost_on is None or member.acquired_on < member.lost_on <= today


def test_the_cast_stands_on_the_lists_except_the_stranger(
    population: Population,
) -> None:
    cast = population.cast
    listed = everyone(population)
    on_paper = (cast.paper_holder, cast.retired, cast.loser, cast.misplacer)
    for member in (cast.phone_holder, *cast.twins, cast.leaver, *on_paper):
        assert member in listed
    assert cast.stranger.identity not in [m.identity for m in listed]
    assert all(m.card is CardStatus.NO_CARD for m in (*on_paper, cast.victim))


@pytest.mark.parametrize(
    "day", [date(2026, 11, 23), date(2026, 12, 31), date(2028, 2, 29)]
)
def test_the_printed_limit_is_years_away_and_within_five(day: date) -> None:
    years = (certificate_limit(day) - day).days / 365.25
    assert 3.9 < years < 5


def test_any_day_of_any_year_can_be_today() -> None:
    for day in (date(2027, 1, 1), date(2028, 2, 29), date(2031, 8, 1)):
        people = everyone(populate(day))
        assert len(people) == 720
        assert all(m.birth_on <= m.acquired_on <= day for m in people)


def test_both_places_have_valid_codes() -> None:
    assert MedicalInstitutionCode.parse(CLINIC.code).fee_table is FeeTable.MEDICAL
    assert MedicalInstitutionCode.parse(PHARMACY.code).fee_table is FeeTable.PHARMACY
