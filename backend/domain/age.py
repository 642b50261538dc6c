"""What a person's age decides: the scheme's borders and the ratios that can apply.

[MEM] All rules of this room are background knowledge without a source found; the
glossary marks them so. In law an age is reached at the end of the day before the
birthday, so who is born on 29 February reaches it on 28 February in every year.
"""

from datetime import MAXYEAR, date, timedelta

from backend.domain.charge import CopayRatio, LimitCategory
from backend.domain.insurer_number import Scheme

_SCHOOL_AGE = 6
_ELDERLY_RECIPIENT_AGE = 70
_LATE_ELDERLY_AGE = 75
_PUPIL = 8  # years after that of birth, and school has begun whatever the birthday
_ONE_DAY = timedelta(days=1)
_TO_74_ONLY = (LimitCategory.GENERAL,)
_LATE_ONLY = (LimitCategory.GENERAL_2, LimitCategory.GENERAL_1)


def anniversary(on: date, years: int) -> date:
    """The same day `years` later; after 29 February, 1 March in a common year.

    Beyond the calendar's end it is the calendar's last day.
    """
    year = on.year + years
    if year > MAXYEAR:
        return date.max
    if (on.month, on.day) == (2, 29):
        return date(year, 2, 28) + _ONE_DAY
    return on.replace(year=year)


def reaches_on(birth_on: date, age: int) -> date:
    """The day at whose end a person reaches `age`: the day before the birthday."""
    return anniversary(birth_on, age) - _ONE_DAY


def turns_75_on(birth_on: date) -> date:
    """The 75th birthday itself: the first day in the late-stage elderly scheme."""
    return anniversary(birth_on, _LATE_ELDERLY_AGE)


def is_preschool(birth_on: date, on: date) -> bool:
    """未就学: until the first 31 March that is on or after reaching six."""
    six_on = reaches_on(birth_on, _SCHOOL_AGE)
    last_on = date(six_on.year, 3, 31)
    if last_on < six_on:
        last_on = anniversary(last_on, 1)
    return birth_on <= on <= last_on


def is_elderly_recipient(birth_on: date, on: date) -> bool:
    """高齢受給者: from the first of the month after reaching 70, to 74.

    Who is born on the first of a month reaches 70 in the month before, and so is one
    from the birthday.
    """
    seventy_on = reaches_on(birth_on, _ELDERLY_RECIPIENT_AGE)
    return _first_of_next_month(seventy_on) <= on < turns_75_on(birth_on)


def is_late_elderly(birth_on: date, on: date) -> bool:
    """75 and over, by age alone (後期高齢者)."""
    return turns_75_on(birth_on) <= on


def default_copay(birth_on: date, on: date, scheme: Scheme) -> tuple[CopayRatio, ...]:
    """The ratios that age and scheme allow on a day, lowest first.

    Which of several holds depends on income, which only the insurer knows.
    """
    one, two, three = CopayRatio
    years = on.year - birth_on.year
    if _PUPIL <= years < _ELDERLY_RECIPIENT_AGE and scheme is not Scheme.LATE_ELDERLY:
        return (three,)  # most people: in no year of a border, so no day is reckoned
    if scheme is Scheme.LATE_ELDERLY or is_late_elderly(birth_on, on):
        return (one, two, three)
    if is_elderly_recipient(birth_on, on):
        return (two, three)
    return (two,) if is_preschool(birth_on, on) else (three,)


def allows_limit(
    category: LimitCategory, birth_on: date, on: date, scheme: Scheme
) -> bool:
    """Whether a limit category is one of this age and scheme (`LimitCategory`)."""
    is_late = scheme is Scheme.LATE_ELDERLY or is_late_elderly(birth_on, on)
    if is_late:
        return category.value.startswith("B") and category not in _TO_74_ONLY
    if is_elderly_recipient(birth_on, on):
        return category.value.startswith("B") and category not in _LATE_ONLY
    return category.value.startswith("A")


def _first_of_next_month(on: date) -> date:
    return (on.replace(day=28) + timedelta(days=4)).replace(day=1)
