"""負担割合 as the insurer recorded it: until the person's age passes a border."""

from datetime import date

from backend.domain.age import default_copay
from backend.domain.charge import CopayRatio, Effective, period_in_force
from backend.domain.coverage import Coverage


def recorded_copay(
    coverage: Coverage, birth_on: date, on: date
) -> Effective[CopayRatio] | None:
    """The recorded ratio that counts on the day `on`, with its period; None if none.

    Whoever recorded it knew the age, so it outweighs what age alone allows; but only
    until the next border (school, 70, 75): of the time after, it was not said. [MEM]
    """
    current = period_in_force(coverage.copay, on)
    if current is None:
        return None
    scheme = coverage.insurer.scheme
    allowed = default_copay(birth_on, on, scheme)
    is_of_this_age = default_copay(birth_on, current.from_on, scheme) == allowed
    return current if is_of_this_age else None
