"""負担割合 as the insurer recorded it: until the person's age passes a border."""

from collections.abc import Sequence
from datetime import date

from backend.domain.age import default_copay, is_elderly_recipient, is_late_elderly
from backend.domain.charge import CopayRatio, Effective, period_in_force
from backend.domain.insurer_number import Scheme


def recorded_copay(
    recorded: Sequence[Effective[CopayRatio]], scheme: Scheme, birth_on: date, on: date
) -> Effective[CopayRatio] | None:
    """The recorded ratio that counts on the day `on`, with its period; None if none.

    Whoever recorded it knew the age, so it outweighs what age alone allows; but only
    until the next border (school, 70, 75): of the time after, it was not said. [MEM]
    """
    current = period_in_force(recorded, on)
    if current is None:
        return None
    allowed = default_copay(birth_on, on, scheme)
    is_of_this_age = default_copay(birth_on, current.from_on, scheme) == allowed
    return current if is_of_this_age else None


def copay_from_seventy(
    recorded: Sequence[Effective[CopayRatio]], scheme: Scheme, birth_on: date, on: date
) -> Effective[CopayRatio] | None:
    """The same for whoever is 70 or older, whose papers tell the ratio; else None.

    There it stands in for the 高齢受給者証. [MEM]
    """
    if is_elderly_recipient(birth_on, on) or is_late_elderly(birth_on, on):
        return recorded_copay(recorded, scheme, birth_on, on)
    return None
