"""The story: its steps in order, each insisting on what it shows."""

from collections.abc import Callable, Sequence

from backend.credentials.jose import NotGenuineError
from backend.domain.japan_time import japan_day
from backend.domain.words import Words
from mobile_sim.clinics import CLINIC, PHARMACY
from mobile_sim.house import House, HouseError
from mobile_sim.http_client import ProblemError, UnreachableError, system_clock
from mobile_sim.insurer import Insurer
from mobile_sim.population import populate
from mobile_sim.reader import BadReceiptError, Reader
from mobile_sim.scenes_after import (
    a_loss_reaches_the_next_check,
    the_log_is_verified,
    the_member_reads_who_looked,
)
from mobile_sim.scenes_before import (
    certificates_are_issued,
    lists_are_registered,
    parties_are_enrolled,
    phones_are_activated,
)
from mobile_sim.scenes_counter import (
    a_certificate_is_valid,
    a_code_is_shown_twice,
    a_member_changed_jobs,
    a_phone_is_valid,
    a_retired_member_has_lapsed,
    a_stranger_is_not_found,
    numbers_fit_two_people,
)
from mobile_sim.scenes_papers import (
    a_certificate_is_altered,
    a_certificate_is_suspended,
    a_certificate_is_withdrawn,
    a_token_of_another_kind,
)
from mobile_sim.telling import Telling
from mobile_sim.world import StoryError, World

Step = Callable[[World], None]

_BROKEN = (
    StoryError,
    ProblemError,
    UnreachableError,
    HouseError,
    BadReceiptError,
    NotGenuineError,
    LookupError,
    ValueError,
)
STEPS: tuple[Step, ...] = (
    parties_are_enrolled,
    lists_are_registered,
    phones_are_activated,
    certificates_are_issued,
    a_phone_is_valid,
    a_certificate_is_valid,
    a_member_changed_jobs,
    a_retired_member_has_lapsed,
    numbers_fit_two_people,
    a_stranger_is_not_found,
    a_code_is_shown_twice,
    a_certificate_is_withdrawn,
    a_certificate_is_suspended,
    a_certificate_is_altered,
    a_token_of_another_kind,
    a_loss_reaches_the_next_check,
    the_member_reads_who_looked,
    the_log_is_verified,
)


def begin(house: House, telling: Telling) -> World:
    """The actors before the first step, facing a house that knows nobody."""
    today = japan_day(system_clock())
    population = populate(today)
    employees, residents, elderly = (
        Insurer(house.base_url, made_up) for made_up in population.insurers
    )
    return World(
        house=house,
        telling=telling,
        today=today,
        population=population,
        employees=employees,
        residents=residents,
        elderly=elderly,
        clinic=Reader(house.base_url, CLINIC),
        pharmacy=Reader(house.base_url, PHARMACY),
    )


def tell(world: World, steps: Sequence[Step] = STEPS) -> None:
    """Tell the steps; raises StoryError naming the step that broke its promise."""
    world.telling.title(
        Words(
            "Shikaku 資格 — 加入者一覧から窓口の答えまで",
            "From an insurer's member list to the answer at the counter",
        )
    )
    for number, step in enumerate(steps, 1):
        try:
            step(world)
        except _BROKEN as error:
            name = step.__name__.replace("_", " ")
            raise StoryError(f"[{number}] {name}: {error!r}") from error
