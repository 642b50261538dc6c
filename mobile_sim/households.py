"""Households drawn at random: workers with families, residents, people over 75."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from stdnum import luhn

from backend.domain.age import (
    anniversary,
    is_elderly_recipient,
    turns_75_on,
)
from backend.domain.charge import CopayRatio, LimitCategory, SpecificDisease
from backend.domain.codes import LossReason, Relation, Sex
from backend.domain.entitlement import CardStatus
from mobile_sim.names import Dice, Name
from mobile_sim.people import Identity, MadeUpMember

_WITHOUT_CARD = (
    CardStatus.NO_CARD,
    CardStatus.NOT_REGISTERED,
    CardStatus.DEREGISTERED,
    CardStatus.CARD_CERTIFICATE_EXPIRED,
    CardStatus.NEEDS_HELP,
)


def workers(dice: Dice, today: date, count: int) -> Iterator[MadeUpMember]:
    """Exactly `count` members of an employee scheme: a symbol a workplace, branches."""
    made = 0
    number = 200
    while made < count:
        number += 1
        symbol = f"9900{dice.between(1, 9):04d}"
        for member in _worker_family(dice, today, symbol, str(number), count - made):
            made += 1
            yield member


def residents(dice: Dice, today: date, count: int) -> Iterator[MadeUpMember]:
    """Exactly `count` members of a municipal scheme: one number a household."""
    made = 0
    number = 7_000_200
    while made < count:
        number += dice.between(1, 9)
        identity = Identity("見本", str(number), "01")
        for member in _resident_family(dice, today, identity, count - made):
            made += 1
            yield member


def elderly(dice: Dice, today: date, count: int) -> Iterator[MadeUpMember]:
    """`count` people of 75 and over: a number each, no symbol, no branch."""
    for place in range(count):
        body = f"{9_000_200 + place}"
        identity = Identity("", body + luhn.calc_check_digit(body), "")
        family, sex = dice.family(can_leave_cp932=True), dice.sex()
        birth_on = dice.birth(today, 75, 97)
        member = _person(dice, today, identity, family, sex, birth_on)
        yield replace(
            member,
            acquired_on=turns_75_on(birth_on),
            ratio=_elderly_ratio(dice),
            ratio_from_on=max(last_first_of_august(today), turns_75_on(birth_on)),
        )


def last_first_of_august(today: date) -> date:
    """The day from which the yearly judged ratio holds."""
    this_year = date(today.year, 8, 1)
    return this_year if this_year <= today else date(today.year - 1, 8, 1)


def _worker_family(
    dice: Dice, today: date, symbol: str, number: str, most: int
) -> list[MadeUpMember]:
    family = dice.family(can_leave_cp932=False)
    home = dice.address()
    insured = _person(
        dice,
        today,
        Identity(symbol, number, "00"),
        family,
        dice.sex(),
        dice.birth(today, 22, 73),
    )
    people = [replace(insured, address=home, relation=Relation.INSURED)]
    for birth_on in _dependants(dice, today, insured.birth_on):
        identity = Identity(symbol, number, f"{len(people):02d}")
        person = _person(dice, today, identity, family, dice.sex(), birth_on)
        people.append(replace(person, address=home, relation=Relation.FAMILY))
    return people[:most]


def _resident_family(
    dice: Dice, today: date, identity: Identity, most: int
) -> list[MadeUpMember]:
    family, home = dice.family(can_leave_cp932=True), dice.address()
    head_born_on = dice.birth(today, 20, 73)
    people: list[MadeUpMember] = []
    for birth_on in (head_born_on, *_dependants(dice, today, head_born_on)):
        branch = f"{len(people) + 1:02d}"
        person = _person(
            dice,
            today,
            replace(identity, branch=branch),
            family,
            dice.sex(),
            birth_on,
        )
        relation = Relation.FAMILY if people else Relation.INSURED
        people.append(replace(person, address=home, relation=relation))
    return people[:most]


def _dependants(dice: Dice, today: date, head_born_on: date) -> list[date]:
    """Birth dates of a spouse and of children who live with someone of this age."""
    age = (today - head_born_on).days // 365
    births = []
    if age >= 25 and dice.chance(0.5):
        births.append(dice.birth(today, max(22, age - 6), max(23, age - 1)))
    if 26 <= age <= 52:
        oldest = min(17, age - 23)
        births += [
            dice.birth(today, 0, oldest)
            for _ in range(dice.between(0, 3))
            if dice.chance(0.7)
        ]
    return births


def _person(
    dice: Dice,
    today: date,
    identity: Identity,
    family: Name,
    sex: Sex,
    birth_on: date,
) -> MadeUpMember:
    given = dice.given(sex, (today - birth_on).days // 365)
    acquired_on = max(birth_on, dice.day_before(today, 60, 4000))
    member = MadeUpMember(
        identity=identity,
        name=f"{family[0]}　{given[0]}",
        kana=f"{family[1]} {given[1]}",
        birth_on=birth_on,
        sex=sex,
        address=dice.address(),
        acquired_on=acquired_on,
        my_number=dice.my_number(),
        card=_card(dice),
        is_undisclosed=dice.chance(0.01),
    )
    return _with_special_cases(dice, today, member)


def _card(dice: Dice) -> CardStatus:
    if dice.chance(0.6):
        return CardStatus.USABLE
    return _WITHOUT_CARD[dice.between(0, len(_WITHOUT_CARD) - 1)]


def _with_special_cases(dice: Dice, today: date, member: MadeUpMember) -> MadeUpMember:
    """A ratio for 70 to 74, and now and then a limit, a disease or a past loss."""
    if is_elderly_recipient(member.birth_on, today):
        ratio = CopayRatio.THREE_TENTHS if dice.chance(0.2) else CopayRatio.TWO_TENTHS
        seventy_on = anniversary(member.birth_on, 70)
        begins_on = max(last_first_of_august(today), seventy_on)
        member = replace(member, ratio=ratio, ratio_from_on=begins_on)
    is_under_70 = anniversary(member.birth_on, 70) > today
    if is_under_70 and dice.chance(0.08):
        member = with_limit(today, member)
    if dice.chance(0.01):
        member = replace(member, disease=SpecificDisease.CHRONIC_KIDNEY_FAILURE)
    if dice.chance(0.03):
        lost_on = dice.day_before(today, 5, 50)
        if member.acquired_on < lost_on:
            member = replace(member, lost_on=lost_on, loss_reason=LossReason.OTHER)
    return member


def with_limit(today: date, member: MadeUpMember) -> MadeUpMember:
    """The member with a limit category (ウ) for the year that began in August."""
    begins_on = last_first_of_august(today)
    return replace(
        member,
        limit=LimitCategory.A_U,
        limit_from_on=begins_on,
        limit_until_on=anniversary(begins_on, 1) - timedelta(days=1),
    )


def _elderly_ratio(dice: Dice) -> CopayRatio:
    if dice.chance(0.7):
        return CopayRatio.ONE_TENTH
    return CopayRatio.TWO_TENTHS if dice.chance(0.7) else CopayRatio.THREE_TENTHS
